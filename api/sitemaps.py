"""What search engines are told to read: every record's page, by ranges of keys, so that nothing is ever counted."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import sitemaps
from django.contrib.sitemaps.views import sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db import connections
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from evidence.models import Source
from listing.languages import languages_of
from listing.statements import statement_of
from recalls.models import Incident, RecallBatch
from suppliers.models import Company, ProductModel

MOST = 4_000  # keys of one file, each with an address per language; of 20,000 a file took three seconds
WITH_RECORDS = """
SELECT number FROM generate_series(1, %s) AS number WHERE EXISTS (
    SELECT FROM ({rows}) AS rows WHERE pk >= (number - 1) * {size} AND pk < number * {size} LIMIT 1
) ORDER BY number
"""
PAGES = [
    "home",
    "method",
    "recalls:recallbatch_list",
    "recalls:incident_list",
    "suppliers:company_list",
    "suppliers:cellsource_list",
    "suppliers:productmodel_list",
    "evidence:source_list",
    "evidence:conflict_list",
    "recalls:revision_list",
    "api:index",
]


class Ranges:
    """Pages of records by their keys: page 2 has the keys from 4,000 on. One without records is not there."""

    def __init__(self, queryset):
        self.queryset = queryset.order_by("pk")

    def page(self, number):
        try:
            number = int(number)
        except ValueError as error:
            raise PageNotAnInteger from error
        if not 0 < number < 2**40:
            raise EmptyPage
        self.object_list = list(self._range(number).values_list("slug", flat=True))
        if not self.object_list:
            raise EmptyPage
        return self

    def numbers(self):
        """The pages that have any record, asked for in one question: to put it together takes longest."""
        last = self.queryset.values_list("pk", flat=True).last() or 0
        sql, params = statement_of(self.queryset.order_by().values("pk"))
        with connections[self.queryset.db].cursor() as cursor:
            cursor.execute(WITH_RECORDS.format(rows=sql, size=MOST), [last // MOST + 1, *params])
            return [number for (number,) in cursor.fetchall()]

    def _range(self, number):
        return self.queryset.filter(pk__gte=(number - 1) * MOST, pk__lt=number * MOST)


class _Ours(sitemaps.Sitemap):
    """Addresses begin with PUBLIC_URL, whatever name the site was asked by; a page stands there in each language."""

    def get_urls(self, *args, **kwargs):
        return [url for found in super().get_urls(*args, **kwargs) for url in _in_each_language(found)]

    def get_protocol(self, protocol=None):
        return urlsplit(settings.PUBLIC_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.PUBLIC_URL).netloc


def _in_each_language(url):
    """Every address names all of them, itself too, as search engines ask."""
    languages = languages_of(url["location"].removeprefix(settings.PUBLIC_URL))
    named = [{"location": settings.PUBLIC_URL + one.address, "lang_code": one.tag} for one in languages]
    return [url | {"location": one["location"], "alternates": named} for one in named]


class PageSitemap(_Ours):
    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)


class RecordSitemap(_Ours):
    """The visible records of a model. When they were changed is not told: what hangs on them changes too."""

    model = None

    @property
    def paginator(self):
        return Ranges(self.model.objects.visible())

    def location(self, item):
        return self.model(slug=item).get_absolute_url()


def _of(model):
    return type(f"{model.__name__}Sitemap", (RecordSitemap,), {"model": model})


RECORDS = {
    model._meta.model_name: _of(model) for model in (RecallBatch, Incident, Company, ProductModel, Source)
}


@require_safe
def index(request):
    addresses = [reverse("page_sitemap")]
    for name, section in RECORDS.items():
        own = reverse(f"{name}_sitemap")
        addresses += [f"{own}?p={number}" for number in section().paginator.numbers()]
    found = [{"location": settings.PUBLIC_URL + address} for address in addresses]
    return render(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")


@require_safe
def robots(request):
    return render(
        request, "robots.txt", {"site": settings.PUBLIC_URL}, content_type="text/plain; charset=utf-8"
    )


def _section(name, section):
    found = {"sitemaps": {name: section}}
    return path(f"sitemap-{name}.xml", require_safe(sitemap), found, name=f"{name}_sitemap")


urlpatterns = [
    path("sitemap.xml", index, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    _section("page", PageSitemap),
    *(_section(name, section) for name, section in RECORDS.items()),
]
