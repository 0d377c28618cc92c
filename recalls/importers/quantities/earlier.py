"""Earlier recalls that a text names: how many units, when, and whether the text's figure includes them."""

from recalls.importers.quantities.cursor import Cursor
from recalls.importers.quantities.dates import take_dates
from recalls.importers.quantities.figures import starts_figure, take_figure
from recalls.importers.quantities.mentions import NO_NUMBER, Mention, take_another, take_item, take_items
from recalls.importers.quantities.nouns import ARTICLES, take_name, take_noun
from recalls.importers.quantities.phrases import words
from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.quantities.regions import names_region
from recalls.importers.quantities.words import (
    ADVERBS,
    ANNOUNCED,
    AUXILIARIES,
    NOTICES,
    NUMBER_WORDS,
    RECALLED,
)

SIGNALS = RECALLED | ANNOUNCED | {"recall", "expands", "expansion"}
ALL_OR_SOME = words("some all most many certain")
NUMBERED = words("number no release")
WITHIN = words("including includes include included")


def is_earlier(cursor: Cursor) -> bool:
    """Tell whether a clause speaks of an earlier recall: then it has to be read as such or not at all."""
    return cursor.holds(SIGNALS)


def take_mentions(cursor: Cursor, own: str) -> list[Mention]:
    """Read a clause on earlier recalls to its end; raise RefusedError for what is not understood."""
    mentions = _take_announcements(cursor) or _take_expansion(cursor) or _take_covered(cursor, own)
    mentions = mentions or _take_recalled(cursor, own)
    cursor.take(";", ",")
    cursor.finish()
    return mentions


def _take_announcements(cursor: Cursor) -> list[Mention]:
    """ "This recall was first announced in May 2008 and reannounced in June 2008"."""
    start, mentions = cursor.position, []
    cursor.take("this", "the")
    cursor.take(*NOTICES)
    while _take_verb(cursor, ANNOUNCED):
        date = take_dates(cursor)
        if date is None:
            raise RefusedError("An earlier announcement is named without its date.")
        mentions.append(Mention(date=date, kind="announcement"))
        cursor.take("and", ",")
    if not mentions:
        cursor.position = start
    return mentions


def _take_expansion(cursor: Cursor) -> list[Mention]:
    """ "This recall expands the January 2010 recall of 14,000 units"."""
    start = cursor.position
    cursor.take("this", "the")
    cursor.take(*NOTICES)
    cursor.take_all(AUXILIARIES | {"an", "a"})
    if not (cursor.take("expands") or cursor.take_words("expansion", "of")):
        cursor.position = start
        return []
    date = _take_dated_recall(cursor)
    amount, unit, product = NO_NUMBER, "units", None
    if cursor.take("of"):
        amount = take_figure(cursor)
        unit, product = take_noun(cursor)
    return [Mention(amount, unit, product, date=date)]


def _take_covered(cursor: Cursor, own: str) -> list[Mention]:
    """ "In addition, 9,900 were sold in Canada that were covered in the August recall"."""
    start = cursor.position
    if not cursor.holds(("covered",)):
        return []
    _take_marker(cursor)
    items = take_items(cursor, own)
    cursor.take("that", "which")
    cursor.take_all(AUXILIARIES)
    if not items or not cursor.take("covered") or not cursor.take("in", "by"):
        raise RefusedError(f"Not understood: {quoted(cursor.rest(start))}.")
    date = _take_dated_recall(cursor)
    return [item.dated(date) for item in items]


def _take_dated_recall(cursor: Cursor) -> str | None:
    cursor.take(*ARTICLES, "our", "previous", "earlier")
    date = take_dates(cursor)
    if not cursor.take("recall"):
        raise RefusedError(f"Not understood as an earlier recall: {quoted(cursor.rest())}.")
    return date or take_dates(cursor)


def _take_recalled(cursor: Cursor, own: str) -> list[Mention]:
    included = _take_marker(cursor)
    before = take_dates(cursor)
    cursor.take(",")
    mentions = _take_active(cursor, own) or _take_passive(cursor, own, dated=before is not None)
    return [mention.dated(before, included) for mention in mentions]


def _take_marker(cursor: Cursor) -> bool | None:
    """Step over "including" (True) or "in addition" (False)."""
    start = cursor.position
    if cursor.take_words("in", "addition") or cursor.take("additionally"):
        if cursor.take("to"):
            cursor.take(*ARTICLES)
        cursor.take(",")
        return False
    cursor.take("this", "the")
    cursor.take("number", "figure", "total", "quantity", *NOTICES)
    if cursor.take(*WITHIN):
        cursor.take("the")
        return True
    cursor.position = start
    return True if cursor.take_words("of", "which") or cursor.take_words("of", "these") else None


def _take_active(cursor: Cursor, own: str) -> list[Mention]:
    """ "Yamaha previously recalled 11,000 golf cars on July 6, 2023; 5,000 on February 17, 2022"."""
    start, mentions = cursor.position, []
    while _is_name(cursor) and cursor.peek().key not in ADVERBS | RECALLED | AUXILIARIES:
        cursor.position += 1
    cursor.take_all(ADVERBS)
    if not (cursor.take(*RECALLED) and starts_figure(cursor)):
        cursor.position = start
        return []
    while not mentions or take_another(cursor):
        mentions.append(take_item(cursor, own).dated(take_dates(cursor)))
    return mentions


def _take_passive(cursor: Cursor, own: str, *, dated: bool) -> list[Mention]:
    """ "About 950 robes were previously recalled in June 2021", "Some of these ROVs were recalled in 2023"."""
    items = take_items(cursor, own) if starts_figure(cursor) else [_take_subject(cursor)]
    cursor.take(",")
    start = cursor.position
    if not _take_verb(cursor, RECALLED):
        raise RefusedError(f"Not understood as an earlier recall: {quoted(cursor.rest(0))}.")
    earlier = any(token.key in ADVERBS for token in cursor.tokens[start : cursor.position])
    date = take_dates(cursor)
    _take_reason(cursor)
    notice = _take_notice(cursor)
    if not (earlier or dated or date or notice):
        raise RefusedError("Units are said to be recalled, and nothing says when.")
    return [item.dated(date, notice=notice) for item in items]


def _take_subject(cursor: Cursor) -> Mention:
    """Units without a number; "some of these" and "included in this recall" say that they are inside."""
    start = cursor.position
    if cursor.peek().key in ADVERBS:
        return Mention()
    included = True if cursor.take(*ALL_OR_SOME) and cursor.take("of") else None
    cursor.take(*ARTICLES)
    name = cursor.position
    if not take_name(cursor, years=True):
        raise RefusedError(f"Not understood as an earlier recall: {quoted(cursor.rest(start))}.")
    product = cursor.written(name)
    if cursor.take_words("included", "in", "this") and cursor.take(*NOTICES):
        included = True
    if cursor.peek().key not in AUXILIARIES:
        raise RefusedError(f"Not understood as an earlier recall: {quoted(cursor.rest(start))}.")
    return Mention(product=product, included=included)


def _take_verb(cursor: Cursor, verbs: frozenset[str]) -> bool:
    """Step over "were previously recalled", "have been first announced" and the like."""
    start = cursor.position
    cursor.take_all(AUXILIARIES | ADVERBS)
    if cursor.take(*verbs):
        return True
    cursor.position = start
    return False


def _take_reason(cursor: Cursor) -> None:
    if cursor.take("for"):
        while _is_name(cursor) and cursor.peek().key != "under":
            cursor.position += 1


def _take_notice(cursor: Cursor) -> str | None:
    """ "under recall number 20-123"."""
    if not cursor.take_words("under", "recall"):
        return None
    cursor.take_all(NUMBERED)
    start = cursor.position
    while cursor.peek().kind == "number" or cursor.peek().key == "-":
        cursor.position += 1
    return cursor.written(start) or None


def _is_name(cursor: Cursor) -> bool:
    """A word that bears on no number and no country: a company's name, a reason."""
    token = cursor.peek()
    return token.kind == "word" and token.key not in NUMBER_WORDS and not names_region(cursor)
