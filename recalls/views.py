"""The page of a recall batch, the one that leads into everything, and the search."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from evidence.grade_switch import switch_context
from evidence.views import RecordDetailView
from recalls.address import CurrencyForm, FiguresForm
from recalls.line_sums import line_sum
from recalls.lists import RecallBatchList
from recalls.masking import fill, graded
from recalls.models import (
    Analysis,
    AnalysisBatch,
    Citation,
    Incident,
    Progress,
    RecallBatch,
    Revision,
)
from recalls.our_revisions import our_revisions
from recalls.overview import PARTS, Overview
from recalls.search import search, search_text
from recalls.tables import RecallBatchTable
from suppliers.models import CellSource

NOT_SUMMED = _("The lines are not added up: the grade switch leaves out some of the figures.")


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


LINKS = (
    "joint_group__batches",
    "expands",
    "expanded_by",
    "upgrades",
    "upgraded_by",
    "counted_in",
    "counted_batches",
)


class RecallBatchDetailView(RecordDetailView):
    list_class = RecallBatchList
    form_class = FiguresForm
    figures_asked = ("grade", "currency")
    queryset = RecallBatch.objects.select_related(
        "company", "region", "regulator", "joint_group"
    ).prefetch_related(
        Prefetch("citations", Citation.objects.select_related("source")),
        "remedies",
        "companies__company",
        "products__product_model",
        _visible(
            "products__product_model__cell_sources",
            CellSource.objects.select_related("supplier", "product_model", "answer_by").prefetch_related(
                "citations__source"
            ),
        ),
        Prefetch("progress", Progress.objects.select_related("source", "recalled_product__product_model")),
        _visible("incident", Incident.objects),
        _analysis_parts("analysis_parts"),
        Prefetch("revisions", Revision.objects.with_difference().with_records()),
        *map(_batches, LINKS),
    )

    @property
    def currency(self):
        return self.form.chosen_currency

    def get_queryset(self):
        return super().get_queryset().with_exposure(self.currency)

    def get_object(self, queryset=None):
        """With the figures of the grades asked for and no others."""
        batch = super().get_object(queryset)
        for shown in (batch, *(batch.joint_group.batches.all() if batch.joint_group else ())):
            self.grades.hide(shown)
        if self.grades:
            counted = graded(RecallBatch.objects.filter(pk=batch.pk), self.grades)
            fill(batch, counted.with_exposure(self.currency).get())
        return batch

    def get_context_data(self, **kwargs):
        batch = self.object
        exposure = RecallBatchTable.base_columns["exposure"].render(batch)
        return super().get_context_data(
            errors=self.form.errors.get("grade", []),
            grades=self.grades,
            exposure=exposure,
            lines=self._lines(),
            progress=self.grades.shown(batch.progress.all()),
            line_sum=self._line_sum(),
            our_revisions=our_revisions(batch.pk, self.grades),
            **switch_context(self.request.GET),
            **kwargs,
        )

    def _lines(self):
        """The products, each with its `links` to suppliers of cells as far as these are shown."""
        lines = list(self.object.products.all())
        for line in lines:
            self.grades.hide(line)
            line.links = self.grades.shown(line.product_model.cell_sources.all())
        return lines

    def _line_sum(self):
        """Nothing is said of lines or a total that are not shown."""
        lines = [self.object, *self.object.products.all()]
        is_hidden = any(hasattr(line, "units_hidden") for line in lines)
        return NOT_SUMMED if is_hidden else line_sum(self.object)


class HomeView(TemplateView):
    template_name = "home.html"

    def get(self, request, *args, **kwargs):
        if "part" not in request.GET:
            return super().get(request, *args, **kwargs)
        request.GET = request.GET.copy()  # the links in it lead to whole pages
        name = request.GET.pop("part")[-1]
        if name not in PARTS:
            raise Http404(_("There is no such part of this page."))
        return render(request, f"recalls/overview/{name}.html", {"overview": self._overview()})

    def _overview(self):
        return Overview(CurrencyForm(self.request.GET).chosen_currency)

    def get_context_data(self, **kwargs):
        overview = self._overview()
        in_parts = not overview.is_small and "whole" not in self.request.GET
        return super().get_context_data(
            overview=overview, totals=overview.totals, in_parts=in_parts, **kwargs
        )


class SearchView(TemplateView):
    template_name = "search.html"

    def get_context_data(self, **kwargs):
        text = search_text(self.request.GET.get("q", ""))
        sections = [section for section in search(text) if section.count]
        return super().get_context_data(search_query=text, sections=sections, **kwargs)
