"""What is wrong with translations: a missing one, one in doubt, one whose places for values are others."""

import re

from config.words.areas import LANGUAGES, ROOT
from config.words.extracting import words_of
from config.words.files import read

PLACES = re.compile(r"%\(\w+\)|%[sd]|\{\w*(?:![rsa])?(?::[^{}]*)?\}")


def faults_of(area):
    """Sentences, each with its file."""
    words = {_key(message): message for message in words_of(area) if message.id}
    for language in LANGUAGES:
        path = area.po(language)
        there = {_key(message): message for message in read(path, language) if message.id}
        for key in words.keys() | there.keys():
            if fault := _fault(words.get(key), there.get(key)):
                yield f"{path.relative_to(ROOT)}: {fault}: {key[0][0]!r}"


def _key(message):
    return message.id if isinstance(message.id, tuple) else (message.id,), message.context


def _fault(word, translation):
    if translation is None:
        return "is not in the file (python -m config.words update)"
    if word is None:
        return "is marked nowhere any more (python -m config.words update)"
    texts = translation.string if isinstance(translation.string, tuple) else (translation.string,)
    if not all(texts):
        return "is not translated"
    if translation.fuzzy:
        return "is in doubt (fuzzy)"
    ids = word.id if isinstance(word.id, tuple) else (word.id,)
    return "" if all(_places(text) == _places(ids[-1]) for text in texts) else "has other places for values"


def _places(text):
    return sorted(set(PLACES.findall(text)))
