"""Which model is recalled in which region, which is not, and how many days passed from one to the next."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from recalls.models import RecalledProduct, Region
from recalls.models.place import ELSEWHERE
from suppliers.models import ProductModel


@dataclass(frozen=True)
class Cell:
    """A model in a region: the lines of batches that recall it there, the earliest first."""

    region: Region
    lines: list[RecalledProduct]

    @property
    def is_gap(self):
        """Elsewhere is no place in which a recall could be missing."""
        return not self.lines and self.region.code != ELSEWHERE

    @property
    def heat(self):
        """How strong its ground is, from 1 to 3."""
        return min(len(self.lines), 3)


@dataclass(frozen=True)
class Row:
    model: ProductModel
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    regions: list[Region]
    rows: list[Row]

    @property
    def gaps(self):
        """How many models are not recalled in a region."""
        return sum(cell.is_gap for row in self.rows for cell in row.cells)

    @property
    def pairs(self):
        """How many pairs of a model and a region could have a recall."""
        return len(self.rows) * sum(region.code != ELSEWHERE for region in self.regions)


@dataclass(frozen=True)
class Interval:
    """From the first notice on a model in one region to that in the next."""

    model: ProductModel
    start: RecalledProduct
    end: RecalledProduct

    @property
    def days(self):
        return (self.end.batch.announced_on - self.start.batch.announced_on).days


def matrix(models, regions, lines):
    """The `Matrix` of these models, those of the lines too, by number, and of these regions, by name."""
    models = sorted({*models, *(line.product_model for line in lines)}, key=_number)
    regions = sorted(set(regions), key=lambda region: region.name)
    found = {}
    for line in sorted(lines, key=_announced):
        found.setdefault((line.product_model, line.batch.region), []).append(line)
    cells = {model: [Cell(region, found.get((model, region), [])) for region in regions] for model in models}
    return Matrix(regions, [Row(*row) for row in cells.items()])


def intervals(lines):
    """An `Interval` for each model and each region but its first, from region to region."""
    firsts = {}
    for line in sorted(lines, key=_announced):
        firsts.setdefault(line.product_model, {}).setdefault(line.batch.region, line)
    return [
        Interval(model, *pair)
        for model in sorted(firsts, key=_number)
        for pair in pairwise(firsts[model].values())
    ]


def _number(model):
    return model.model_number, model.pk


def _announced(line) -> tuple[date, int]:
    return line.batch.announced_on, line.batch_id
