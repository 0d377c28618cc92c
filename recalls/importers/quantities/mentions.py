"""An earlier recall as a text mentions it, and lists of these with their figures."""

from dataclasses import dataclass, replace

from recalls.importers.quantities.cursor import Cursor
from recalls.importers.quantities.figures import Amount, starts_figure, take_figure, take_number
from recalls.importers.quantities.nouns import ARTICLES, take_noun
from recalls.importers.quantities.parts import take_sold
from recalls.importers.quantities.reading import Earlier, RefusedError, quoted
from recalls.importers.quantities.regions import take_place
from recalls.importers.quantities.tokens import YEAR

NO_NUMBER = Amount(None, None, "unknown")


@dataclass(frozen=True, slots=True)
class Mention:
    """An earlier recall as written; out_of is the figure that it is said to be a part of ("of the 569,000")."""

    amount: Amount = NO_NUMBER
    unit: str = "units"
    product: str | None = None
    region: str | None = None
    out_of: int | None = None
    date: str | None = None
    notice: str | None = None
    included: bool | None = None
    kind: str = "recall"

    def earlier(self, own: str, included: bool | None) -> Earlier:
        """Return the record of this mention; own fills the region that the text leaves out."""
        return Earlier(
            region=self.region or own,
            low=self.amount.low,
            high=self.amount.high,
            precision=self.amount.precision,
            unit=self.unit,
            product=self.product,
            date=self.date,
            notice=self.notice,
            included=included,
            kind=self.kind,
        )

    def dated(self, date: str | None, included: bool | None = None, notice: str | None = None) -> "Mention":
        """Return the mention with what the clause around it tells; what is known already stays."""
        return replace(
            self,
            date=self.date or date,
            included=included if self.included is None else self.included,
            notice=self.notice or notice,
        )


def take_items(cursor: Cursor, own: str) -> list[Mention]:
    """Step over figures joined by commas and "and"."""
    items = [take_item(cursor, own)]
    while take_another(cursor):
        items.append(take_item(cursor, own))
    return items


def take_another(cursor: Cursor) -> bool:
    """Step over a comma or "and", if another figure begins behind it."""
    start = cursor.position
    if cursor.take(",", ";") + cursor.take("and", "&") and starts_figure(cursor):
        return True
    cursor.position = start
    return False


def take_item(cursor: Cursor, own: str) -> Mention:
    """A figure with its product and place, perhaps as a part: "105,000 of the 569,000 blade bases"."""
    if YEAR.fullmatch(cursor.peek().text):
        raise RefusedError(f"{quoted(cursor.peek().text)} may be a number or a year.")
    amount = take_figure(cursor)
    included = False if amount.additional else None
    if cursor.peek().key == "of" and cursor.peek(1).key in ("these", "those"):
        included = True
    out_of = _take_whole(cursor)
    unit, product = take_noun(cursor, years=True)
    take_sold(cursor)
    region = take_place(cursor, own)
    return Mention(amount, unit, product, region, out_of, included=included)


def _take_whole(cursor: Cursor) -> int | None:
    the = cursor.peek(1).key in ARTICLES
    whole = cursor.peek(1 + the)
    if cursor.peek().key != "of" or whole.kind != "number" or YEAR.fullmatch(whole.text):
        return None
    cursor.position += 1 + the
    return take_number(cursor)
