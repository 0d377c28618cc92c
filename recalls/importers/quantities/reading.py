"""What comes of reading a text: figures, earlier recalls, or the reason why it was refused."""

from dataclasses import asdict, dataclass

QUOTED = 80  # characters


class RefusedError(Exception):
    """The text is not read; the message is the reason in plain words, for staff."""


def quoted(text: str) -> str:
    """Return the text in quotation marks for a reason, cut short if it is long."""
    return f"“{text if len(text) <= QUOTED else text[:QUOTED] + '…'}”"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many units of one product in one region.

    region: ISO 3166-1 alpha-2, "EU", or "ZZ" for elsewhere, not named. low, high: whole numbers or
    None where that end is open or unknown. precision: exact, approximate, at_least, at_most, range or
    unknown. unit: "units", or the kind of unit that the text counts ("pairs", "sets", "bottles").
    product: what the figure counts, as written, or None. relation: None for the notice's own figure,
    "additional" for units beside it, "included" for units already inside another figure of the text.
    """

    region: str
    low: int | None
    high: int | None
    precision: str
    unit: str = "units"
    product: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier recall, or an earlier announcement of this one (kind), that the text names.

    low, high, precision, unit, product and region as in Figure; where the text gives no number the
    precision is "unknown". date and notice: as written, or None. included: whether these units are
    inside the text's figure (True, False), or None where the text does not tell.
    """

    region: str
    low: int | None
    high: int | None
    precision: str
    unit: str = "units"
    product: str | None = None
    date: str | None = None
    notice: str | None = None
    included: bool | None = None
    kind: str = "recall"


@dataclass(frozen=True, slots=True)
class Reading:
    """units and earlier are empty where refused holds a reason; otherwise units[0] is the own region's."""

    units: tuple[Figure, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    refused: str | None = None

    def as_dict(self) -> dict:
        """Return the reading as plain lists and values, ready for JSON."""
        return {
            "units": [asdict(figure) for figure in self.units],
            "earlier": [asdict(recall) for recall in self.earlier],
            "refused": self.refused,
        }
