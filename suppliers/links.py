"""Every column of any table that names a record, found by asking the models: this app imports none of them."""

from dataclasses import dataclass

from django.db.models import ExpressionWrapper, Field, Model, OuterRef, Q, Subquery
from django.db.models.fields import BooleanField
from django.db.models.lookups import IsNull

from listing.conditions import Exists
from listing.words import enumerated
from suppliers.models import Merge


@dataclass(frozen=True)
class Link:
    """A foreign key to records of a kind, that of a many-to-many table included."""

    model: type[Model]
    field: Field

    def counted(self, count):
        """A number of its rows and what they are to the record: “2 product models”, “1 claim (said by company)”."""
        names = (self.model._meta.auto_created or self.model)._meta
        plain = self.field.name in ("company", "product_model", "productmodel", "merged_into")
        said = f"{count:,} {names.verbose_name if count == 1 else names.verbose_name_plural}"
        return said if plain else f"{said} ({self.field.verbose_name})"

    @property
    def table(self):
        return self.model._meta.db_table

    def rows(self, record):
        return self.model._base_manager.filter(**{self.field.name: record}).order_by("pk")

    def twins(self, merged, kept):
        """Rows of `merged` that can't become rows of `kept`: it has the same, whose key is `twin_pk`."""
        for others in self._unique_with():
            same = Q(**{self.field.name: kept})
            for field in others:
                same &= _same(field)
            held = self.model._base_manager.filter(same)
            yield from (
                self.rows(merged)
                .filter(Exists(held))
                .annotate(twin_pk=Subquery(held.order_by("pk").values("pk")[:1]))
            )

    def same_in(self, row):
        """In which other fields of the unique constraint a row is the same as its twin, in words."""
        (others, *_) = self._unique_with()
        said = ((field.verbose_name, getattr(row, field.name)) for field in others)
        return enumerated(f"{name} “{value}”" for name, value in said if value is not None)

    def _unique_with(self):
        """The other fields of each unique constraint that this column is part of."""
        options = self.model._meta
        sets = [constraint.fields for constraint in options.total_unique_constraints]
        sets += [*options.unique_together, *([[self.field.name]] if self.field.unique else [])]
        for names in sets:
            if self.field.name in names:
                yield [options.get_field(name) for name in names if name != self.field.name]


def links_to(model):
    """All links to records of a model, but for the records of their merges."""
    relations = model._meta.get_fields(include_hidden=True)
    found = [
        Link(relation.related_model, relation.field)
        for relation in relations
        if relation.auto_created and not relation.concrete and not relation.many_to_many
    ]
    return [link for link in found if link.model._meta.managed and link.model is not Merge]


def _same(field):
    """The field is the same as that of the outer row, or neither is known."""
    same = Q(**{field.name: OuterRef(field.name)})
    if not field.null:
        return same
    outer_is_null = ExpressionWrapper(IsNull(OuterRef(field.name), True), BooleanField())
    return same | Q(outer_is_null, **{f"{field.name}__isnull": True})
