"""Which product model is recalled in which region, by how many batches, and since when."""

from django.db.models import Count, Min
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing import figures
from recalls.charts.drawing import Picture, lite
from recalls.charts.leading import mark, narrowed
from recalls.charts.letters import cut
from recalls.charts.phone import HEIGHT, WIDTH, lite_for_phone
from recalls.counts import batches_counted
from recalls.models import RecalledProduct
from recalls.region_names import region_name

MOST = 30
LINE = 15  # of a heading
SMALL = 11  # letters of a square with more to say
NAME, SHORT = 160, 80  # pixels of a model's number, on a phone too
ROOMY, MOST_ON_PHONE = 4, 10  # regions beside each other
REGIONS = {"orient": "top", "labelAngle": 0, "labelFlush": False, "domain": False, "ticks": False}
MODELS = {"domain": False, "ticks": False, "labelExpr": "slice(datum.label, 2)", "aria": False}
OPACITY = [
    {"test": f"datum.strength == {number}", "value": value} for number, value in ((1, 0.14), (2, 0.28))
]
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
        **_drawings(records, cells),
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


def _value(records, cell, place):
    model = cell["product_model__model_number"]
    region = region_name(cell["batch__region__code"], cell["batch__region__name"])
    names = {"model": model, "region": region, "batches": batches_counted(cell["batches"])}
    day, several = f"{cell['first']:%Y-%m}", cell["batches"] > 1
    return {
        "model": f"{place:02}{cut(model, NAME)}",
        "short": f"{place:02}{cut(model, SHORT, HEIGHT)}",
        "region": region,
        "strength": min(cell["batches"], 3),
        "year": day[:4],
        "first": day + several * f" · {cell['batches']}",
        "letters": SMALL if several else HEIGHT,
        "href": mark(_address(records, cell)),
        "label": gettext("%(model)s in %(region)s: %(batches)s, first announced %(day)s")
        % {**names, "day": cell["first"]},
    }


def _drawings(records, cells):
    if not cells:
        return {}
    models = list(dict.fromkeys(cell["product_model__slug"] for cell in cells))
    values = [_value(records, cell, models.index(cell["product_model__slug"])) for cell in cells]
    regions = len({value["region"] for value in values})
    steps = {"width": {"step": max(min(150, 880 // regions), 80)}, "height": {"step": 26}}
    phone = _phone(values, regions) if regions <= MOST_ON_PHONE else None
    return {"spec": lite(values, **steps, **_spec(REGIONS, "first")), "phone": phone}


def _phone(values, regions):
    """With the year alone, below names that stand upright, where the regions are many."""
    is_tight = regions > ROOMY
    steps = {"width": {"step": (WIDTH - SHORT) // regions}, "height": {"step": 30}}
    letters = {"value": SMALL} if is_tight else {"field": "letters", "type": "quantitative", "scale": None}
    names = {"labelAngle": -90} if is_tight else _in_lines(value["region"] for value in values)
    spec = _spec({**REGIONS, **names}, "year" if is_tight else "first", "short", size=letters)
    return lite_for_phone(values, **steps, autosize={"type": "pad"}, **spec)


def _in_lines(names):
    """A word in each, with room for all above the squares."""
    lines = max(len(name.split()) for name in names)
    return {"labelExpr": "split(datum.label, ' ')", "labelPadding": 2 + LINE * (lines - 1)}


def _spec(axis, text, model="model", **others):
    return {
        "encoding": {
            "x": {"field": "region", "type": "nominal", "title": None, "axis": axis},
            "y": {
                "field": model,
                "type": "nominal",
                "title": None,
                "axis": MODELS,
            },
            "href": {"field": "href"},
        },
        "layer": [
            {
                "mark": {
                    "type": "rect",
                    "color": "var(--chart-1)",
                    "stroke": "var(--ground)",
                    "strokeWidth": 2,
                },
                "encoding": {
                    "fillOpacity": {"condition": OPACITY, "value": 0.42},
                    "description": {"field": "label"},
                },
            },
            {"mark": {"type": "text", "aria": False}, "encoding": {"text": {"field": text}, **others}},
        ],
    }
