"""Columns that are lists of a batch's parts: adding is free, removing never loses what a part says itself."""

import re
from dataclasses import dataclass, field

from evidence.forms import UNCITED
from evidence.models import Stance
from listing.retelling import kept
from recalls.choices import Remedy
from recalls.models import BatchRemedy, Citation, RecalledProduct
from recalls.spreadsheets.cells import CellError, listed

ADDRESSES = re.compile(r";?\s+")
KINDS = Remedy.values
HAS_DATA = kept("{} says more of its own in this batch ({}): remove it on the batch's page.")


@dataclass
class PartChanges:
    """Parts to add, unsaved and without their batch, and stored ones to remove."""

    added: list = field(default_factory=list)
    removed: list = field(default_factory=list)


class PartColumn:
    """A list of parts; `changes` says what makes the stored ones those of a cell."""

    is_part = True
    needed = False

    def __init__(self, name, explained, allowed):
        self.name, self.explained, self.allowed = name, explained, allowed

    def changes(self, batch, text, known):
        raise NotImplementedError

    def _removed(self, parts, says):
        for part in parts:
            if said := says(part):
                raise CellError(HAS_DATA.format(self.named(part), said))
        return list(parts)


class ModelsColumn(PartColumn):
    def changes(self, batch, text, known):
        numbers = listed(text)
        lines = list(batch.products.all()) if batch.pk else []
        held = {self.named(line) for line in lines}
        added = [known.model(batch.company_id, number) for number in numbers if number not in held]
        gone = [line for line in lines if self.named(line) not in numbers]
        return PartChanges([RecalledProduct(product_model=m) for m in added], self._removed(gone, _line_says))

    def named(self, line):
        return line.product_model.model_number


def _line_says(line):
    known = {
        kept("units"): line.units_low is not None or line.units_high is not None,
        kept("serials"): line.serials,
        kept("making dates"): line.made_from or line.made_until,
        kept("progress"): line.progress.all(),
    }
    return ", ".join(what for what, value in known.items() if value)


class RemediesColumn(PartColumn):
    def changes(self, batch, text, known):
        kinds = listed(text.lower())
        for kind in kinds:
            if kind not in KINDS:
                raise CellError(f"“{kind}” is no remedy of the list: {', '.join(KINDS)}.")
        remedies = list(batch.remedies.all()) if batch.pk else []
        held = {remedy.kind for remedy in remedies}
        gone = [remedy for remedy in remedies if remedy.kind not in kinds]
        removed = self._removed(gone, lambda remedy: remedy.note and kept("a note"))
        return PartChanges([BatchRemedy(kind=kind) for kind in kinds if kind not in held], removed)

    def named(self, remedy):
        return remedy.kind


class SourcesColumn(PartColumn):
    def changes(self, batch, text, known):
        addresses = dict.fromkeys(part for part in ADDRESSES.split(text) if part)
        sources = {known.source(address).pk: known.source(address) for address in addresses}
        cited = list(batch.citations.all()) if batch.pk else []
        supporting = [citation for citation in cited if citation.stance == Stance.SUPPORTS]
        held = {citation.source_id for citation in supporting}
        added = [Citation(source=source) for pk, source in sources.items() if pk not in held]
        removed = self._removed([c for c in supporting if c.source_id not in sources], _citation_says)
        if batch.is_published and not sources:
            raise CellError(UNCITED)
        return PartChanges(added, removed)

    def named(self, citation):
        return citation.source.url or citation.source.slug


def _citation_says(citation):
    known = {
        kept("where in it"): citation.where,
        kept("the figure it supports"): citation.figure,
        kept("the value it states"): citation.stated_low is not None or citation.stated_high is not None,
        kept("a note"): citation.note,
    }
    return ", ".join(what for what, value in known.items() if value)
