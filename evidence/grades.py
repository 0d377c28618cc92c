"""The grade switch: what a reader who asks for some grades is shown, and what is left out."""

from dataclasses import dataclass

from evidence.figures import Grade, Precision
from listing.words import label_of, listed

COLUMNS = {
    "units": ("low", "high", "precision", "grade"),
    "amount": ("low", "high", "precision", "currency", "grade"),
    "price": ("low", "high", "currency", "grade"),
}
UNKNOWN = {"low": None, "high": None, "precision": Precision.UNKNOWN, "currency": "", "grade": ""}


@dataclass(frozen=True)
class Shown:
    """The records that the switch lets through, and how many it leaves out; false where there is neither."""

    records: list
    left_out: int

    def __iter__(self):
        return iter(self.records)

    def __bool__(self):
        return bool(self.records or self.left_out)


@dataclass(frozen=True)
class Grades:
    """The grades a reader asks for; all of them where none is chosen."""

    chosen: tuple[str, ...] = ()

    def __bool__(self):
        return bool(self.chosen)

    def __iter__(self):
        return iter(self.chosen)

    @property
    def in_words(self):
        """“official and company”."""
        return listed(label_of(Grade, grade) for grade in self.chosen) if self.chosen else ""

    def let(self, grade):
        """Whether something of this grade is shown; what has no grade is."""
        return not self.chosen or not grade or grade in self.chosen

    def lookups(self, figure):
        """What a figure of a batch must fulfil to count."""
        return {f"{figure}_grade__in": list(self.chosen)} if self.chosen else {}

    def shown(self, rows, record=lambda row: row):
        """The rows as `Shown`, each by the grade of its `record`."""
        rows = list(rows)
        kept = [row for row in rows if self.let(grade_of(record(row)))]
        return Shown(kept, len(rows) - len(kept))

    def hide(self, record):
        """Blank the figures of other grades in a record that is only shown, each with its grade as `…_hidden`."""
        for figure, parts in COLUMNS.items():
            grade = getattr(record, f"{figure}_grade", "")
            if not self.let(grade):
                setattr(record, f"{figure}_hidden", grade)
                for part in parts:
                    setattr(record, f"{figure}_{part}", UNKNOWN[part])


EVERY = Grades()


def grade_of(record):
    """A record's own grade; of a published sum that of its amount, of a batch none."""
    return getattr(record, "grade", "") or (
        "" if hasattr(record, "units_grade") else getattr(record, "amount_grade", "")
    )
