"""The columns of the contagion view, on the page and in the file."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, CharField, F, OuterRef, Subquery, TextField, Value, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.figures import Grade
from evidence.models import Stance
from listing.columns import (
    SEPARATOR,
    UNKNOWN,
    Column,
    DateColumn,
    FigureColumn,
    FileColumn,
    GradeColumn,
    LinkColumn,
    joined,
    public_address,
    source_address,
)
from listing.figures import badge, quantity
from listing.tables import Table
from listing.words import in_sql, label_of
from recalls.models import Citation, RootCause
from recalls.models.citation import Figure
from recalls.parts import STATED, PartKind
from recalls.tables import ExposureColumn, rate_source
from suppliers.choices import Standing
from suppliers.columns import CompanyColumn
from suppliers.wording import SUPPORTING, allegations, answers_to, publishers

NONE = "—"


def causes(grades=()):
    """The causes put down to the supplier for the row's model: “alleged: … (said by …; answer not stated)”."""
    given = RootCause.objects.visible().filter(
        attributed_to=OuterRef("supplier"), product_models=OuterRef("product_model")
    )
    given = given.filter(grade__in=list(grades)) if grades else given
    plain = in_sql(gettext("{grade}: {cause}"), grade=_grade(), cause="text")
    alleged = When(grade=Grade.ALLEGED, then=_said_and_answered())
    text = Case(alleged, default=plain, output_field=TextField())
    texts = given.order_by().values("attributed_to").annotate(texts=StringAgg(text, SEPARATOR, order_by="pk"))
    return Subquery(texts.values("texts"), output_field=TextField())


def _said_and_answered():
    """With who says so and what was answered, of a cause that is merely alleged."""
    said_by = joined(Citation.objects.filter(stance=Stance.SUPPORTS), "source__publisher", "root_cause")
    answer = answers_to("attributed_to")
    form = gettext("{grade}: {cause} (said by {who}; {answer})")
    return in_sql(form, grade=_grade(), cause="text", who=said_by, answer=answer)


def _grade():
    """The grade as the reader's language calls it."""
    cases = [When(grade=grade.value, then=Value(str(grade.label))) for grade in Grade]
    return Case(*cases, output_field=TextField())


def cause_sources():
    citations = Citation.objects.filter(
        root_cause__in=RootCause.objects.visible(),
        root_cause__product_models=OuterRef("product_model"),
        stance=Stance.SUPPORTS,
    )
    return joined(citations, source_address("source"), "root_cause__attributed_to", to="supplier")


def unit_sources():
    """Sources that support the units of the row's batch; one of the whole batch supports its units too."""
    citations = Citation.objects.filter(figure__in=["", Figure.UNITS], stance=Stance.SUPPORTS)
    return joined(citations, source_address("source"), "batch", to="batch_pk")


def batch_address():
    address = public_address("recalls:recallbatch_detail", "batch_slug")
    return Case(When(line_pk__isnull=False, then=address), default=None, output_field=CharField())


def holder():
    """The batch that holds this one's units, unless that is a draft."""
    shown = When(line__batch__counted_in__is_published=True, then=F("line__batch__counted_in__slug"))
    return Case(shown, default=None, output_field=CharField())


class PartColumn(FigureColumn):
    """Units of the model in the batch, with what they rest on."""

    def render(self, record):
        if record.part_kind == PartKind.NO_RECALL:
            return NONE
        kind = PartKind(record.part_kind)
        note = format_html("<small>{}</small>", kind.label) if kind in STATED else ""
        return format_html("{} {}", super().render(record), note)


class UpToColumn(FigureColumn):
    """The units of the whole batch, where the model's own are not stated."""

    def render(self, record):
        if record.part_kind != PartKind.UP_TO:
            return NONE
        return format_html(
            "{} {} <small>{}</small>",
            up_to(record),
            badge(record.up_to_grade),
            gettext("all %(count)s models of the batch") % {"count": record.models_in_batch},
        )


class PartExposureColumn(ExposureColumn):
    """The exposure of the units of the model, or why there is none."""

    def render(self, record):
        if record.part_kind == PartKind.NO_RECALL:
            return NONE
        if record.part_kind not in STATED:
            return UNKNOWN
        return super().render(record)


def exposure_basis():
    return Case(When(line_pk__isnull=False, then="exposure_basis"), default=None, output_field=CharField())


def up_to(record):
    """“up to ≈ 481,000”: the most that the part can be; a range's low end says nothing of it."""
    sign = record.up_to_precision if record.up_to_precision == "approximate" else ""
    return gettext("up to %(number)s") % {"number": quantity(record.up_to_high, record.up_to_high, sign)}


def batch_page(record, table):
    page = record.batch_slug and reverse("recalls:recallbatch_detail", args=[record.batch_slug])
    return page and page + table.kept


class ContagionTable(Table):
    row_key = ["pk", "line_pk"]

    supplier = FileColumn(accessor="supplier__name")
    model = LinkColumn(
        "product_model", accessor="product_model__model_number", verbose_name=_("Product model")
    )
    model_name = FileColumn(accessor="product_model__name")
    company = CompanyColumn("product_model__company", verbose_name=_("Brand"))
    cell = Column(accessor="cell__designation", verbose_name=_("Cell"))
    basis = Column(verbose_name=_("Link rests on"))
    grade = GradeColumn(verbose_name=_("Link graded"))
    standing = Column(verbose_name=_("Known or alleged"))
    batch = Column(
        accessor="batch_title",
        linkify=batch_page,
        default=PartKind.NO_RECALL.label,
        attrs={"td": {"class": "title"}},
        verbose_name=_("Recall batch"),
    )
    region = Column(accessor="region_code", default=NONE, verbose_name=_("Region"))
    announced_on = DateColumn(default=NONE, verbose_name=_("Announced"))
    units = PartColumn("part", verbose_name=_("Units of the model"))
    up_to = UpToColumn("up_to", verbose_name=_("At most"))
    exposure = PartExposureColumn("exposure", currency=True, verbose_name=_("Exposure"))
    causes = Column(default=NONE, attrs={"td": {"class": "prose"}}, verbose_name=_("Said to be the cause"))

    units_of = FileColumn(accessor="part_kind")
    units_low = FileColumn(accessor="part_low")
    units_high = FileColumn(accessor="part_high")
    units_precision = FileColumn(accessor="part_precision")
    units_grade = FileColumn(accessor="part_grade")
    up_to_low = FileColumn()
    up_to_high = FileColumn()
    up_to_precision = FileColumn()
    up_to_grade = FileColumn()
    models_in_batch = FileColumn()
    exposure_low = FileColumn()
    exposure_high = FileColumn()
    exposure_precision = FileColumn()
    exposure_currency = FileColumn(orderable=False)  # the same in every row
    exposure_grade = FileColumn()
    exposure_basis = FileColumn(expression=exposure_basis)
    exposure_from_currency = FileColumn()
    exposure_rate = FileColumn()
    exposure_rate_date = FileColumn(accessor="exposure_rate_fixed_on")
    exposure_rate_source = FileColumn(expression=rate_source)
    unit_sources = FileColumn(expression=unit_sources)
    counted_in = FileColumn(expression=holder)
    said_by = FileColumn(expression=lambda: publishers("cell_source"))
    answer = FileColumn()
    answer_by = FileColumn(accessor="answer_by__name")
    answer_text = FileColumn()
    sources = FileColumn(expression=lambda: joined(SUPPORTING, source_address("source"), "cell_source"))
    cause_sources = FileColumn(expression=cause_sources)
    alleged_of_supplier = FileColumn(expression=lambda: allegations("supplier"))
    batch_slug = FileColumn()
    batch_address = FileColumn(expression=batch_address)

    def render_standing(self, value):
        return label_of(Standing, value)
