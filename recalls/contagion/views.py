"""The page of a supplier's contagion view, and its file."""

from django.db.models import Prefetch, Q
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from evidence.bibliography import Bibliography
from evidence.grade_switch import switch_context
from listing.files import text
from listing.shape import without
from listing.views import RecordListView
from recalls.charts import contagion_picture
from recalls.charts.files import PICTURES, picture_file
from recalls.contagion.list import ContagionList
from recalls.contagion.tree import tree
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
        return ContagionList(supplier, self._params())

    def _params(self):
        """Of a picture without its kind, which the list's file does not know."""
        return without(self.request.GET, "export") if self._kind() in PICTURES else self.request.GET

    def _kind(self):
        return self.request.GET.get("export")

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
        if self._kind() in PICTURES:
            return self.picture(records, self._kind())
        return self.file(records) if self.is_of_another_form() else self.page(records)

    def picture(self, records, kind):
        if records.errors:
            return text("\n".join(records.errors) + "\n", status=400)
        return picture_file(_picture(records, _tree(records)), kind, records.file_name)

    def page(self, records):
        shown = _tree(records)
        context = {
            "records": records,
            "table": records.table,
            "tree": shown,
            "rows_in_tree": MANY,
            "picture": _picture(records, shown),
            "object": records.supplier,
            "supplier": records.supplier,
            "bibliography": Bibliography(),
            **_said_of(records.supplier, records.grades),
            "grades": records.grades,
            **switch_context(self.request.GET),
        }
        return render(self.request, self.template_name, context)


def _tree(records):
    return tree(records.rows.prefetch_related("citations__source")[:MANY])


def _picture(records, shown):
    return contagion_picture.picture(records.supplier, shown)


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
