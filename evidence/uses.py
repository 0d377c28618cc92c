"""What rests on a source: the visible records of any app that cite it."""

from dataclasses import dataclass

from django.db import models

from evidence.grades import grade_of

SHOWN = 200


@dataclass
class Use:
    """A record that names a source, the page it is shown on, and the citation (or the record itself)."""

    record: models.Model
    citation: models.Model

    @property
    def kind(self):
        return self.record._meta.verbose_name

    @property
    def page(self):
        """The record that has a page: itself, or else the first one it names, which it is a part of."""
        if hasattr(self.record, "get_absolute_url"):
            return self.record
        parent = next(field for field in _links(type(self.record)) if not field.null)
        return getattr(self.record, parent.name)


@dataclass
class GradedUse:
    """A use with the grade of what the source says there: of the figure it states, else of the record."""

    use: Use

    @property
    def grade(self):
        figure = getattr(self.use.citation, "figure", "")
        return getattr(self.use.record, f"{figure}_grade", "") or grade_of(self.use.record)


def uses_of(source):
    """The first uses of a source by each table that names it: records with a page first, then their parts."""
    uses = []
    for relation in source._meta.related_objects:
        records = relation.related_model._default_manager
        if hasattr(records.all(), "visible"):
            uses += _uses(records.visible().filter(**{relation.field.name: source}))
    return sorted(uses, key=lambda use: use.page is not use.record)


def _uses(rows):
    is_citation = getattr(rows.model, "is_citation", False)
    subjects = [field for field in _links(rows.model) if field.null and is_citation]
    for row in rows.select_related(*_needed(rows.model, subjects))[:SHOWN]:
        named = (getattr(row, field.name) for field in subjects)
        yield Use(record=next(filter(None, named), row), citation=row)


def _needed(model, subjects):
    """Paths to the subjects and to what their names are made of."""
    if not subjects:
        return [
            f"{field.name}__{to.name}" for field in _required(model) for to in _required(field.related_model)
        ]
    paths = {subject.name: _required(subject.related_model) for subject in subjects}
    return [*paths, *(f"{name}__{field.name}" for name, fields in paths.items() for field in fields)]


def _required(model):
    return [field for field in _links(model) if not field.null]


def _links(model):
    return [field for field in model._meta.fields if field.many_to_one and field.name != "source"]
