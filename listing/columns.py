"""Columns that the database can sort and write to a file by itself: each is a path or an SQL expression."""

from copy import copy

import django_tables2 as tables
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg, StringAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from listing import figures

SEPARATOR = "; "
TITLE = {"td": {"class": "title"}, "th": {"class": "title"}}  # the name of a row, which stays in sight
UNKNOWN = lazy(format_html, SafeString)('<span class="unknown">{}</span>', figures.NOT_STATED)


class Column(tables.Column):
    """A column of the page and of the file: the value at its path, or an expression (or a maker of one).

    `sorts_by`: an expression that an index holds, where that is another; `walks`: the foreign key before the path,
    where an index on it and `then` sorts rows; `then`: what comes next in the order, before the row's key;
    `between`: what stands between several values in its text.
    """

    def __init__(self, *args, expression=None, sorts_by=None, walks="", then=(), between="", **kwargs):
        self.expression, self.sorts_by, self.walks, self.then = expression, sorts_by, walks, then
        self.between = between
        super().__init__(*args, **{"default": UNKNOWN, **kwargs})

    def __deepcopy__(self, memo):
        """For each table, which gives a column other words at most: what it is made of is shared."""
        return copy(self)

    def sql(self, name):
        if self.expression is None:
            return F(str(self.accessor or name).replace(".", "__"))
        return self.expression() if callable(self.expression) else self.expression

    def sort_key(self, name):
        return self.sorts_by or self.sql(name)


class LinkColumn(Column):
    """A record's name, linked to its page: the row's own, or that of the record at `path`.

    The row's own address ends as its table's `kept` says: what the next page shall take from this one's address.
    """

    def __init__(self, path="", *args, **kwargs):
        self.path = path
        accessor = {"accessor": f"{path}__name"} if path else {}
        attrs = {"attrs": {"td": {"class": "name"}} if path else TITLE}
        super().__init__(*args, linkify=self.link, **{**accessor, **attrs, **kwargs})

    def link(self, record, table):
        if not self.path:
            address = record.get_absolute_url()
            return address and address + table.kept
        for name in self.path.split("__"):
            record = getattr(record, name)
        return record.get_absolute_url()


class FileColumn(Column):
    """A column of the file only; by most of them nobody sorts, and no index is kept for that."""

    def __init__(self, *args, orderable=False, **kwargs):
        super().__init__(*args, visible=False, orderable=orderable, **kwargs)


class FigureColumn(Column):
    """A figure on the page from its columns low, high, precision and currency; the file has each by itself."""

    def __init__(self, figure, *args, currency=False, **kwargs):
        self.figure, self.has_currency = figure, currency
        expression = Coalesce(f"{figure}_low", f"{figure}_high")
        attrs = {"td": {"class": "figure"}, "th": {"class": "figure"}}
        options = {"expression": expression, "exclude_from_export": True, "empty_values": (), "attrs": attrs}
        super().__init__(*args, **{**options, **kwargs})

    def render(self, record):
        low, high = getattr(record, f"{self.figure}_low"), getattr(record, f"{self.figure}_high")
        precision = getattr(record, f"{self.figure}_precision", "")
        if hidden := getattr(record, f"{self.figure}_hidden", ""):
            return format_html('<span class="unknown">{}</span>', figures.not_shown(hidden))
        if low is None and high is None:
            return UNKNOWN
        if self.has_currency:
            text = figures.money(low, high, getattr(record, f"{self.figure}_currency"), precision)
        else:
            text = figures.quantity(low, high, precision)
        return format_html("{} {}", text, figures.badge(getattr(record, f"{self.figure}_grade", "")))


class CodeColumn(Column):
    """A number or code that must not be broken over two lines."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, attrs={"td": {"class": "code"}}, **kwargs)


class GradeColumn(Column):
    """A grade as a labelled badge; `value` is already what the reader's language calls it."""

    def render(self, record, bound_column):
        return figures.badge(getattr(record, str(bound_column.accessor)))


class CountColumn(Column):
    """A whole number, to the right."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, attrs={"td": {"class": "figure"}, "th": {"class": "figure"}}, **kwargs)

    def render(self, value):
        return figures.number(value)


class DateColumn(Column):
    """An ISO date, whole or partial."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, attrs={"td": {"class": "date"}}, **kwargs)

    def render(self, value):
        return str(value)


class Joined(Subquery):
    """Texts of other rows in one field of the file; `plain` is the array of them."""

    plain = None


def joined(queryset, field, link, to="pk"):
    """The different texts of the rows whose `link` is our `to`, in one field of the file: “fire; burn”."""
    rows = queryset.filter(**{link: OuterRef(to)}).order_by().values(link)
    texts = rows.annotate(texts=StringAgg(field, SEPARATOR, distinct=True, order_by=field))
    found = Joined(texts.values("texts"), output_field=TextField())
    array = rows.annotate(texts=ArrayAgg(field, distinct=True, order_by=field)).values("texts")
    found.plain = Subquery(array, output_field=ArrayField(TextField()))
    return found


class ArrayText(Func):
    """An array in one field of the file; `plain` is the array."""

    function = "array_to_string"
    output_field = TextField()

    @property
    def plain(self):
        return self.source_expressions[0]


def array_text(field):
    """An array of texts in one field of the file: “fire; burn”."""
    return ArrayText(F(field), Value(SEPARATOR))


def public_address(url_name, field="slug"):
    """The record's own public address, built by the database from PUBLIC_URL."""
    before, after = reverse(url_name, args=["SLUG"]).split("SLUG")
    return Concat(Value(settings.PUBLIC_URL + before), field, Value(after), output_field=CharField())


def source_address(path):
    """A source's address, or that of our own page of it where it has none."""
    url = NullIf(f"{path}__url", Value(""))
    return Coalesce(url, public_address("evidence:source_detail", f"{path}__slug"), output_field=TextField())
