"""The page and the file of a list, at one address."""

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.views import View

from listing.delivery import Delivery, TooManyFilesError
from listing.feeds import feed_of
from listing.languages import in_english
from listing.lists import ATOM

CSV = "text/csv; charset=utf-8"
BUSY = "As many files are being written as can be at once. Try again in half a minute."


class RecordListView(View):
    """Shows the list that `list_class` defines, as a page or (`?export=csv`) as a file."""

    http_method_names = ["get", "head", "options"]
    list_class = None
    template_name = "listing/list.html"
    extra_context = {}

    def records(self, **kwargs):
        """The list of this request."""
        return self.list_class(self.request.GET)

    def blank_records(self):
        """The list as such, without a request, for who wants to know its columns and filters."""
        return self.list_class(QueryDict())

    def get(self, request):
        if "export" in request.GET:
            return self.exported()
        records = self.records()
        context = {
            "records": records,
            "table": records.table,
            "search_query": request.GET.get("q", ""),
            **self.extra_context,
        }
        return render(request, self.template_name, context)

    def exported(self, **kwargs):
        """The file, which is read back by its headings and values and so the same in every language; or the feed."""
        if self.request.GET["export"] != "csv":
            return self.file(self.records(**kwargs))
        with in_english():
            return self.file(self.records(**kwargs))

    def file(self, records):
        if records.errors:
            return text("\n".join(records.errors) + "\n", status=400)
        if records.options.cleaned_data["export"] == ATOM:
            return self.feed(records)
        headers = {"Content-Disposition": f'attachment; filename="{records.file_name}.csv"'}
        if self.request.method == "HEAD":
            return HttpResponse(content_type=CSV, headers=headers)
        try:
            delivery = Delivery(records, self.request.META.get("gunicorn.socket"))
        except TooManyFilesError:
            return text(f"{BUSY}\n", status=503, headers={"Retry-After": 30})
        return StreamingHttpResponse(delivery, content_type=CSV, headers=headers)

    def feed(self, records):
        feed = feed_of(records, self.request.path, self.request.GET)
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def text(words, **options):
    return HttpResponse(words, content_type="text/plain; charset=utf-8", **options)
