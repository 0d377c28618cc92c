"""One definition per list: a queryset, a table and a filter set make the page, its totals and its file."""

from functools import cache

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from listing.chips import chips
from listing.counting import SEARCHED, Count, CountedPaginator, count_of
from listing.export import CopyStream
from listing.figures import counted, pair
from listing.form_fields import fields_of
from listing.keyset import Keyset, orderings_of
from listing.orders import FEW, keys_of
from listing.paging import KeyPaginator
from listing.shape import OF_A_FILE, PER_PAGE, column_choices, column_names, kept_params
from listing.tables import any_row

BY_KEY = ["pk"]  # a list whose rows are records, each once
ATOM = "atom"
EXPORTS = [
    ("csv", "CSV"),
    (ATOM, "Atom"),
    ("md", "the rows of the page as a table in Markdown"),
    ("cite", "how to cite the view"),
    ("txt", "the citation as plain text"),
    ("bib", "the citation as BibTeX"),
    ("csl", "the citation as CSL-JSON"),
]
LONGEST_PAGE = 12  # digits of a page's number that anybody means


def put_together_once(get_queryset):
    """For a list's `get_queryset` that depends on no request: its query is made once for each language, which its
    columns may speak, and asked anew each time."""
    made = cache(lambda records, language: get_queryset(records))
    return lambda self: made(type(self), get_language()).all()


class OptionsForm(forms.Form):
    """How a list is shown, beside what its filters choose."""

    sort = forms.CharField(required=False, max_length=60)
    per_page = forms.IntegerField(required=False, min_value=1, max_value=500)
    export = forms.ChoiceField(required=False, choices=EXPORTS)
    rows = forms.ChoiceField(required=False, choices=[("page", "those of the page")])
    bom = forms.BooleanField(required=False)
    column = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("There is no column “%(value)s” to show.")}
    )

    def __init__(self, *args, table, has_feed=False, **kwargs):
        self.table, self.has_feed = table, has_feed
        super().__init__(*args, **kwargs)
        self.fields["column"].choices = column_names(table).items()

    def clean_export(self):
        if self.cleaned_data["export"] == ATOM and not self.has_feed:
            raise forms.ValidationError(_("There is no feed of this list; its file is export=csv."))
        return self.cleaned_data["export"]

    def clean_sort(self):
        sort = self.cleaned_data["sort"]
        name = sort.removeprefix("-")
        if sort and name not in self.table.base_columns:
            raise forms.ValidationError(_("There is no column of this name to sort by."))
        if sort and name not in self.table.sortable():
            raise forms.ValidationError(
                _("The list is not sorted by this column, which is in the file only.")
            )
        return sort


class RecordList:
    """A list for one request: `params` is the query of its address, which is all it depends on."""

    title = ""
    file_name = ""
    nouns = pair("record", "records")
    table_class = None
    filterset_class = None
    totals_template = None
    totals_later = False  # they come after the rows, as a part of the page
    intro = ""
    related_links = []  # the words of each link and the name of its address
    default_per_page = 50
    is_costly = False  # other tables tell which rows show: counted up to a limit, as in a search
    shaped_by = ()  # parameters that make this list of the one at its address
    entries = None  # a function from rows to the entries of a feed, as `listing.feeds.Entry`
    sizes = PER_PAGE

    def __init__(self, params):
        self.params = params
        self.filterset = self.filterset_class(params, queryset=self.get_queryset())
        self.options = OptionsForm(params, table=self.table_class, has_feed=self.entries is not None)

    def get_queryset(self):
        raise NotImplementedError

    def get_records(self):
        """All records that have a page of their own with these columns, where those are more than are listed."""
        return self.get_queryset()

    def only(self, record):
        """This list of one record alone, whose own page is a view of it."""
        self.all_rows = self.get_records()
        self.filtered = self.all_rows.filter(pk=record.pk)
        self.size = Count(1)
        return self

    @cached_property
    def errors(self):
        """Sentences about what can't be read in the address, each with the name of its parameter."""
        forms_read = (self.filterset.form, self.options)
        return [
            f"{name}: {text}" for form in forms_read for name, texts in form.errors.items() for text in texts
        ]

    @property
    def fields(self):
        return fields_of(self.filterset.form)

    @cached_property
    def filtered(self):
        """The filtered queryset; of a wrong filter nothing, never everything."""
        return self.get_queryset().none() if self.errors else self.filterset.qs

    @property
    def sort(self):
        return "" if self.errors else self.options.cleaned_data["sort"]

    def with_columns(self, records):
        """Records with what the table reads beside their fields, where that depends on the address."""
        return records

    @cached_property
    def rows(self):
        return self.with_columns(self.filtered)

    @cached_property
    def order(self):
        return self.table_class.order(self.sort) if self.sort else None

    @cached_property
    def sorted(self):
        return self.order.sorted(self.rows) if self.order else self.rows

    @cached_property
    def size(self):
        """How many rows there are, as a `Count`: of a search only up to a limit, unless a page beyond is asked for."""
        is_searched = not self.errors and self.filterset.form.cleaned_data.get("q")
        return count_of(self.filtered, self._limit() if is_searched or self.is_costly else None)

    def _limit(self):
        """How far rows are counted: some way beyond the page that is asked for."""
        page = self.params.get("page", "")
        asked = int(page) if page.isdecimal() and len(page) < LONGEST_PAGE else 1
        return SEARCHED * (asked * self.per_page // SEARCHED + 1)

    @property
    def count(self):
        return self.size.number

    @property
    def summary(self):
        """What the filtered set comes to, in words."""
        return self.size.said(counted(self.count, *self.nouns))

    @property
    def is_narrowed(self):
        return bool(self.filterset.describe())

    @cached_property
    def chips(self):
        return chips(self)

    @property
    def chosen_columns(self):
        """Those that the address names; none where it leaves that to the list."""
        return [] if self.errors else self.options.cleaned_data["column"]

    @property
    def columns(self):
        return column_choices(self)

    @property
    def kept_by_columns(self):
        return kept_params(self.params, {"column", *OF_A_FILE})

    @property
    def description(self):
        """What the list shows, in words."""
        filters = "" if self.errors else self.filterset.describe()
        form = pgettext("a list and its filters", "%(list)s %(filters)s")
        return form % {"list": self.title, "filters": filters} if filters else str(self.title)

    @property
    def per_page(self):
        asked = None if self.errors else self.options.cleaned_data["per_page"]
        return asked or self.default_per_page

    @cached_property
    def page(self):
        """The page asked for; one that does not exist gives the nearest."""
        if self.table_class.row_key != BY_KEY:
            return CountedPaginator(self.sorted, self.per_page).get_page(self.params.get("page"))
        paginator = KeyPaginator(self.page_rows, self.per_page, self.size, self._keys)
        return paginator.get_page(self.params.get("page"))

    @cached_property
    def all_rows(self):
        return self.get_queryset()

    @property
    def page_rows(self):
        """All rows with their columns: found by key, they need not be filtered again."""
        return self.with_columns(self.all_rows) if self.table_class.row_key == BY_KEY else self.rows

    def _keys(self, start, stop):
        """Of the rows from one place to another: read without what the page shows of them, as far as that can be."""
        total = None if self.size.is_more else self.count
        if not self.order:
            return keys_of([self.filtered], start, stop, total)
        return self.order.keys(self._ordered_rows, start, stop, total)

    @property
    def _ordered_rows(self):
        """The rows with what their order reads of them, and without the rest where that can be."""
        if self.order is None or self.table_class.row_key != BY_KEY:
            return self.rows if self.order else self.filtered
        added = self.rows.query.annotations.keys() - self.filtered.query.annotations.keys()
        return self.rows if added & self.order.names else self.filtered

    @cached_property
    def keyset(self):
        """The rows in their order, to be read on from any of them."""
        rows, key = self._ordered_rows, self.table_class.row_key
        are_few = not self.size.is_more and self.count <= FEW
        if not self.order:
            return Keyset(rows, orderings_of(rows), key, are_few=are_few)
        walk = None if are_few else self.order.walk(rows)
        return Keyset(rows, self.order.orderings, key, walk, are_few)

    @cached_property
    def table(self):
        table = self.table_class(self.page.object_list, order_by=self.sort)
        for column in self.columns:
            if not column.is_shown:
                table.columns.hide(column.name)
        return table

    @property
    def has_page_asked(self):
        """Only the rows of the page are to be in the file."""
        asked = self.options.cleaned_data
        return bool(asked["rows"]) and asked["export"] in ("", "csv")

    @property
    def file_rows(self):
        """The whole sorted set, or the rows of the page."""
        if not self.has_page_asked:
            return self.sorted
        return self.sorted.filter(any_row(self.page.object_list, self.table_class.row_key))

    def file(self):
        """The rows as the bytes of a CSV file."""
        return CopyStream(
            self.file_rows, self.table_class.file_columns(), bom=self.options.cleaned_data["bom"]
        )
