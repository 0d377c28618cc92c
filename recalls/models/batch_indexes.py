"""The indexes of batches: the list's orders by day and by each column, its search, and what the sums look for."""

from django.db.models import F, Index, Q
from django.db.models.functions import Coalesce, Left

from evidence.figures import Precision
from evidence.indexes import link_indexes
from evidence.models import TITLE
from listing.search import search_index
from recalls.kept_exposure import CURRENCIES, ENDS, kept_exposure

MODELS = 100  # letters of a text that count in the order, as `TITLE` of a title
FIGURES = ["units", "amount", "price"]
LINKS = ["incident", "joint_group", "expands", "upgrades"]  # most batches have none of them
# What is taken off the sums of all batches, read from the index of the few that are counted in another.
SUMMED = ["is_published", "announced_on", "region", "regulator", "hazards"]
SUMMED += [f"units_{part}" for part in ("low", "high", "precision", "grade")]
SUMMED += [f"value_{part}" for part in ("low", "high", "precision", "grade", "currency", "basis")]
SUMMED += [kept_exposure(currency, end) for currency in CURRENCIES for end in ENDS]
PLAIN = ["notice_number", "hazards", "remedies_text", "reports", "injuries", "deaths"]


def _by_day():
    """All batches by day, of all and of those of each company, region and regulator: for filters, and for staff."""
    ways = {"announced": [], "company": ["company"], "region": ["region"], "regulator": ["regulator"]}
    return [
        Index(fields=[*first, "announced_on", "id"], include=["is_published"], name=f"recalls_batch_{name}")
        for name, first in ways.items()
    ]


def _with_amount():
    """The few that state an amount, by day."""
    is_known = Q(is_published=True) & ~Q(amount_precision=Precision.UNKNOWN)
    ends = ["amount_low", "amount_high"]
    return Index(
        fields=["announced_on", "id"], include=ends, condition=is_known, name="recalls_batch_with_amount"
    )


def _published_in_order():
    """Those that the public sees, by each column; what an expression reads is kept beside it, if it is short."""
    texts = {"title": Left("title", TITLE), "models": Left("models_text", MODELS)}
    keys = {
        **{name: (key, ()) for name, key in texts.items()},
        **{name: (F(name), ()) for name in PLAIN},
        **{
            name: (Coalesce(f"{name}_low", f"{name}_high"), (f"{name}_low", f"{name}_high"))
            for name in FIGURES
        },
    }
    return [
        Index(key, "id", include=beside, condition=Q(is_published=True), name=f"recalls_batch_by_{name}"[:30])
        for name, (key, beside) in keys.items()
    ]


def _by_exposure():
    for currency in CURRENCIES:
        ends = [kept_exposure(currency, end) for end in ENDS]
        name = f"recalls_batch_by_{currency.lower()}"
        yield Index(Coalesce(*ends), "id", include=ends, condition=Q(is_published=True), name=name)


INDEXES = [
    *_by_day(),
    *_published_in_order(),
    _with_amount(),
    Index(fields=["id"], condition=Q(is_published=False), name="recalls_batch_drafts"),
    *link_indexes("recalls_batch", LINKS),
    Index(
        fields=["counted_in"],
        include=SUMMED,
        condition=Q(counted_in__isnull=False),
        name="recalls_batch_inside",
    ),
    *_by_exposure(),
    search_index("recalls_batch_search"),
]
