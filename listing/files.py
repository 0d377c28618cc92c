"""The other forms of a view: its file, its feed, its rows to copy, and how it is cited."""

from functools import partial

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from listing.citing import BIBTEX, CSL, WORDS, cited
from listing.delivery import Delivery, TooManyFilesError
from listing.feeds import feed_of
from listing.lists import ATOM
from listing.markdown import markdown

CSV = "text/csv; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
BUSY = "As many files are being written as can be at once. Try again in half a minute.\n"
OF_THIS_DAY = {"Cache-Control": "no-store"}  # it says on which day it was asked for


def text(words, **options):
    return HttpResponse(words, content_type=PLAIN, **options)


def form_of(request, records, view):
    """What `?export=…` or `?part=cite` asks for of a `RecordList`; `view()` the `View` that it shows."""
    if records.errors:
        return text("\n".join(records.errors) + "\n", status=400)
    try:
        return FORMS[form_asked(request.GET)](request, records, view)
    except TooManyFilesError:
        return text(BUSY, status=503, headers={"Retry-After": 30})


def form_asked(params):
    """Which of `FORMS` an address asks for."""
    return "part" if "part" in params else params.get("export", "")


def _csv(request, records, view):
    headers = {"Content-Disposition": f'attachment; filename="{records.file_name}.csv"'}
    if request.method == "HEAD":
        return HttpResponse(content_type=CSV, headers=headers)
    delivery = Delivery(records, request.META.get("gunicorn.socket"))
    return StreamingHttpResponse(delivery, content_type=CSV, headers=headers)


def _feed(request, records, view):
    feed = feed_of(records, request.path, request.GET)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _markdown(request, records, view):
    return text(markdown(records.table, view().page_in_words(records)), headers=OF_THIS_DAY)


def _citation(form, request, records, view):
    return text(getattr(cited(records, view()), form), headers=OF_THIS_DAY)


def _cite(template, request, records, view):
    citation = cited(records, view())
    context = {"view": citation.view, "citation": citation}
    response = render(request, template, context)
    response["Cache-Control"] = OF_THIS_DAY["Cache-Control"]
    return response


CITED = ("cite", "part", WORDS, BIBTEX, CSL)
FORMS = {
    "": _csv,
    "csv": _csv,
    ATOM: _feed,
    "md": _markdown,
    "cite": partial(_cite, "listing/cite.html"),
    "part": partial(_cite, "listing/_cited.html"),
    **{form: partial(_citation, form) for form in (WORDS, BIBTEX, CSL)},
}
