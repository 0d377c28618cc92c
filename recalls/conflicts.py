"""Where sources disagree: the record and the figure that each conflicting value is about, and what we use."""

from dataclasses import dataclass

from django.db.models import Case, CharField, DecimalField, F, Func, Q, TextField, Value, When
from django.db.models.functions import Round
from django.utils.translation import gettext, gettext_noop

from evidence.figures import Grade
from evidence.querysets import CitationQuerySet
from listing.search import any_of, every_word
from listing.words import in_sql
from suppliers.choices import CertificateState

INCIDENT_PARTS = {
    "root_cause": "text",
    "contributing_factor": "text",
    "impact": "text",
    "measure": "text",
    "recovery_phase": "text",
    "event": "text",
    "analysis": "title",
}
GRADED = [
    "root_cause",
    "contributing_factor",
    "impact",
    "measure",
    "recovery_phase",
    "financial_indicator",
    "event",
    "cell_source",
    "ownership",
    "supply_agreement",
    "certificate",
    "claim",
]


@dataclass(frozen=True)
class Subject:
    """A kind of record that is cited: paths to its name, to its company, and to the slug of the page it is on.

    Where several make its name, `form` says how.
    """

    kind: str
    name: tuple[str, ...]
    company: str
    page: str
    slug: str
    form: str = "{0}"


BATCH_PAGE = "recalls:recallbatch_detail"
INCIDENT_PAGE = "recalls:incident_detail"
COMPANY_PAGE = "suppliers:company_detail"
MODEL_PAGE = "suppliers:productmodel_detail"
SUBJECTS = {
    "batch": Subject(
        gettext_noop("recall batch"), ("batch__title",), "batch__company", BATCH_PAGE, "batch__slug"
    ),
    "incident": Subject(
        gettext_noop("incident"), ("incident__title",), "incident__company", INCIDENT_PAGE, "incident__slug"
    ),
    **{
        part: Subject(
            part.replace("_", " "),
            (f"{part}__{name}",),
            f"{part}__incident__company",
            INCIDENT_PAGE,
            f"{part}__incident__slug",
        )
        for part, name in INCIDENT_PARTS.items()
    },
    "financial_indicator": Subject(
        gettext_noop("financial indicator"),
        ("financial_indicator__text",),
        "financial_indicator__company",
        INCIDENT_PAGE,
        "financial_indicator__incident__slug",
    ),
    "company": Subject(gettext_noop("company"), ("company__name",), "company", COMPANY_PAGE, "company__slug"),
    "product_model": Subject(
        gettext_noop("product model"),
        ("product_model__model_number",),
        "product_model__company",
        MODEL_PAGE,
        "product_model__slug",
    ),
    "battery_cell": Subject(
        gettext_noop("battery cell"),
        ("battery_cell__designation",),
        "battery_cell__supplier",
        COMPANY_PAGE,
        "battery_cell__supplier__slug",
    ),
    "cell_source": Subject(
        gettext_noop("cell source"),
        ("cell_source__product_model__model_number", "cell_source__supplier__name"),
        "cell_source__supplier",
        MODEL_PAGE,
        "cell_source__product_model__slug",
        gettext_noop("{0} uses cells of {1}"),
    ),
    "ownership": Subject(
        gettext_noop("ownership"),
        ("ownership__owner__name", "ownership__owned__name"),
        "ownership__owned",
        COMPANY_PAGE,
        "ownership__owned__slug",
        gettext_noop("{0} holds a share in {1}"),
    ),
    "supply_agreement": Subject(
        gettext_noop("supply agreement"),
        ("supply_agreement__buyer__name", "supply_agreement__supplier__name"),
        "supply_agreement__supplier",
        COMPANY_PAGE,
        "supply_agreement__supplier__slug",
        gettext_noop("{0} buys cells from {1}"),
    ),
    "certificate": Subject(
        gettext_noop("certificate"),
        ("certificate__company__name", "certificate__scheme", "certificate__state"),
        "certificate__company",
        COMPANY_PAGE,
        "certificate__company__slug",
        gettext_noop("{0}: {1} {2}"),
    ),
    "claim": Subject(
        gettext_noop("claim"), ("claim__text",), "claim__about", COMPANY_PAGE, "claim__about__slug"
    ),
}
OTHER_PARTIES = ["ownership__owner", "supply_agreement__buyer", "claim__said_by_company"]


@dataclass(frozen=True)
class Used:
    """The columns of the value that we use of one figure of one kind of record; "" where it has none."""

    figure: str
    subject: str
    low: str
    high: str
    precision: str = ""
    currency: str = ""
    grade: str = ""


def _ranged(figure, subject, **columns):
    stem = f"{subject}__{figure}"
    columns = {name: f"{subject}__{column}" for name, column in columns.items()}
    return Used(figure, subject, f"{stem}_low", f"{stem}_high", **columns)


def _number(figure, path, **columns):
    subject = path.split("__")[0]
    return Used(figure, subject, path, path, **{n: f"{subject}__{column}" for n, column in columns.items()})


USED = [
    _ranged("units", "batch", precision="units_precision", grade="units_grade"),
    _ranged(
        "amount", "batch", precision="amount_precision", currency="amount_currency", grade="amount_grade"
    ),
    _ranged(
        "amount", "analysis", precision="amount_precision", currency="amount_currency", grade="amount_grade"
    ),
    _ranged("price", "batch", currency="price_currency", grade="price_grade"),
    _ranged("damage", "batch", precision="damage_precision", currency="damage_currency"),
    _number("reports", "batch__reports"),
    _number("injuries", "batch__injuries"),
    _number("deaths", "batch__deaths"),
    _number("value", "financial_indicator__value", precision="precision", currency="currency", grade="grade"),
    _ranged("cells", "supply_agreement", precision="cells_precision", grade="grade"),
    _ranged("cells", "claim", precision="cells_precision", grade="grade"),
    _number("share", "ownership__share_pct", grade="grade"),
    _number("count", "certificate__count", grade="grade"),
    _number("capacity", "product_model__capacity_mah"),
]


class ConflictQuerySet(CitationQuerySet):
    def with_record(self):
        """The record it is about: `record_name`, `record_kind`, `company_name`, and `page_path` of its page."""
        return self.annotate(
            record_name=of_subject(lambda name, subject: _name(name, subject)),
            record_kind=of_subject(lambda name, subject: Value(subject.kind)),
            company_name=of_subject(lambda name, subject: F(f"{subject.company}__name")),
            page_name=of_subject(lambda name, subject: Value(subject.page)),
            page_slug=of_subject(lambda name, subject: F(subject.slug)),
        )

    def with_used(self):
        """The value that we use: `used_low`, `used_high`, `used_precision`, `used_currency`, `used_grade`.

        Empty where the record has no such figure of its own.
        """
        number = DecimalField(max_digits=20, decimal_places=2)
        return self.annotate(
            used_low=_of_figure("low", number),
            used_high=_of_figure("high", number),
            used_precision=_of_figure("precision", CharField()),
            used_currency=_of_figure("currency", CharField()),
            used_grade=_of_figure("grade", CharField()),
        )

    def with_difference(self):
        """`difference_low`, `difference_high`: the other value's ends less ours; `difference_pct`: of the low ends.

        Empty where an end is open, and between different currencies. Wants `with_used`.
        """
        comparable = Q(stated_currency="") | Q(used_currency="") | Q(stated_currency=F("used_currency"))
        low, high = F("stated_low") - F("used_low"), F("stated_high") - F("used_high")
        percent = Round(low * 100 / F("used_low"), precision=1)
        return self.annotate(
            difference_low=Case(When(comparable, then=low)),
            difference_high=Case(When(comparable, then=high)),
            difference_pct=Case(When(comparable & Q(used_low__gt=0), then=percent)),
        )

    def about(self, companies):
        """Values stated of records of these companies, or in which they are another party."""
        named = Q(pk__in=[])
        for path in [*(subject.company for subject in SUBJECTS.values()), *OTHER_PARTIES]:
            named |= Q(**{f"{path}__in": companies})
        return self.filter(named)

    def matching(self, text):
        """Values in which every word is found: record, company, source, note. Wants `with_record`."""
        paths = ("record_name", "company_name", "page_slug", "source__publisher", "source__title", "note")
        return self.filter(every_word(text, lambda word: any_of(word, *paths)))


def trimmed(path):
    """A number without the idle decimals of its column: 71294.00 → 71294."""
    return Func(F(path), function="trim_scale", output_field=DecimalField(max_digits=20, decimal_places=2))


def of_subject(expression):
    """One expression for each kind of record; a conflict is of exactly one."""
    cases = [
        When(**{f"{name}__isnull": False}, then=expression(name, subject))
        for name, subject in SUBJECTS.items()
    ]
    return Case(*cases, output_field=TextField())


def _name(name, subject):
    """What the record is called, in the reader's language; what is alleged says so first."""
    paths = {str(place): _part(path) for place, path in enumerate(subject.name)}
    called = in_sql(gettext(subject.form), **paths)
    if name not in GRADED:
        return called
    alleged = When(
        **{f"{name}__grade": Grade.ALLEGED}, then=in_sql(gettext("Alleged: {record}"), record=called)
    )
    return Case(alleged, default=called, output_field=TextField())


def _part(path):
    """A path; the state of a certificate in words."""
    if not path.endswith("__state"):
        return F(path)
    cases = [When(**{path: state.value}, then=Value(str(state.label))) for state in CertificateState]
    return Case(*cases, output_field=TextField())


def _of_figure(column, field):
    cases = [
        When(**{"figure": used.figure, f"{used.subject}__isnull": False}, then=F(getattr(used, column)))
        for used in USED
        if getattr(used, column)
    ]
    return Case(*cases, default=None, output_field=field)
