"""Sources, the citations that tie our records to them, and what is public."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, in_order, one_of, slug_shaped
from evidence.figures import Currency
from evidence.partial_dates import PartialDateField
from evidence.querysets import SourceQuerySet
from listing.search import search_index, search_text

TITLE = 200  # letters of a title that count in the order: an index holds no text of any length


class Publishable(models.Model):
    """A record that stays a draft, unseen by the public, until staff publish it."""

    is_published = models.BooleanField(
        _("published"),
        default=False,
        help_text=_("Drafts are seen by staff only. What is published needs a citation that supports it."),
    )

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")


class SourceKind(models.TextChoices):
    NOTICE = "notice", _("notice")
    REPRINT = "notice reprint", _("notice reprint")
    FILING = "filing", _("filing")
    NEWS = "news", _("news")
    ANALYSIS = "analysis", _("analysis")


class Source(models.Model):
    """A published document, stored once and cited from many records."""

    slug = models.SlugField(unique=True, help_text=_("Its name in addresses, such as cpsc_25338."))
    title = models.TextField(
        help_text=_("Title as published, or an English description of a foreign-language page.")
    )
    publisher = models.CharField(max_length=120, help_text=_("Who published it."))
    kind = models.CharField(max_length=20, choices=SourceKind, help_text=_("What sort of document it is."))
    url = models.URLField(
        _("address"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Where it was read. Empty where the document has no address."),
    )
    published_on = PartialDateField(
        null=True, blank=True, help_text=_("When it was published, as far as known.")
    )
    language = models.CharField(max_length=8, help_text=_("Its language, as an ISO 639-1 code."))
    note = models.TextField(blank=True, help_text=_("What a reader must know to trust it rightly."))
    search_text = search_text("title", "publisher", "slug", "url")

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["publisher", Left("title", TITLE), "pk"]
        indexes = [
            models.Index("publisher", Left("title", TITLE), "id", name="evidence_source_in_order"),
            models.Index(Left("title", TITLE), "id", name="evidence_source_by_title"),
            models.Index("kind", "id", name="evidence_source_by_kind"),
            models.Index("language", "id", name="evidence_source_by_language"),
            models.Index("published_on", "id", name="evidence_source_by_day"),
            search_index("evidence_source_search"),
        ]
        constraints = [
            slug_shaped("evidence_source_slug_shaped"),
            one_of("evidence_source_kind_listed", "kind", SourceKind),
            models.UniqueConstraint(
                fields=["url"],
                condition=~Q(url=""),
                name="evidence_source_url_once",
                violation_error_message=_("A source with this address exists already."),
            ),
            FieldCheck(
                field="url",
                name="evidence_source_url_is_web",
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("An address begins with https:// or http://."),
            ),
            FieldCheck(
                field="slug",
                name="evidence_source_slug_not_taken",
                condition=~Q(slug__iexact="conflicts"),
                violation_error_message=_(
                    "/sources/conflicts/ is the list of conflicts: choose another name."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.publisher}: {self.title}"

    def get_absolute_url(self):
        return reverse("evidence:source_detail", args=[self.slug])


class SourceReference(models.Model):
    """A source's own numbered reference to another source, with the publisher it credits."""

    by = models.ForeignKey(Source, models.CASCADE, related_name="references")
    number = models.PositiveSmallIntegerField(help_text=_("The number it has in the citing document."))
    to = models.ForeignKey(Source, models.PROTECT, related_name="referenced_by")
    credited_publisher = models.CharField(
        max_length=120, help_text=_("The publisher as the citing document names it.")
    )

    class Meta:
        ordering = ["by", "number"]
        constraints = [
            models.UniqueConstraint(fields=["by", "number"], name="evidence_sourcereference_number_once"),
            FieldCheck(
                field="to",
                name="evidence_sourcereference_to_another",
                condition=~Q(by=F("to")),
                violation_error_message=_("A source does not refer to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.to}"


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    ROUNDS = "rounds", _("rounds")
    CONTRADICTS = "contradicts", _("contradicts")


class Citation(models.Model):
    """The link from one record to a source: where in it, for which figure, what it states, and its stance.

    A subclass adds a nullable foreign key per cited model, lists their names in `one_subject`, and
    narrows `figure` to the figures of its records.
    """

    is_citation = True

    source = models.ForeignKey(Source, models.PROTECT, related_name="%(app_label)s_citations")
    where = models.CharField(
        max_length=200, blank=True, help_text=_("Where in the source: a page, a heading.")
    )
    figure = models.CharField(
        max_length=20, blank=True, help_text=_("The figure it is about; empty for the whole.")
    )
    stance = models.CharField(
        max_length=12,
        choices=Stance,
        default=Stance.SUPPORTS,
        help_text=_("Rounds: the same figure with fewer digits. Contradicts: another figure."),
    )
    stated_low = models.DecimalField(
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The value it states, or its low end."),
    )
    stated_high = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text=_("High end; empty for “at least”.")
    )
    stated_currency = models.CharField(
        max_length=3, choices=Currency, blank=True, help_text=_("Only for money.")
    )
    note = models.TextField(blank=True, help_text=_("What a reader must know about this value."))

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            one_of("%(app_label)s_%(class)s_stance_listed", "stance", Stance),
            one_of("%(app_label)s_%(class)s_currency_listed", "stated_currency", Currency, empty=True),
            in_order(
                "%(app_label)s_%(class)s_high_not_below_low",
                "stated_low",
                "stated_high",
                _("The high figure is below the low one."),
            ),
            FieldCheck(
                field="stance",
                name="%(app_label)s_%(class)s_other_value_given",
                condition=Q(stance=Stance.SUPPORTS)
                | (~Q(figure="") & (Q(stated_low__isnull=False) | Q(stated_high__isnull=False))),
                violation_error_message=_(
                    "A source that rounds or contradicts needs the figure and the value it states."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.source.publisher} ({self.get_stance_display()})"


def one_subject(name, *subjects):
    """CHECK that a citation belongs to exactly one record."""
    return models.CheckConstraint(
        name=name,
        condition=Exact(
            models.Func(*subjects, function="num_nonnulls", output_field=models.IntegerField()), 1
        ),
        violation_error_message=_("A citation belongs to exactly one record."),
    )
