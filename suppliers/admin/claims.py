from django.contrib import admin

from evidence.inlines import citations
from evidence.publishing import PublishableAdmin
from suppliers.models import CellSource, Certificate, Citation, Claim, Ownership, SupplyAgreement


@admin.register(CellSource)
class CellSourceAdmin(PublishableAdmin):
    list_display = ["product_model", "supplier", "cell", "basis", "grade", "answer", "is_published"]
    list_filter = ["is_published", "basis", "grade", "answer"]
    list_select_related = ("product_model", "supplier", "cell__supplier")
    search_fields = [
        "product_model__model_number",
        "product_model__name",
        "supplier__name",
        "supplier__aliases__name",
        "cell__designation",
    ]
    autocomplete_fields = ["product_model", "supplier", "cell", "answer_by"]
    fields = [
        "product_model",
        ("supplier", "cell"),
        ("basis", "grade"),
        ("answer", "answer_by"),
        "answer_text",
        "is_published",
    ]
    inlines = [citations(Citation, "cell_source")]


@admin.register(SupplyAgreement)
class SupplyAgreementAdmin(PublishableAdmin):
    list_display = ["buyer", "supplier", "state", "announced_on", "grade", "is_published"]
    list_display_links = ["buyer", "supplier"]
    list_filter = ["is_published", "state", "grade"]
    list_select_related = ("buyer", "supplier")
    search_fields = [
        "supplier__name",
        "supplier__aliases__name",
        "buyer__name",
        "buyer__aliases__name",
        "scope",
    ]
    autocomplete_fields = ["supplier", "buyer", "replaces"]
    fields = [
        ("buyer", "supplier", "replaces"),
        ("state", "grade"),
        ("terms", "scope"),
        ("cells_low", "cells_high", "cells_precision"),
        ("announced_on", "started_on", "ended_on"),
        "note",
        "is_published",
    ]
    inlines = [citations(Citation, "supply_agreement")]


@admin.register(Ownership)
class OwnershipAdmin(PublishableAdmin):
    list_display = ["owned", "owner", "share_pct", "grade", "is_published"]
    list_display_links = ["owned", "owner"]
    list_filter = ["is_published", "grade"]
    list_select_related = ("owned", "owner")
    search_fields = ["owned__name", "owned__aliases__name", "owner__name", "owner__aliases__name"]
    autocomplete_fields = ["owned", "owner"]
    fields = [("owner", "owned"), ("share_pct", "grade"), "is_published"]
    inlines = [citations(Citation, "ownership")]


@admin.register(Certificate)
class CertificateAdmin(PublishableAdmin):
    list_display = ["company", "scheme", "count", "state", "changed_on", "grade", "is_published"]
    list_filter = ["is_published", "state", "scheme", "grade"]
    list_select_related = ("company",)
    search_fields = ["company__name", "company__aliases__name", "scheme"]
    autocomplete_fields = ["company"]
    fields = ["company", ("scheme", "count"), ("state", "changed_on"), "grade", "is_published"]
    inlines = [citations(Citation, "certificate")]


@admin.register(Claim)
class ClaimAdmin(PublishableAdmin):
    list_display = ["text", "about", "said_by", "said_on", "grade", "answer", "is_published"]
    list_filter = ["is_published", "kind", "grade", "answer"]
    list_select_related = ("about",)
    search_fields = ["text", "about__name", "about__aliases__name", "said_by"]
    autocomplete_fields = ["about", "said_by_company", "answer_by"]
    fields = [
        "about",
        ("kind", "grade"),
        "text",
        ("cells_low", "cells_high", "cells_precision"),
        ("said_by", "said_by_company", "said_on"),
        ("answer", "answer_by"),
        "answer_text",
        "is_published",
    ]
    inlines = [citations(Citation, "claim")]
