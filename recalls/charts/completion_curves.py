"""How far recalls have come, day by day: only of those whose denominator is stated, as others can't be compared."""

from django.utils.translation import gettext, pgettext

from evidence.figures import Grade
from listing import figures
from listing.words import label_of
from recalls.charts.drawing import Picture, lite
from recalls.charts.leading import mark
from recalls.models import Progress

MOST = 7  # curves that a reader can tell apart
MOST_ROWS = 500


def picture(records):
    """The `Picture` of the filtered batches that were measured last."""
    rows = list(_measured(records))
    curves = _curves(rows)
    drawn = dict(list(curves.items())[:MOST])
    return Picture(
        title=gettext("Completion by day"),
        description=gettext(
            "%(list)s: the share of units returned or remedied, a curve for each batch or product."
        )
        % {"list": records.description},
        spec=_spec(drawn) if drawn else None,
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
    """The rows of each curve, the one measured last first."""
    curves = {}
    for row in rows:
        if row.rate_pct is not None and row.in_scope is not None:
            curves.setdefault(_name(row), []).append(row)
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


def _value(name, row):
    return {
        "name": name,
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


def _spec(curves):
    marks = {"href": {"field": "href"}, "description": {"field": "label"}}
    return lite(
        [_value(name, row) for name, rows in curves.items() for row in rows],
        height=260,
        encoding={
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
                    "tickCount": "month",
                },
            },
            "y": {
                "field": "rate",
                "type": "quantitative",
                "title": gettext("Completion, percent"),
                "scale": {"domain": [0, 100]},
            },
            "color": {
                "field": "name",
                "type": "nominal",
                "title": None,
                "sort": list(curves),
                "legend": {"orient": "bottom", "columns": 2, "labelLimit": 400},
            },
        },
        layer=[
            {"mark": {"type": "line", "aria": False}},
            {"mark": {"type": "point", "filled": True, "size": 60, "opacity": 1}, "encoding": marks},
        ],
    )
