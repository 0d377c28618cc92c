"""A part of a text: a figure, what it counts and where that was sold; and lists of parts."""

from dataclasses import dataclass

from recalls.importers.quantities.cursor import Cursor
from recalls.importers.quantities.figures import Amount, starts_figure, take_figure
from recalls.importers.quantities.nouns import take_noun
from recalls.importers.quantities.reading import Figure, RefusedError
from recalls.importers.quantities.regions import take_place
from recalls.importers.quantities.words import AUXILIARIES, SOLD


@dataclass(frozen=True, slots=True)
class Part:
    """unit is None where the text names neither a unit nor a product; region where it names no place."""

    amount: Amount
    unit: str | None
    product: str | None
    region: str | None

    def figure(self, own: str, relation: str | None, unit: str = "units") -> Figure:
        """Return the figure of this part; own and unit fill what the text leaves out."""
        amount = self.amount
        return Figure(
            region=self.region or own,
            low=amount.low,
            high=amount.high,
            precision=amount.precision,
            unit=self.unit or unit,
            product=self.product,
            relation=relation,
        )


def take_parts(cursor: Cursor, own: str) -> list[Part]:
    """Step over a list of parts: "about 350 were sold in Canada and about 25 were sold in Mexico"."""
    parts = [take_part(cursor, own)]
    while take_separator(cursor, own):
        parts.append(take_part(cursor, own))
    return parts


def take_part(cursor: Cursor, own: str) -> Part:
    """Step over one part; the place may stand at either end: "5,000 in the U.S.", "U.S.: 5,000"."""
    before = take_place(cursor, own)
    if before:
        cursor.take(":", ",", "-")
    amount = take_figure(cursor)
    between = take_place(cursor, own)
    start = cursor.position
    unit, product = take_noun(cursor)
    named = cursor.position > start
    take_sold(cursor)
    after = take_place(cursor, own)
    take_sold(cursor)
    if before or between or after:
        cursor.take("only")
    return Part(amount, unit if named else None, product, _one_place(before, between, after))


def take_separator(cursor: Cursor, own: str) -> bool:
    """Step over a comma, "and" or the like, if another part begins behind it."""
    start = cursor.position
    found = cursor.take(",", ";", "/") + cursor.take("and", "&", "plus") + cursor.take(",")
    found = cursor.take_words("as", "well", "as") or found
    if found and starts_part(cursor, own):
        return True
    cursor.position = start
    return False


def take_sold(cursor: Cursor) -> bool:
    """Step over "were sold", "that were distributed", "have been shipped and sold"; they change nothing."""
    start = cursor.position
    cursor.take("that", "which")
    cursor.take_all(AUXILIARIES)
    if not cursor.take(*SOLD):
        cursor.position = start
        return False
    if cursor.peek().key == "and" and cursor.peek(1).key in SOLD:
        cursor.position += 2
    return True


def starts_part(cursor: Cursor, own: str) -> bool:
    """Tell whether a part begins here, without a step."""
    start = cursor.position
    if take_place(cursor, own):
        cursor.take(":", ",", "-")
    found = starts_figure(cursor)
    cursor.position = start
    return found


def _one_place(*places: str | None) -> str | None:
    named = [place for place in places if place]
    if len(named) > 1:
        raise RefusedError("One figure stands with two places.")
    return named[0] if named else None
