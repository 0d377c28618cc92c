"""Prose as the regulator meant it: one line, without markup, entities, broken quotes and odd spaces."""

import html
import re

LONGEST = 100_000  # characters; the longest real text has about 6,000

TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,500}|!--[^<>]{0,500})>")
# Nothing of these can be read, and Postgres can't store a NUL or half a surrogate pair.
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\ud800-\udfff]")
# UTF-8 read as Windows-1252: a lead byte's letter and then as many signs as it announces.
_CONTINUED = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
DOUBLE_ENCODED = re.compile(
    f"[\u00c2-\u00df]{_CONTINUED}|[\u00e0-\u00ef]{_CONTINUED}{{2}}|\u00e2\u20ac(?=\\W|$)"
)
DOUBLED_QUOTE = re.compile(r'"{2,}')


def clean(text: str) -> str:
    """Return the text on one line as a person would read it; longer than any real text it is cut off."""
    text = text[:LONGEST]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if not text.isascii() and ("\u00e2" in text or "\u00c2" in text or "\u00c3" in text):
        text = DOUBLE_ENCODED.sub(_decoded, text)
    if "<" in text:
        text = TAG.sub(" ", text)
    if '""' in text:
        text = DOUBLED_QUOTE.sub('"', text)
    if "  " not in text and text.isprintable():
        return text.strip(" ")
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(UNREADABLE.sub("", text).split())


def _decoded(match: re.Match) -> str:
    """The sign that was encoded twice; a right quotation mark lost its last byte, which has no letter."""
    written = match.group()
    if written == "\u00e2\u20ac":
        return "\u201d"
    try:
        return bytes(_byte(sign) for sign in written).decode("utf-8")
    except UnicodeDecodeError:
        return written


def _byte(sign: str) -> int:
    """Windows-1252, which leaves five bytes without a letter: those stand for themselves."""
    return ord(sign) if ord(sign) < 0x100 else sign.encode("cp1252", "replace")[0]
