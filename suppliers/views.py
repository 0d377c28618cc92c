"""The pages of a company and of a product model.

What recalls says about them is reached by the reverse accessors alone: this app does not import recalls.
"""

from django.db.models import Count, Prefetch
from django.http import Http404
from django.shortcuts import redirect

from evidence.grade_switch import GradesAsked
from evidence.views import RecordDetailView
from suppliers.lists import ProductModelList, SupplierList
from suppliers.models import Claim, Company, ProductModel

MANY = 100  # rows of a table on a record's page; all of them are in the list it leads to
LATEST = 20


def _cited(rows, *names):
    """The visible rows that a page shows, each with its citations and the records it names."""
    return rows.visible().select_related(*names).prefetch_related("citations__source")


def _links(cell_sources):
    return _cited(cell_sources, "product_model__company", "supplier", "cell", "answer_by")


def _causes(causes):
    """Causes with what was answered by those to whom they are put down."""
    answered = Prefetch("attributed_to__claims", Claim.objects.answered_causes())
    return _cited(causes, "incident", "attributed_to").prefetch_related(answered)


class MergeableDetailView(RecordDetailView):
    """A record's page; that of a merged one leads on to the record that stands for it, as long as it does."""

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            if other := self.standing():
                return redirect(other)
            raise

    def standing(self):
        """The record that the one of this short name was merged into."""
        return self.queryset.model.objects.standing_for(self.kwargs["slug"])


class CompanyDetailView(GradesAsked, MergeableDetailView):
    list_class = SupplierList
    queryset = Company.objects.prefetch_related("citations__source", "aliases")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **self._as_supplier(), **self._as_brand(), **self._as_anyone(), **kwargs
        )

    def _as_supplier(self):
        company = self.object
        return {
            "cells": _cited(company.battery_cells),
            **self._graded(
                cell_sources=_links(company.cell_sources)[:MANY],
                sales=_cited(company.sales_agreements, "buyer", "replaces", "supplier"),
                replaced_by=_cited(company.replaced_by, "supplier", "buyer"),
                certificates=_cited(company.certificates, "company"),
            ),
        }

    def _as_brand(self):
        company = self.object
        return {
            **self._graded(purchases=_cited(company.purchase_agreements, "supplier", "replaces", "buyer")),
            "product_models": company.product_models.visible().select_related("category")[:MANY],
            "product_model_count": company.product_models.visible().count(),
            "incidents": company.incidents.visible(),
            "batches": self._hidden(_cited(company.batches, "region", "regulator")[:LATEST]),
            "batch_count": company.batches.visible().count(),
        }

    def _as_anyone(self):
        company = self.object
        return {
            **self._graded(
                owners=_cited(company.owners, "owner", "owned"),
                holdings=_cited(company.holdings, "owner", "owned"),
                claims=_cited(company.claims, "about", "said_by_company", "answer_by"),
                root_causes=_causes(company.root_causes).prefetch_related("product_models"),
            ),
            "roles": company.batch_roles.visible().select_related("batch__region")[:LATEST],
        }

    def _graded(self, **rows):
        """Each as `Shown`: those of the grades asked for, and how many others there are."""
        return {name: self.grades.shown(found) for name, found in rows.items()}

    def _hidden(self, batches):
        """Batches without the figures of other grades."""
        batches = list(batches)
        for batch in batches:
            self.grades.hide(batch)
        return batches


class ProductModelDetailView(GradesAsked, MergeableDetailView):
    list_class = ProductModelList
    queryset = ProductModel.objects.select_related("company", "category").prefetch_related(
        "citations__source"
    )

    def get_context_data(self, **kwargs):
        model = self.object
        lines = model.recalled_products.visible().select_related("batch__region", "batch__regulator")
        return super().get_context_data(
            lines=self._hidden(
                lines.prefetch_related("batch__citations__source")
                .annotate(models_in_batch=Count("batch__products"))
                .order_by("-batch__announced_on", "-pk")[:MANY]
            ),
            line_count=lines.count(),
            cell_sources=self.grades.shown(_links(model.cell_sources)),
            root_causes=self.grades.shown(_causes(model.root_causes).prefetch_related("product_models")),
            **kwargs,
        )

    def _hidden(self, lines):
        """Lines without the figures of other grades, of their own and of their batches."""
        lines = list(lines)
        for line in lines:
            self.grades.hide(line)
            self.grades.hide(line.batch)
        return lines
