"""A whole text: its first sentence says how many units are recalled, remarks say what else is known of them."""

from dataclasses import dataclass, field

from recalls.importers.quantities.cursor import Cursor
from recalls.importers.quantities.earlier import is_earlier, take_mentions
from recalls.importers.quantities.figures import starts_figure, take_figure
from recalls.importers.quantities.mentions import Mention
from recalls.importers.quantities.nouns import take_name
from recalls.importers.quantities.parts import Part, starts_part, take_parts, take_sold
from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.quantities.regions import take_place
from recalls.importers.quantities.tokens import Token
from recalls.importers.quantities.words import ADVERBS, MADE, NUMBER_WORDS, OTHERS


@dataclass
class Statement:
    """What a text says, not yet added up.

    heads: the parts of the first sentence. listed: what is named behind a colon, to add up to the head.
    beside: lists that begin with "in addition". inside: lists that begin with "including". bare: lists
    that do not say how they belong. bracketed: such lists in brackets.
    """

    own: str
    heads: list[Part] = field(default_factory=list)
    listed: list[Part] = field(default_factory=list)
    beside: list[list[Part]] = field(default_factory=list)
    inside: list[list[Part]] = field(default_factory=list)
    bare: list[list[Part]] = field(default_factory=list)
    bracketed: list[list[Part]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


@dataclass
class Sentence:
    """The tokens outside brackets, and each bracket's tokens."""

    tokens: list[Token] = field(default_factory=list)
    brackets: list[list[Token]] = field(default_factory=list)


def take_statement(text: str, tokens: list[Token], own: str) -> Statement:
    """Read all tokens of a text; raise RefusedError for the first thing that is not understood."""
    first, *others = split_sentences(Cursor(text, tokens), own)
    statement = Statement(own)
    _take_first(Cursor(text, first.tokens), statement)
    for bracket in first.brackets:
        _take_bracketed(text, bracket, statement)
    for sentence in others:
        _take_sentence(text, sentence, statement)
    return statement


def split_sentences(cursor: Cursor, own: str) -> list[Sentence]:
    """Part the tokens at full stops, with brackets put aside; a bracket after a full stop belongs before it."""
    sentences = [Sentence()]
    while not cursor.done:
        token = cursor.peek()
        if token.key == "(":
            _take_bracket(cursor, own, sentences)
            continue
        if token.key == "." and token.kind == "sign":
            sentences.append(Sentence())
        else:
            sentences[-1].tokens.append(token)
        cursor.position += 1
    return [sentence for i, sentence in enumerate(sentences) if sentence.tokens or i == 0]


def _take_bracket(cursor: Cursor, own: str, sentences: list[Sentence]) -> None:
    start = cursor.position + 1
    while not cursor.done and cursor.peek().key != ")":
        cursor.position += 1
    inner = cursor.tokens[start : cursor.position]
    cursor.position += 1
    if any(token.key == "(" for token in inner):
        raise RefusedError("There are brackets within brackets.")
    if sentences[-1].tokens and _joins_numbers(sentences[-1].tokens[-1], cursor):
        raise RefusedError("Brackets stand within a number.")
    if _is_place(Cursor(cursor.text, inner), own):
        sentences[-1].tokens.extend(inner)
    else:
        target = sentences[-1] if sentences[-1].tokens or len(sentences) == 1 else sentences[-2]
        target.brackets.append(inner)


def _joins_numbers(before: Token, after: Cursor) -> bool:
    """Without the brackets "1.1 (…) million" and "5 (…) - 9" would read as one figure."""
    number = before.kind == "number" or before.key in NUMBER_WORDS
    return number and (starts_figure(after) or after.peek().key in NUMBER_WORDS | {"-", "to"})


def _is_place(cursor: Cursor, own: str) -> bool:
    """ "9,000 (in the U.S.) and 1,000 (in Canada)" reads the same without brackets."""
    take_sold(cursor)
    return take_place(cursor, own) is not None and (cursor.done or cursor.rest() == "only")


def _take_first(cursor: Cursor, statement: Statement) -> None:
    statement.heads = take_parts(cursor, statement.own)
    if cursor.take(":"):
        statement.listed = _take_listed(cursor, statement.own)
    if not cursor.done:
        cursor.take(",", ";", "-")
        _take_remark(Cursor(cursor.text, cursor.tokens[cursor.position :]), statement)


def _take_sentence(text: str, sentence: Sentence, statement: Statement) -> None:
    """A bracket within a sentence on an earlier recall speaks of that recall, so it must say so itself."""
    cursor = Cursor(text, sentence.tokens)
    _take_remark(cursor, statement)
    for bracket in sentence.brackets:
        if is_earlier(cursor) and not is_earlier(Cursor(text, bracket)):
            raise RefusedError("Figures beside an earlier recall do not say whether they belong to it.")
        _take_bracketed(text, bracket, statement)


def _take_bracketed(text: str, tokens: list[Token], statement: Statement) -> None:
    """Only in brackets can a number without a place say the same thing once more."""
    for sentence in split_sentences(Cursor(text, tokens), statement.own):
        cursor = Cursor(text, sentence.tokens)
        if starts_part(cursor, statement.own) and not is_earlier(cursor):
            statement.bracketed.append(take_parts(cursor, statement.own))
            _finish(cursor, statement)
        else:
            _take_remark(cursor, statement)


def _take_remark(cursor: Cursor, statement: Statement) -> None:
    if is_earlier(cursor):
        statement.mentions += take_mentions(cursor, statement.own)
    elif _take_beside_marker(cursor):
        statement.beside.append(take_parts(cursor, statement.own))
    elif _take_inside_marker(cursor):
        _take_inside(cursor, statement)
    elif starts_part(cursor, statement.own):
        statement.bare.append(take_parts(cursor, statement.own))
    _finish(cursor, statement)


def _finish(cursor: Cursor, statement: Statement) -> None:
    """What is left after a comma is a remark of its own."""
    if cursor.position and cursor.take(",", ";") and not cursor.done:
        return _take_remark(Cursor(cursor.text, cursor.tokens[cursor.position :]), statement)
    return cursor.finish()


def _take_beside_marker(cursor: Cursor) -> bool:
    start = cursor.position
    while cursor.take("and", "also", "plus", "additionally") or cursor.take_words("in", "addition"):
        cursor.take(",")
    return cursor.position > start


def _take_inside_marker(cursor: Cursor) -> bool:
    start = cursor.position
    cursor.take("this", "which")
    return cursor.take("including", "includes", "include") or (
        cursor.take_words("of", "which") or cursor.take_words("of", "these") or _back_to(cursor, start)
    )


def _back_to(cursor: Cursor, start: int) -> bool:
    cursor.position = start
    return False


def _take_inside(cursor: Cursor, statement: Statement) -> None:
    """Without a number it is only a note on the product: "including fire pits made by another company"."""
    if starts_part(cursor, statement.own):
        statement.inside.append(take_parts(cursor, statement.own))
    elif take_name(cursor):
        cursor.take_all(ADVERBS)
        if cursor.take(*MADE) and cursor.take("by"):
            cursor.take_all(OTHERS)
            take_name(cursor)


def _take_listed(cursor: Cursor, own: str) -> list[Part]:
    """Parts behind a colon; here the name may stand before its number, since the sum is checked."""
    if starts_figure(cursor):
        return take_parts(cursor, own)
    parts = []
    while not parts or cursor.take(",", ";", "and"):
        cursor.take("and")
        start = cursor.position
        if not take_name(cursor):
            raise RefusedError(f"Not understood: {quoted(cursor.rest())}.")
        name = cursor.written(start)
        cursor.take("-", ":")
        parts.append(Part(take_figure(cursor), "units", name, None))
    return parts
