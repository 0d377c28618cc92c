"""Named queries on incidents and batches."""

from django.contrib.postgres.aggregates import ArrayAgg, StringAgg
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from evidence.figures import Precision
from evidence.querysets import PublishableQuerySet
from listing.search import among, any_of, every_word, part_of, without_hyphens, written
from recalls.choices import ExposureBasis
from recalls.exposure import exposure, with_exposure
from recalls.totals import sums_of, totals, with_total
from suppliers.models import Company, ProductModel

FEW_MODELS = 1_000
FEW, MOST = 5_000, 100_000  # companies and lines of products that are named one by one in a question


class RecallBatchQuerySet(PublishableQuerySet):
    def with_inside(self):
        """`is_inside`: its units are inside the figure of another batch of this same set."""
        counted = self.model._default_manager.filter(counted_in__isnull=False).order_by()
        # The few holders are gathered once, from the index of those that are counted in another.
        holders = self.order_by().filter(pk__in=counted.values("counted_in")).values("pk")
        is_inside = Q(counted_in__isnull=False) & Q(counted_in__in=holders)
        return self.annotate(is_inside=ExpressionWrapper(is_inside, models.BooleanField()))

    def counted_once(self):
        """Without the batches whose units are inside the figure of another batch of this same set."""
        return self.with_inside().filter(is_inside=False)

    def totals(self):
        """Units and sales amounts of the whole set, each unit counted once: a `recalls.totals.Totals`."""
        return totals(self)

    def with_exposure(self, currency):
        """What full refunds of each batch would cost in a currency: see `recalls.exposure.with_exposure`."""
        return with_exposure(self, currency)

    def exposure(self, currency):
        """What full refunds of the whole set would cost, each unit counted once: a `recalls.exposure.Exposure`."""
        return exposure(self, currency)

    def matching(self, text):
        """Batches in which every word is found: title, notice number, company, product models."""
        return self.alias(notice_code=without_hyphens("notice_number")).filter(
            every_word(text, self._has_word)
        )

    def _has_word(self, word):
        code = word.replace("-", "")
        found = part_of(word)
        if code and code != word:
            found |= part_of(code) & Q(notice_code__icontains=code)
        return found | self._of_companies(word) | self._of_models(word)

    def _of_companies(self, word):
        """Of few companies the database knows how many batches they have, if it is told which they are."""
        companies = Company.objects.using(self.db).matching(word).order_by().values("pk")
        keys = list(companies.values_list("pk", flat=True)[: FEW + 1])
        return Q(company__in=keys if len(keys) <= FEW else companies) if keys else Q()

    def _of_models(self, word):
        models = ProductModel.objects.using(self.db).numbered(word).order_by()
        keys = list(models.values_list("pk", flat=True))
        lines = self._lines().using(self.db).filter(_in(keys))
        if keys and lines[MOST : MOST + 1].exists():
            return Q(Exists(lines.filter(batch=OuterRef("pk"))))
        batches = keys and lines.aggregate(keys=Cast(ArrayAgg("batch"), TextField()))["keys"]
        return among("pk", batches) if batches else Q()

    def _lines(self):
        return self.model._meta.get_field("products").related_model.objects.order_by()

    def with_cells_of(self, suppliers):
        """Batches that contain a model said to use cells of one of these suppliers."""
        models = ProductModel.objects.filter(
            cell_sources__supplier__in=suppliers, cell_sources__is_published=True
        )
        return self.containing(models)

    def containing(self, product_models):
        """Batches that contain one of these product models."""
        lines = self._lines().filter(_in(_few_as_list(product_models)))
        return self.filter(pk__in=lines.values("batch"))


def _in(models):
    """Of these product models; a list of keys as one constant, which is quickly read."""
    if isinstance(models, QuerySet):
        return Q(product_model__in=models)
    return among("product_model", written(models))


def _few_as_list(product_models):
    """Of few models the database knows beforehand how many rows have them; many are better left for it to find."""
    if not isinstance(product_models, QuerySet):
        return [model.pk for model in product_models]
    few = list(product_models.order_by().values_list("pk", flat=True).distinct()[: FEW_MODELS + 1])
    return few if len(few) <= FEW_MODELS else product_models.values("pk")


class BatchPartQuerySet(models.QuerySet):
    def visible(self):
        """Parts of published batches."""
        return self.filter(batch__is_published=True)

    def is_shown(self):
        """Whether a part is `visible`, for counts of many: asks only for drafts, which are few and have an index."""
        batches = self.model._meta.get_field("batch").related_model.objects
        return ~Exists(batches.filter(is_published=False, pk=OuterRef("batch")))


def _every(batches):
    return batches


class IncidentQuerySet(PublishableQuerySet):
    def visible(self):
        """Published incidents of which a batch shows."""
        return self.published().filter(Exists(self._batches().visible().filter(incident=OuterRef("pk"))))

    def with_figures(self, only=_every, by_then=_every):
        """`batch_count`, `region_codes` and the units of the batches that show, counted once.

        `units_high` is empty where a batch's figure is open (“at least”). `by_then` narrows the batches, `only` makes
        figures of theirs unknown.
        """
        batches, counted = self._own_batches(by_then), only(self._counted_once(by_then))
        is_open = Count("pk", filter=Q(units_high__isnull=True, units_low__isnull=False))
        return self.annotate(
            batch_count=Coalesce(_of_incident(batches, Count("pk")), 0),
            region_codes=_of_incident(
                batches, StringAgg("region__code", ", ", distinct=True, order_by="region__code")
            ),
            units_low=_of_incident(counted, Sum("units_low")),
            units_high=_of_incident(counted, Case(When(Q(open=0), then=Sum("units_high"))), open=is_open),
            units_precision=_of_incident(
                counted.filter(units_precision="approximate"), Max("units_precision")
            ),
        )

    def with_exposure(self, currency, only=_every, by_then=_every):
        """What full refunds of the batches that show would cost in a currency, each unit counted once.

        `exposure_low` to `exposure_grade` and `exposure_currency` as a total of batches has them;
        `exposure_published`, `exposure_estimated`: batches by what their part rests on; `without_exposure`:
        batches without a figure or an exchange rate. `by_then` and `only` as in `with_figures`.
        """
        batches = only(self._counted_once(by_then)).with_exposure(currency).values("incident")
        counts = {
            "exposure_published": Count("pk", filter=Q(exposure_basis=ExposureBasis.PUBLISHED)),
            "exposure_estimated": Count("pk", filter=Q(exposure_basis=ExposureBasis.ESTIMATED)),
            "without_exposure": Count("pk", filter=Q(exposure_precision=Precision.UNKNOWN)),
        }
        totals = with_total(batches.annotate(**counts, **sums_of("exposure")), "exposure")
        names = [f"exposure_{part}" for part in ("low", "high", "precision", "grade")]
        figures = {name: Subquery(totals.values(name)) for name in names}
        figures |= {name: Coalesce(Subquery(totals.values(name)), 0) for name in counts}
        return self.annotate(exposure_currency=Value(currency), **figures)

    def matching(self, text):
        """Incidents in which every word is found: title, company."""
        return self.filter(every_word(text, self._has_word))

    def _has_word(self, word):
        companies = Company.objects.matching(word).filter(pk=OuterRef("company"))
        return any_of(word, "title", "slug") | Exists(companies)

    def _own_batches(self, by_then):
        return by_then(self._batches().visible()).filter(incident=OuterRef("pk")).order_by()

    def _counted_once(self, by_then):
        holders = by_then(self._batches().visible())
        holders = holders.filter(pk=OuterRef("counted_in"), incident=OuterRef("incident"))
        return self._own_batches(by_then).filter(~Exists(holders))

    def _batches(self):
        return self.model._meta.get_field("batches").related_model.objects.all()


class IncidentPartQuerySet(models.QuerySet):
    def visible(self):
        """Parts of incidents that show."""
        incidents = self.model._meta.get_field("incident").related_model.objects
        return self.filter(incident__in=incidents.visible())


class AnalysisQuerySet(IncidentPartQuerySet):
    pass


class SpreadsheetUploadQuerySet(models.QuerySet):
    def older_than(self, moment):
        return self.filter(uploaded_at__lt=moment)


class SpreadsheetRowQuerySet(models.QuerySet):
    def after(self, position, count):
        """The next `count` rows after a position of the file."""
        return self.filter(position__gt=position).order_by("position")[:count]

    def counts(self):
        """How many rows have each outcome, as a dict."""
        return dict(self.order_by().values_list("outcome").annotate(models.Count("pk")))


def _of_incident(batches, figure, **before):
    """A figure of each incident's batches as a subquery: joins would multiply the rows."""
    rows = batches.values("incident").annotate(**before).annotate(figure=figure)
    return Subquery(rows.values("figure"))
