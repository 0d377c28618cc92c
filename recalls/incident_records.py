"""The visible records that an incident's page is made of, as far as they were published by a day."""

from django.db.models import Count, Prefetch, Q
from django.utils.functional import cached_property

from evidence.models import Source
from listing.search import among, written
from recalls.as_of import AsOf, forget
from recalls.models import (
    AnalysisBatch,
    Citation,
    Incident,
    Progress,
    RecallBatch,
    RecalledProduct,
    RootCause,
)
from recalls.models.citation import SUBJECTS
from suppliers.choices import ClaimKind
from suppliers.models import Certificate, Claim, SupplyAgreement
from suppliers.models import Citation as SupplierCitation

MOST = 500  # batches whose products, progress and dates a page lists
MOST_LINES = 2000
PARTS = (
    "rootcauses",
    "contributingfactors",
    "impacts",
    "measures",
    "recoveryphases",
    "financialindicators",
    "events",
    "analyses",
)
SAID = [ClaimKind.CAUSE, ClaimKind.SCALE, ClaimKind.RELATION_ENDED]


def with_parts(incidents, as_of):
    """Incidents with all that belongs to them and was published by then."""
    answered = as_of.cited(Claim.objects.answered_causes())
    return incidents.select_related("company").prefetch_related(
        _citations(as_of),
        *(_part(name, as_of) for name in PARTS),
        "rootcauses__product_models",
        "rootcauses__attributed_to",
        Prefetch("rootcauses__attributed_to__claims", answered),
        "financialindicators__company",
        Prefetch("analyses__parts", _summed(as_of)),
    )


def _part(name, as_of):
    parts = Incident._meta.get_field(name).related_model.objects.prefetch_related(_citations(as_of))
    return Prefetch(name, as_of.cited(parts))


def _citations(as_of, model=Citation):
    return Prefetch("citations", as_of.published(model.objects.select_related("source")))


def _summed(as_of):
    """Which batch stands in which analysis, where it shows."""
    batches = as_of.batches(RecallBatch.objects.visible()).values("pk")
    return AnalysisBatch.objects.select_related("batch__region").filter(batch__in=batches)


class IncidentRecords:
    """Querysets of what is visible about an incident as of a day."""

    def __init__(self, incident, as_of):
        self.incident, self.as_of = incident, as_of

    @property
    def batches(self):
        return self.as_of.batches(self.incident.batches.visible())

    def shown_batches(self):
        """The latest batches with their citations and progress, without the figures not stated by then."""
        progress = Progress.objects.select_related("source", "recalled_product__product_model")
        widened = self.as_of.batches(RecallBatch.objects.visible()).select_related("region")
        batches = self.batches.select_related("region", "regulator").prefetch_related(
            _citations(self.as_of),
            Prefetch("progress", self.as_of.progress(progress)),
            Prefetch("expands", widened),
        )[:MOST]
        for batch in batches:
            forget(batch, batch)
            for row in batch.progress.all():
                if row.recalled_product:
                    forget(row.recalled_product, batch)
        return list(batches)

    @property
    def lines(self):
        """Recalls of this incident's models in its regions, also those of batches outside it."""
        regions = self.batches.order_by().values("region")
        lines = RecalledProduct.objects.visible().filter(
            among("product_model", self._models), batch__region__in=regions
        )
        return self.as_of.lines(lines)

    @cached_property
    def _models(self):
        """The keys of the models that its batches and its causes name, `written` for `among`.

        Asked beforehand, as the database would go through all lines to find those of models that either names.
        """
        listed = RecalledProduct.objects.filter(batch__in=self.batches.order_by().values("pk"))
        named = self._causes.filter(product_models__isnull=False)
        keys = set(named.values_list("product_models", flat=True))
        keys |= set(listed.order_by().values_list("product_model", flat=True).distinct())
        return written(keys)

    def shown_lines(self):
        """These lines, without the figures not stated by then; None where there are more than `MOST_LINES`."""
        if self.lines.order_by()[MOST_LINES : MOST_LINES + 1].exists():
            return None
        lines = self.lines.select_related("product_model", "batch__region").prefetch_related(
            "batch__products", _citations_of_batch(self.as_of)
        )
        lines = lines.order_by("batch__announced_on", "batch", "pk")
        for line in lines:
            forget(line.batch, line)
            forget(line, line)
        return list(lines)

    @property
    def _causes(self):
        return self.as_of.cited(RootCause.objects.filter(incident=self.incident)).order_by()

    @property
    def _suppliers(self):
        return self._causes.filter(attributed_to__isnull=False).values("attributed_to")

    def _of_parties(self, *links):
        """Records that name the incident's company, or one that a cause is put down to, in one of these links."""
        condition = Q()
        for link in links:
            condition |= Q(**{link: self.incident.company_id}) | Q(**{f"{link}__in": self._suppliers})
        return condition

    def _said(self, records, *links):
        citations = _citations(self.as_of, SupplierCitation)
        return self.as_of.cited(records.visible()).select_related(*links).prefetch_related(citations)

    @property
    def agreements(self):
        named = SupplyAgreement.objects.filter(self._of_parties("buyer", "supplier", "replaces"))
        return self._said(named, "buyer", "supplier", "replaces")

    @property
    def certificates(self):
        return self._said(Certificate.objects.filter(self._of_parties("company")), "company")

    @property
    def claims(self):
        """What is said of causes, numbers and ended relations."""
        said = Claim.objects.filter(self._of_parties("about"), kind__in=SAID)
        return self._said(said, "about", "said_by_company", "answer_by")

    def left_out(self):
        """How many sources of the page of now do not count: `undated` and `later`."""
        by_then = self.as_of.is_published()
        return IncidentRecords(self.incident, AsOf()).sources.aggregate(
            undated=Count("pk", filter=Q(published_on__isnull=True)),
            later=Count("pk", filter=Q(published_on__isnull=False) & ~by_then),
        )

    @property
    def sources(self):
        """The sources of all of these records."""
        of_parts = Q(incident=self.incident)
        for subject in SUBJECTS:
            if subject not in ("batch", "incident"):
                of_parts |= Q(**{f"{subject}__incident": self.incident})
        batches = Q(batch__in=self.batches.values("pk")) | Q(batch__in=self.lines.values("batch"))
        cited = Citation.objects.filter(of_parts | batches)
        progress = Progress.objects.filter(batch__in=self.batches.values("pk"))
        said = SupplierCitation.objects.filter(
            Q(supply_agreement__in=self.agreements)
            | Q(certificate__in=self.certificates)
            | Q(claim__in=self.claims)
        )
        return Source.objects.filter(
            Q(pk__in=cited.values("source"))
            | Q(pk__in=progress.values("source"))
            | Q(pk__in=said.values("source"))
        )


def _citations_of_batch(as_of):
    return Prefetch("batch__citations", as_of.published(Citation.objects.select_related("source")))
