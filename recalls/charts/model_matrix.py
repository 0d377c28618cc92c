"""Which product model is recalled in which region, by how many batches, and since when."""

from django.db.models import Count, Min
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing import figures
from recalls.charts.drawing import Picture, lite
from recalls.charts.leading import mark, narrowed
from recalls.counts import batches_counted
from recalls.models import RecalledProduct
from recalls.region_names import region_name

MOST = 30
MANY = 20_000  # batches whose models are looked through for a page
TOO_MANY = format_lazy(
    _("Narrow the list to {count} batches or fewer: the models of so many are not looked through."),
    count=f"{MANY:,}",
)


def picture(records):
    """The `Picture` of the models that are recalled in the most regions."""
    too_many = records.count > MANY
    cells = [] if too_many else _cells(records)
    return Picture(
        title=gettext("Product models by region"),
        description=gettext(
            "%(list)s: a square for each model and region in which it is recalled, the darker the more batches; it "
            "says when the first was announced."
        )
        % {"list": records.description},
        spec=_spec(records, cells) if cells else None,
        headings=[gettext("Model"), gettext("Region"), gettext("Recall batches"), gettext("First announced")],
        rows=[_row(records, cell) for cell in cells],
        note=TOO_MANY if too_many else _note(),
    )


def _note():
    return gettext(
        "The %(count)s models recalled in the most regions. An empty place: no recall is known here, which may mean "
        "that the model was not sold there."
    ) % {"count": MOST}


def _cells(records):
    lines = RecalledProduct.objects.filter(batch__in=records.filtered.order_by())
    widest = lines.order_by().values("product_model").annotate(regions=Count("batch__region", distinct=True))
    keys = [row["product_model"] for row in widest.order_by("-regions", "product_model")[:MOST]]
    cells = lines.filter(product_model__in=keys).order_by()
    cells = cells.values(
        "product_model__model_number", "product_model__slug", "batch__region__name", "batch__region__code"
    ).annotate(batches=Count("batch", distinct=True), first=Min("batch__announced_on"))
    return list(cells.order_by("product_model__model_number", "product_model__slug", "batch__region__name"))


def _address(records, cell):
    return narrowed(records, model=cell["product_model__slug"], region=cell["batch__region__code"])


def _row(records, cell):
    return [
        (cell["product_model__model_number"], _address(records, cell)),
        region_name(cell["batch__region__code"], cell["batch__region__name"]),
        figures.number(cell["batches"]),
        str(cell["first"]),
    ]


def _value(records, cell):
    model = cell["product_model__model_number"]
    region = region_name(cell["batch__region__code"], cell["batch__region__name"])
    names = {"model": model, "region": region, "batches": batches_counted(cell["batches"])}
    return {
        "model": model,
        "region": region,
        "strength": min(cell["batches"], 3),
        "first": f"{cell['first']:%Y-%m}" + (f" · {cell['batches']}" if cell["batches"] > 1 else ""),
        "href": mark(_address(records, cell)),
        "label": gettext("%(model)s in %(region)s: %(batches)s, first announced %(day)s")
        % {**names, "day": cell["first"]},
    }


def _spec(records, cells):
    strength = [f"datum.strength == {number}" for number in (1, 2)]
    opacity = [{"test": test, "value": value} for test, value in zip(strength, (0.14, 0.28), strict=True)]
    return lite(
        [_value(records, cell) for cell in cells],
        width={"step": 150},
        height={"step": 26},
        encoding={
            "x": {
                "field": "region",
                "type": "nominal",
                "title": None,
                "axis": {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False},
            },
            "y": {
                "field": "model",
                "type": "nominal",
                "title": None,
                "axis": {"domain": False, "ticks": False},
            },
            "href": {"field": "href"},
        },
        layer=[
            {
                "mark": {
                    "type": "rect",
                    "color": "var(--chart-1)",
                    "stroke": "var(--ground)",
                    "strokeWidth": 2,
                },
                "encoding": {
                    "fillOpacity": {"condition": opacity, "value": 0.42},
                    "description": {"field": "label"},
                },
            },
            {"mark": {"type": "text", "aria": False}, "encoding": {"text": {"field": "first"}}},
        ],
    )
