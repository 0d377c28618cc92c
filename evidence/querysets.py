"""What the public may see: the published, and what something published names."""

from functools import cache

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from listing.conditions import Exists
from listing.search import every_word, part_of


class PublishableQuerySet(models.QuerySet):
    """Records with a draft and a published state."""

    def published(self):
        return self.filter(is_published=True)

    def visible(self):
        return self.published()


class NamedQuerySet(models.QuerySet):
    """Records without a state of their own: they show when something visible names them."""

    def visible(self):
        return self.filter(self.is_named())

    def is_named(self):
        return _is_named(self.model)

    def counts_as_naming(self, relation):
        """A citation shows with its record, so it does not make the record show."""
        return not getattr(relation.related_model, "is_citation", False)


class SourceQuerySet(NamedQuerySet):
    def matching(self, text):
        """Sources in which every word is found: title, publisher, short name, address."""
        return self.filter(every_word(text, part_of))

    def visible(self):
        """Sources that something visible cites, and those that these refer to by number."""
        return self.filter(_is_cited(self.model))

    def with_citation_count(self):
        """`citation_count`: how many visible records cite it."""
        counts = Value(0)
        for relation in self.model._meta.related_objects:
            namers = relation.related_model._default_manager.all()
            if hasattr(namers, "visible"):
                citing = namers.visible().filter(**{relation.field.name: OuterRef("pk")})
                counts += Coalesce(_count(citing, relation.field.name), 0)
        return self.annotate(citation_count=counts)

    def counts_as_naming(self, relation):
        return True


def _count(rows, link):
    return Subquery(rows.order_by().values(link).annotate(count=Count("pk")).values("count"))


class CitationQuerySet(models.QuerySet):
    def visible(self):
        """Citations whose record the public may see."""
        return self.filter(_is_of_visible(self.model))


# Conditions on many tables take longer to put together than to answer: each is made once and never changes.


@cache
def _is_named(model):
    condition, rows = Q(pk__in=[]), model._default_manager.all()
    for relation in model._meta.related_objects:
        namers = relation.related_model._default_manager.all()
        if rows.counts_as_naming(relation) and hasattr(namers, "visible"):
            condition |= Exists(namers.visible().filter(**{relation.field.name: OuterRef("pk")}))
    return condition


@cache
def _is_cited(model):
    """Each by itself: in one question the database would go through all sources for every one of them."""
    cited = model._default_manager.filter(_is_named(model))
    return _is_named(model) | Exists(cited.filter(references__to=OuterRef("pk")))


@cache
def _is_of_visible(model):
    condition = Q(pk__in=[])
    for field in model._meta.get_fields():
        if field.many_to_one and field.name != "source":
            records = field.related_model.objects.visible()
            # Without the first condition the database gathers all such records even where none is cited.
            is_of = Q(**{f"{field.name}__isnull": False})
            condition |= is_of & Exists(records.filter(pk=OuterRef(field.name)))
    return condition
