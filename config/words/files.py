"""The .po files: one for each area and language, without dates and line numbers, which would differ at every change."""

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from config.words.areas import LANGUAGES
from config.words.extracting import words_of

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals};\\n"

"""


def update(area):
    """Bring the area's files to what is marked: translations stay, new strings come in empty, gone ones go."""
    words = words_of(area)
    for language in LANGUAGES:
        path = area.po(language)
        if words or path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_joined(words, read(path, language)))


def read(path, language):
    """A file of translations; empty where there is none yet."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _joined(words, translated):
    translated.update(words, no_fuzzy_matching=True)
    translated.obsolete.clear()
    body = BytesIO()
    write_po(body, translated, width=110, omit_header=True, include_lineno=False, sort_by_file=True)
    header = HEADER.format(language=translated.locale, plurals=translated.plural_forms.rstrip(";"))
    return header.encode() + body.getvalue()
