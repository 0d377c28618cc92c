"""The page of a supplier's contagion view, and its file."""

from django.db.models import Prefetch, Q
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from evidence.bibliography import Bibliography
from listing.views import RecordListView
from recalls.contagion.list import ContagionList
from recalls.contagion.tree import tree
from recalls.grade_switch import switch_context
from recalls.models import RootCause
from suppliers.choices import ClaimKind
from suppliers.models import Claim, Company, SupplyAgreement

VIEW = "recalls:company_contagion"
MANY = 100  # rows of the tree; all of them are in the table


class CompanyContagionView(RecordListView):
    template_name = "recalls/company_contagion.html"

    def records(self, slug):
        supplier = Company.objects.visible().filter(slug=slug.lower()).first()
        if not supplier:
            raise Http404
        return ContagionList(supplier, self.request.GET)

    def blank_records(self):
        return ContagionList(Company(pk=0), QueryDict())

    def standing(self):
        """The company that the one of this short name was merged into."""
        return Company.objects.standing_for(self.kwargs["slug"].lower())

    def get(self, request, slug):
        try:
            records = self.records(slug)
        except Http404:
            if company := self.standing():
                return redirect(reverse(VIEW, args=[company.slug], query=request.GET))
            raise
        if "export" in request.GET:
            return self.file(records)
        supplier = records.supplier
        rows = records.rows.prefetch_related("citations__source")
        context = {
            "records": records,
            "table": records.table,
            "tree": tree(rows[:MANY]),
            "rows_in_tree": MANY,
            "object": supplier,
            "supplier": supplier,
            "bibliography": Bibliography(),
            **_said_of(supplier, records.grades),
            "grades": records.grades,
            **switch_context(request.GET),
        }
        return render(request, self.template_name, context)


def _said_of(supplier, grades):
    """What is said of a supplier as the cause, and who took its place or whose place it took."""
    claims = Claim.objects.visible().filter(kind=ClaimKind.CAUSE)
    claims = claims.select_related("about", "said_by_company", "answer_by")
    answered = Prefetch("attributed_to__claims", Claim.objects.answered_causes())
    causes = RootCause.objects.visible().filter(attributed_to=supplier)
    replacing = Q(replaces=supplier) | Q(supplier=supplier, replaces__isnull=False)
    agreements = SupplyAgreement.objects.visible().filter(replacing)
    causes = causes.select_related("attributed_to", "incident")
    return {
        "claims": grades.shown(claims.filter(about=supplier).prefetch_related("citations__source")),
        "causes": grades.shown(causes.prefetch_related("citations__source", "product_models", answered)),
        "replacements": grades.shown(
            agreements.select_related("supplier", "buyer", "replaces").prefetch_related("citations__source")
        ),
    }
