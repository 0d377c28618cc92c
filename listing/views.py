"""The page and the other forms of a list, at one address."""

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.views.generic import View

from listing import citing
from listing.files import form_of
from listing.languages import canonical, in_english, language_of_form

CITE = "cite"  # a part that comes when it is asked for


class RecordListView(View):
    """Shows the list that `list_class` defines, as a page or (`?export=csv`) as a file."""

    http_method_names = ["get", "head", "options"]
    list_class = None
    template_name = "listing/list.html"
    extra_context = {}
    shapes = {}  # other lists at this address, each by the parameter that asks for it, as far as they are JSON too

    def dispatch(self, request, *args, **kwargs):
        with language_of_form(request):
            return super().dispatch(request, *args, **kwargs)

    def records(self, **kwargs):
        """The list of this request."""
        return self.list_class(self.request.GET)

    def blank_records(self):
        """The list as such, without a request, for who wants to know its columns and filters."""
        return self.list_class(QueryDict())

    def get(self, request):
        records = self.records()
        if self.is_of_another_form():
            return self.file(records)
        context = {
            "records": records,
            "table": records.table,
            "search_query": request.GET.get("q", ""),
            **self.extra_context,
        }
        return render(request, self.template_name, context)

    def is_of_another_form(self):
        """Than a page."""
        return "export" in self.request.GET or self.request.GET.get("part") == CITE

    def file(self, records):
        return form_of(self.request, records, lambda: self.view(records))

    def view(self, records):
        return citing.View(records.description, records.summary, self.request.path, self.request.GET)


def list_at(address):
    """The list that an address of this site shows, as `/recalls/?region=JP`; Http404 where it shows none."""
    path, _, query = address.partition("?")
    with in_english():
        match = resolve(canonical(path))
    view_class = getattr(match.func, "view_class", View)
    if not issubclass(view_class, RecordListView):
        raise Http404
    request = HttpRequest()
    request.method, request.path, request.GET = "GET", path, QueryDict(query)
    view = view_class(**match.func.view_initkwargs)
    view.setup(request, *match.args, **match.kwargs)
    return view.records(**match.kwargs)
