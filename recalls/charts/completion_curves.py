"""How far recalls have come, day by day: only of those whose denominator is stated, as others can't be compared."""

from django.utils.translation import gettext, pgettext

from evidence.figures import Grade
from listing import figures
from listing.words import label_of
from recalls.charts.drawing import Picture, lite
from recalls.charts.leading import LINK, mark
from recalls.charts.letters import cut, width
from recalls.charts.phone import lite_for_phone
from recalls.models import Progress

MOST = 7  # curves that a reader can tell apart
MOST_ROWS = 500
NAMES = 284  # pixels wide, as on a phone
MONTH = 28 * 86_400_000  # milliseconds: no shorter step has a label of its own
PERCENT = {"title": None, "axis": {"labelExpr": "datum.label + ' %'", "tickCount": 5, "orient": "right"}}
LEGEND = {"orient": "bottom", "labelExpr": "slice(datum.label, 1)", "aria": False}


def picture(records):
    """The `Picture` of the filtered batches that were measured last."""
    rows = list(_measured(records))
    curves = _curves(rows)
    drawn = list(curves.values())[:MOST]
    return Picture(
        title=gettext("Completion by day"),
        description=gettext(
            "%(list)s: the share of units returned or remedied, a curve for each batch or product."
        )
        % {"list": records.description},
        **_drawings(drawn),
        headings=[
            gettext("Recall batch"),
            gettext("Of"),
            gettext("As of"),
            gettext("Completion"),
            gettext("Returned"),
            gettext("Out of"),
            gettext("Grade"),
        ],
        rows=[_row(row) for row in rows],
        note=gettext(
            "The %(count)s measured last. A completion whose denominator is not stated stands in the table and in no "
            "curve: it can't be compared."
        )
        % {"count": MOST},
    )


def _measured(records):
    rows = Progress.objects.filter(batch__in=records.filtered.order_by())
    if records.grades:
        rows = rows.filter(grade__in=records.grades)
    rows = rows.select_related("batch__region", "recalled_product__product_model")
    return rows.order_by("-as_of", "batch", "pk")[:MOST_ROWS]


def _curves(rows):
    """The rows of each curve, by batch and product, the one measured last first."""
    curves = {}
    for row in rows:
        if row.rate_pct is not None and row.in_scope is not None:
            curves.setdefault((row.batch_id, row.recalled_product_id), []).append(row)
    return curves


def _name(row):
    return f"{row.batch.title}, {row.batch.region.code}{_product(row, ', {}')}"


def _product(row, form="{}"):
    product = row.recalled_product
    return form.format(product.product_model.model_number) if product else ""


def _address(row):
    return f"{row.batch.get_absolute_url()}#progress"


def _stated(value, text):
    return gettext("not stated") if value is None else text(value)


def _row(row):
    return [
        (row.batch.title, _address(row)),
        f"{row.batch.region}, {_product(row) or gettext('whole batch')}",
        str(row.as_of),
        _stated(row.rate_pct, figures.percent),
        _stated(row.returned, figures.number),
        _stated(row.in_scope, figures.number),
        label_of(Grade, row.grade),
    ]


def _value(place, row):
    name = _name(row)
    others = f", {row.batch.region.code}{_product(row, ', {}')}"
    return {
        "name": f"{place}{cut(row.batch.title, NAMES - width(others))}{others}",
        "day": str(row.as_of),
        "rate": float(row.rate_pct),
        "href": mark(_address(row)),
        "label": gettext("%(batch)s, %(day)s: %(percent)s of %(number)s")
        % {
            "batch": name,
            "day": row.as_of,
            "percent": figures.percent(row.rate_pct),
            "number": figures.number(row.in_scope),
        },
    }


def _drawings(curves):
    if not curves:
        return {}
    values = [_value(place, row) for place, rows in enumerate(curves) for row in rows]
    percent = {"title": gettext("Completion, percent")}
    return {
        "spec": lite(values, height=260, **_spec(2, percent, ticks=12)),
        "phone": lite_for_phone(values, height=220, **_spec(1, PERCENT, ticks=3)),
    }


def _spec(columns, percent, ticks):
    return {
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "timeUnit": "utcyearmonthdate",
                "title": None,
                "scale": {"type": "utc", "nice": "month"},
                "axis": {
                    "format": pgettext("format of a month", "%b %Y"),
                    "grid": False,
                    "labelOverlap": True,
                    "tickCount": ticks,
                    "tickMinStep": MONTH,
                },
            },
            "y": {"field": "rate", "type": "quantitative", "scale": {"domain": [0, 100]}, **percent},
            "color": {
                "field": "name",
                "type": "nominal",
                "title": None,
                "legend": {**LEGEND, "columns": columns},
            },
        },
        "layer": [
            {"mark": {"type": "line", "aria": False}},
            {"mark": {"type": "point", "filled": True, "size": 60, "opacity": 1}, "encoding": LINK},
        ],
    }
