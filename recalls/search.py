"""One search over every kind of record, each by the same `matching` as its list."""

from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.models import Source
from listing.filters import MOST_WORDS
from listing.words import enumerated
from recalls.models import Incident, RecallBatch
from suppliers.models import CellSource, Company, ProductModel

SHOWN = 10
COUNTED = 10_000  # more than these are “over 10,000”
LONGEST = 200


@dataclass(frozen=True)
class Kind:
    """A kind of record: where it is listed, which codes name it exactly, and what a hit says beside its name."""

    title: str
    queryset: object
    list_name: str
    codes: tuple
    details: tuple
    page: str = ""
    more: str = _("All of them in the list")


KINDS = (
    Kind(
        _("Recall batches"),
        RecallBatch.objects.select_related("region", "regulator", "company"),
        "recalls:recallbatch_list",
        ("notice_number", "notice_code", "slug"),
        ("company", "region", "regulator", "notice_number", "announced_on"),
    ),
    Kind(
        _("Incidents"),
        Incident.objects.select_related("company"),
        "recalls:incident_list",
        ("slug",),
        ("company", "opened_on", "get_state_display"),
    ),
    Kind(
        _("Companies"),
        Company.objects.firms().prefetch_related("aliases"),
        "suppliers:company_list",
        ("slug", "name", "legal_name"),
        ("legal_name", "names", "country"),
        more=_("Those that make cells, in the list of suppliers"),
    ),
    Kind(
        _("Product models"),
        ProductModel.objects.select_related("company", "category"),
        "suppliers:productmodel_list",
        ("model_number", "slug"),
        ("company", "category"),
    ),
    Kind(
        _("Cells in product models"),
        CellSource.objects.select_related(
            "product_model__company", "supplier", "cell", "answer_by"
        ).prefetch_related("citations__source"),
        "suppliers:cellsource_list",
        ("cell__designation", "product_model__model_number"),
        ("product_model.company", "cell.designation", "get_basis_display"),
        page="product_model",
    ),
    Kind(
        _("Sources"),
        Source.objects.all(),
        "evidence:source_list",
        ("slug",),
        ("publisher", "published_on", "get_kind_display"),
    ),
)


def search_text(raw):
    """What is searched for: without bytes that no text holds, and no longer than anybody types."""
    words = raw.replace("\x00", " ")[:LONGEST].split()
    return " ".join(words[:MOST_WORDS])


class Hits:
    """The visible records of one kind that match a text: how many, and the first of them."""

    def __init__(self, kind, text):
        self.kind, self.text = kind, text
        self.found = kind.queryset.visible().matching(text)

    @cached_property
    def count(self):
        """How many there are, or one more than are counted."""
        return self.found.order_by()[: COUNTED + 1].count()

    @property
    def count_in_words(self):
        over = gettext("over %(count)s") % {"count": f"{COUNTED:,}"}
        return over if self.count > COUNTED else f"{self.count:,}"

    @cached_property
    def first(self):
        """An exact code first, unless it is a part of very many; then in the order of the list."""
        order = self.found.model._meta.ordering
        if self.count <= COUNTED:
            order = [Case(When(self._exact(), then=Value(0)), default=Value(1)), *order]
        return [self._hit(record) for record in self.found.order_by(*order)[:SHOWN]]

    @property
    def list_url(self):
        return f"{reverse(self.kind.list_name)}?{urlencode({'q': self.text})}"

    def _exact(self):
        typed = {self.text, self.text.replace("-", "")}
        codes = [Q(**{f"{code}__iexact": text}) for code in self.kind.codes for text in typed]
        return Q(*codes, _connector=Q.OR)

    def _hit(self, record):
        page = attrgetter(self.kind.page)(record) if self.kind.page else record
        return {"record": record, "page": page, "details": self._details(record)}

    def _details(self, record):
        values = [_value(record, path) for path in self.kind.details]
        return " · ".join(str(value) for value in values if value)


def _value(record, path):
    """What stands at a dotted path; nothing where a record on the way is missing."""
    if path == "names":
        return enumerated(alias.name for alias in record.aliases.all())
    for name in path.split("."):
        record = getattr(record, name, None)
        record = record() if callable(record) else record
    return record


def search(text):
    return [Hits(kind, text) for kind in KINDS] if text else []
