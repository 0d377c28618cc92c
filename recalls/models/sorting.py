"""The indexes that the list of batches is read from: its order by day, and by each column that sorts it."""

from django.db.models import F, Index, Q
from django.db.models.functions import Coalesce, Left

from evidence.figures import Precision

TITLE, MODELS = 200, 100  # letters of a text that count in the order: an index holds no text of any length
FIGURES = ["units", "amount", "price"]
PLAIN = ["notice_number", "hazards", "remedies_text", "reports", "injuries", "deaths"]


def by_day(prefix):
    """All batches by day, of all and of those of each company, region and regulator: for filters, and for staff."""
    ways = {"announced": [], "company": ["company"], "region": ["region"], "regulator": ["regulator"]}
    return [
        Index(fields=[*first, "announced_on", "id"], include=["is_published"], name=f"{prefix}_{name}")
        for name, first in ways.items()
    ]


def with_amount(prefix):
    """The few that state an amount, by day."""
    is_known = Q(is_published=True) & ~Q(amount_precision=Precision.UNKNOWN)
    ends = ["amount_low", "amount_high"]
    return Index(
        fields=["announced_on", "id"], include=ends, condition=is_known, name=f"{prefix}_with_amount"
    )


def published_in_order(prefix):
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
        Index(key, "id", include=beside, condition=Q(is_published=True), name=f"{prefix}_by_{name}"[:30])
        for name, (key, beside) in keys.items()
    ]
