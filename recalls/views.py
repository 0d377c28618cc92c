"""The pages of a recall batch and of an incident, the one that leads into everything, and the search."""

from django.db.models import Prefetch
from django.views.generic import TemplateView

from evidence.models import Source
from evidence.views import RecordDetailView
from recalls.choices import IncidentState
from recalls.line_sums import line_sum
from recalls.models import Analysis, AnalysisBatch, Citation, Incident, Progress, RecallBatch
from recalls.search import search, search_text
from suppliers.choices import Answer, ClaimKind
from suppliers.models import CellSource, Claim, Company, ProductModel

MANY = 100  # rows of a table on a record's page; all of them are in the list it leads to
LATEST = 8


def _cited(part=""):
    return Prefetch(f"{part}citations", Citation.objects.select_related("source"))


def _visible(link, queryset):
    """A link followed to visible records only: to a draft it is empty."""
    return Prefetch(link, queryset.visible())


def _batches(link):
    return _visible(link, RecallBatch.objects.select_related("region"))


def _analysis_parts(link):
    """Which batch stands in which analysis, where both show."""
    parts = AnalysisBatch.objects.select_related("batch__region", "analysis__incident")
    shown = {"batch__in": RecallBatch.objects.visible(), "analysis__in": Analysis.objects.visible()}
    return Prefetch(link, parts.filter(**shown))


class RecallBatchDetailView(RecordDetailView):
    queryset = RecallBatch.objects.select_related(
        "company", "region", "regulator", "joint_group"
    ).prefetch_related(
        _cited(),
        "remedies",
        "companies__company",
        "products__product_model",
        _visible(
            "products__product_model__cell_sources",
            CellSource.objects.select_related("supplier", "product_model"),
        ),
        Prefetch("progress", Progress.objects.select_related("source", "recalled_product__product_model")),
        _visible("incident", Incident.objects),
        _analysis_parts("analysis_parts"),
        *map(_batches, ("joint_group__batches", "expands", "expanded_by", "counted_in", "counted_batches")),
    )

    def get_context_data(self, **kwargs):
        return super().get_context_data(line_sum=line_sum(self.object), **kwargs)


class IncidentDetailView(RecordDetailView):
    PARTS = (
        "rootcauses__",
        "contributingfactors__",
        "impacts__",
        "measures__",
        "recoveryphases__",
        "financialindicators__",
        "events__",
        "analyses__",
    )
    ANSWERED = Claim.objects.filter(kind=ClaimKind.CAUSE).exclude(answer=Answer.NOT_STATED)
    queryset = Incident.objects.select_related("company").prefetch_related(
        _cited(),
        *map(_cited, PARTS),
        "rootcauses__product_models",
        "rootcauses__attributed_to",
        _visible("rootcauses__attributed_to__claims", ANSWERED.select_related("answer_by")),
        "financialindicators__company",
        _analysis_parts("analyses__parts"),
    )

    def get_context_data(self, **kwargs):
        batches = self.object.batches.visible()
        shown = batches.select_related("region", "regulator").prefetch_related(_cited())
        return super().get_context_data(batches=shown[:MANY], totals=batches.totals(), **kwargs)


class HomeView(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        batches = RecallBatch.objects.visible()
        incidents = Incident.objects.visible()
        return super().get_context_data(
            totals=batches.totals(),
            latest=batches.select_related("company", "region")[:LATEST],
            open_incidents=incidents.filter(state=IncidentState.OPEN).select_related("company")[:LATEST],
            incident_count=incidents.count(),
            supplier_count=Company.objects.visible().suppliers().count(),
            cell_source_count=CellSource.objects.visible().count(),
            product_model_count=ProductModel.objects.visible().count(),
            source_count=Source.objects.visible().count(),
            **kwargs,
        )


class SearchView(TemplateView):
    template_name = "search.html"

    def get_context_data(self, **kwargs):
        text = search_text(self.request.GET.get("q", ""))
        sections = [section for section in search(text) if section.count]
        return super().get_context_data(search_query=text, sections=sections, **kwargs)
