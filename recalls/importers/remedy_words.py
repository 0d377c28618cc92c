"""Remedies as notices word them, as our closed list has them: only what a sentence offers without a “not”."""

import re

from recalls.choices import Remedy

WORDS = tuple(
    (remedy, re.compile(words, re.IGNORECASE))
    for remedy, words in (
        (Remedy.REFUND, r"\brefund|\breimburse|\bmoney back\b"),
        (Remedy.REPAIR, r"\brepair|\bretrofit|\breplacement (?:parts?|kits?)\b"),
        (Remedy.REPLACE, r"\breplacements?\b(?! (?:parts?|kits?|labels?|instructions?)\b)"),
        (Remedy.DISPOSE, r"\bdispose\b|\bdiscard\b|\bthrow (?:\w+ ){0,3}(?:out|away)\b"),
        (
            Remedy.NEW_INSTRUCTIONS,
            r"\b(?:new|updated|revised|corrected|supplemental) (?:\w+ )?instructions\b",
        ),
        (Remedy.LABEL, r"\b(?:warning|new|replacement) (?:stickers?|labels?|decals?)\b"),
        (Remedy.INSPECT, r"\binspect(?:ed|ion)?\b"),
        (Remedy.VOUCHER, r"\bvouchers?\b|\bstore credit\b|\bgift cards?\b"),
    )
)
# “product.For more”: exports drop the space after a full stop.
SENTENCE = re.compile(r"[.!?](?=\s|[A-Z]|$)")
NOT_A_NO = re.compile(r"\b(?:at )?no (?:extra |additional )?(?:cost|charge)\b|\bno longer\b", re.IGNORECASE)
NO = re.compile(r"\b(?:no|not|never|cannot|without|unable|prohibit\w*)\b|n['’]t\b", re.IGNORECASE)


def remedies_in(text: str) -> tuple[str, ...]:
    """Return the remedies that a text offers, in the order of our list; none where it is not clear."""
    sentences = [part for part in SENTENCE.split(text) if not NO.search(NOT_A_NO.sub("", part))]
    return tuple(str(remedy) for remedy, words in WORDS if any(map(words.search, sentences)))
