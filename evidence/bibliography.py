"""The numbered sources of one page."""

from dataclasses import dataclass, field

from evidence.models import Source, Stance

STRONGEST_FIRST = [Stance.SUPPORTS, Stance.ROUNDS, Stance.CONTRADICTS]


@dataclass
class Entry:
    """One source of a page, its number there, and the citations that say more than that it supports."""

    number: int
    source: Source
    remarks: dict = field(default_factory=dict)


class Bibliography:
    """The sources of a page in the order in which it first mentions them, each of them once."""

    def __init__(self):
        self._entries = {}

    def __iter__(self):
        return iter(self._entries.values())

    def mention(self, source):
        """The source's entry, with the next free number where the page has not mentioned it yet."""
        return self._entries.setdefault(source.pk, Entry(len(self._entries) + 1, source))

    def cite(self, citation, about):
        """Mention a citation's source; `about` names its record where the page is about another."""
        entry = self.mention(citation.source)
        if citation.where or citation.note or citation.stance != Stance.SUPPORTS:
            entry.remarks[citation] = about
        return entry


def citations_of(record, figure=None):
    """A record's citations, the supporting ones first; for one figure, what is about it or about the whole."""
    citations = list(record.citations.all())
    if figure is not None:
        citations = about(figure, citations)
    return sorted(citations, key=lambda citation: STRONGEST_FIRST.index(citation.stance))


def about(figure, citations):
    """A figure that no citation names stands in the sources of the whole record."""
    named = [citation for citation in citations if citation.figure == figure]
    if not figure or any(citation.stance == Stance.SUPPORTS for citation in named):
        return named
    return named + [citation for citation in citations if not citation.figure]
