"""Sources, and their numbered references to one another."""

from evidence.models import Source


def add_source(loading, slug, references=(), **values):
    source = loading.add(Source, slug, {"slug": slug, **values}, [["slug"], ["url"]])
    if source:
        for reference in references:
            loading.add_part(source.references, reference)


SECTIONS = {"sources": add_source}
