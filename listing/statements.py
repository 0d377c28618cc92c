"""The SQL of querysets, for statements that Django's own language has no words for."""

from django.db.models import QuerySet


def statement_of(queryset: QuerySet) -> tuple[str, tuple]:
    """The SELECT of a queryset and its parameters, also where it is known to hold no row."""
    return queryset.query.get_compiler(queryset.db, elide_empty=False).as_sql()
