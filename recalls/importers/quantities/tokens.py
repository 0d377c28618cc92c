"""Text to tokens: numbers, words and signs. What is glued or written wrongly is refused here."""

import html
import re
import unicodedata
from typing import NamedTuple

from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.quantities.words import ABBREVIATIONS, MONTHS

LONGEST = 2_000  # characters; the longest real text has about 350

UNREADABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
FOOTNOTE = re.compile(r"(?<=[\w.)])[*†‡]+(?=\s|[.,;)](?!\d)|$)|^[*†‡]+")
GLUED_ABOUT = re.compile(r"\b(about|approximately)(?=\d)", re.IGNORECASE)

# A comma belongs to a piece only between digits; a slash only where no digit follows.
PIECE = re.compile(r"[()\[\];:]|,|/(?=\d)|(?:[^\s()\[\];:,/]|(?<=\d),(?=\d)|/(?!\d))+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
YEAR = re.compile(r"(?:19|20)\d\d")
SPAN = re.compile(r"(\d+(?:[.,]\d+)*)(-)(\d+(?:[.,]\d+)*)")
SUFFIXED = re.compile(r"\d[\d.,]*(?:k|m|mm|b|bn|mil|mill|mio|million|thousand|x)", re.IGNORECASE)
# A letter somewhere, or a size in inches or feet: digits and signs alone are a number gone wrong.
WORD = re.compile(r"(?=.*[^\W\d_]|\d+[\"”'’]$)['‘\"“]?[^\W_](?:[^\W_]|[-'’\"“”‘&®™°./!])*|&")
SIGNS = frozenset("()[];:,/.")
INITIALS = re.compile(r"(?:\w\.)+\w?")
EDGES = "\"'“”‘’.®™!"
LOST_COMMA = re.compile(r"(?<![^\s(]),(?=\d)")


class Token(NamedTuple):
    """kind: number, word or sign. key: what the rules compare, lower case, without dots and quotes."""

    kind: str
    text: str
    key: str
    start: int
    end: int


def clean(text: str) -> str:
    """Return the text without markup, entities, invisible signs and footnote marks, one kind of space."""
    if len(text) > LONGEST:
        raise RefusedError(f"The text is longer than {LONGEST} characters.")
    text = TAG.sub(" ", html.unescape(html.unescape(text)))
    if not text.isprintable():
        if UNREADABLE.search(text):
            raise RefusedError("The text holds signs that stand for nothing readable.")
        text = INVISIBLE.sub("", text)
    if not text.isascii():
        text = text.translate(DASHES)
    text = " ".join(text.split())
    if "*" in text or not text.isascii():
        text = FOOTNOTE.sub("", text)
    return GLUED_ABOUT.sub(r"\1 ", text).strip()


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a cleaned text; raise RefusedError for signs and numbers it cannot be sure of."""
    _refuse_foreign_digits(text)
    if LOST_COMMA.search(text):
        raise RefusedError("A comma stands before a number without the digits it should follow.")
    tokens: list[Token] = []
    for match in PIECE.finditer(text):
        tokens.extend(_tokens_of(match.group(), match.start()))
    _refuse_broken_numbers(tokens)
    return tokens


def _tokens_of(piece: str, start: int) -> list[Token]:
    core = piece.rstrip(".")
    if not core or (core != piece and _is_abbreviation(core)):
        core = piece
    tokens = [_token(text, start + offset) for text, offset in _split_span(core)]
    if core != piece:
        tokens.append(Token("sign", ".", ".", start + len(core), start + len(piece)))
    return tokens


def _split_span(core: str) -> list[tuple[str, int]]:
    span = SPAN.fullmatch(core) if "-" in core else None
    return [(span[i], span.start(i)) for i in (1, 2, 3)] if span else [(core, 0)]


def _is_abbreviation(core: str) -> bool:
    key = core.lower()
    return key in ABBREVIATIONS or ("." in key and not key[0].isdigit())


def _token(text: str, start: int) -> Token:
    end = start + len(text)
    if text.isalpha():
        return Token("word", text, text.lower(), start, end)
    if NUMBER.fullmatch(text):
        return Token("number", text, text, start, end)
    if text in SIGNS or not text.strip("-"):
        return Token("sign", text, {"[": "(", "]": ")"}.get(text, text[0]), start, end)
    if SUFFIXED.fullmatch(text) or not WORD.fullmatch(text):
        raise RefusedError(f"{quoted(text)} is neither a word nor a number that can be read.")
    key = text.lower().replace(".", "") if INITIALS.fullmatch(text) else text.lower().strip(EDGES)
    return Token("word", text, key, start, end)


def _refuse_foreign_digits(text: str) -> None:
    for sign in "" if text.isascii() else text:
        if unicodedata.category(sign)[0] == "N" and not sign.isascii():
            raise RefusedError(f"{quoted(sign)} is not a plain digit.")


def _refuse_broken_numbers(tokens: list[Token]) -> None:
    """A space within a number ("26, 800", "1 400") may be a slip or two numbers: nobody can tell."""
    for before, token, after, next_but_one in zip(
        [None, *tokens], tokens, tokens[1:], [*tokens[2:], None], strict=False
    ):
        if token.kind != "number" or (before and _is_date(before, token)):
            continue
        beyond_comma = next_but_one if after.key == "," else after
        if beyond_comma and beyond_comma.kind == "number":
            raise RefusedError(f"After {quoted(token.text)} comes another number, perhaps a part of it.")


def _is_date(before: Token, number: Token) -> bool:
    return before.key in MONTHS or (before.key == "in" and bool(YEAR.fullmatch(number.text)))
