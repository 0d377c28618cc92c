"""One definition per list: a queryset, a table and a filter set make the page, its totals and its file."""

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import cached_property

from listing.export import CopyStream
from listing.figures import counted


class OptionsForm(forms.Form):
    """How a list is shown, beside what its filters choose."""

    sort = forms.CharField(required=False, max_length=60)
    per_page = forms.IntegerField(required=False, min_value=1, max_value=500)
    export = forms.ChoiceField(required=False, choices=[("csv", "CSV")])
    bom = forms.BooleanField(required=False)

    def __init__(self, *args, sortable, **kwargs):
        self.sortable = sortable
        super().__init__(*args, **kwargs)

    def clean_sort(self):
        sort = self.cleaned_data["sort"]
        if sort and sort.removeprefix("-") not in self.sortable:
            raise forms.ValidationError("There is no column of this name to sort by.")
        return sort


class RecordList:
    """A list for one request: `params` is the query of its address, which is all it depends on."""

    title = ""
    file_name = ""
    nouns = ("record", "records")
    table_class = None
    filterset_class = None
    totals_template = None
    totals_later = False  # they come after the rows, as a part of the page
    intro = ""
    related_links = []  # the words of each link and the name of its address
    default_per_page = 50

    def __init__(self, params):
        self.params = params
        self.filterset = self.filterset_class(params, queryset=self.get_queryset())
        self.options = OptionsForm(params, sortable=self.table_class.sortable())

    def get_queryset(self):
        raise NotImplementedError

    @cached_property
    def errors(self):
        """Sentences about what can't be read in the address, each with the name of its parameter."""
        forms_read = (self.filterset.form, self.options)
        return [
            f"{name}: {text}" for form in forms_read for name, texts in form.errors.items() for text in texts
        ]

    @cached_property
    def filtered(self):
        """The filtered queryset; of a wrong filter nothing, never everything."""
        return self.get_queryset().none() if self.errors else self.filterset.qs

    @property
    def sort(self):
        return "" if self.errors else self.options.cleaned_data["sort"]

    @cached_property
    def rows(self):
        """The filtered queryset with what its table reads beside the fields, where that depends on the address."""
        return self.filtered

    @cached_property
    def sorted(self):
        return self.table_class.sort(self.rows, self.sort) if self.sort else self.rows

    @cached_property
    def count(self):
        return self.filtered.count()

    @property
    def summary(self):
        """What the filtered set comes to, in words."""
        return counted(self.count, *self.nouns)

    @property
    def is_narrowed(self):
        return bool(self.filterset.describe())

    @property
    def description(self):
        """What the list shows, in words."""
        return self.title if self.errors else f"{self.title} {self.filterset.describe()}".strip()

    @cached_property
    def page(self):
        """The page asked for; one that does not exist gives the nearest."""
        per_page = None if self.errors else self.options.cleaned_data["per_page"]
        paginator = Paginator(self.sorted, per_page or self.default_per_page)
        paginator.count = self.count
        return paginator.get_page(self.params.get("page"))

    @cached_property
    def table(self):
        return self.table_class(self.page.object_list, order_by=self.sort)

    def file(self):
        """The whole sorted set as the bytes of a CSV file."""
        return CopyStream(self.sorted, self.table_class.file_columns(), bom=self.options.cleaned_data["bom"])
