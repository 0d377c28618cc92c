"""What full refunds would cost, low to high, of the batches where that is most."""

from django.utils.translation import gettext

from evidence.figures import Grade
from listing import figures
from listing.shape import without
from listing.words import label_of
from recalls.charts import phone
from recalls.charts.drawing import Picture, lite, number_axis
from recalls.charts.leading import LINK, mark
from recalls.charts.letters import HEIGHT, cut, width
from recalls.choices import ExposureBasis
from recalls.counts import batches_counted
from recalls.lists import RecallBatchList

MOST = 25
NAMES = 330  # pixels wide
INK = "var(--chart-1)"


def picture(records):
    """The `Picture` of the filtered batches with the largest exposure."""
    batches = [batch for batch in _largest(records) if _ends(batch)]
    left = records.exposure.without_figure + records.exposure.without_rate
    exposure = gettext("Exposure, %(currency)s") % {"currency": records.currency}
    return Picture(
        title=gettext("Exposure by recall batch, %(currency)s") % {"currency": records.currency},
        description=gettext(
            "%(list)s: sales value under full refund of the %(count)s batches with the largest, each as a bar from "
            "its low to its high end."
        )
        % {"list": records.description, "count": len(batches)},
        **_drawings(records, batches),
        headings=[
            gettext("Recall batch"),
            gettext("Region"),
            gettext("Announced"),
            exposure,
            gettext("Grade"),
        ],
        rows=[_row(batch) for batch in batches],
        note=gettext(
            "The %(most)s largest, by the low end. A dot is a single figure, an arrow an end that is open. "
            "%(batches)s of this list without a figure. Not a booked loss."
        )
        % {"most": MOST, "batches": batches_counted(left)},
        figures=(exposure,),
    )


def _largest(records):
    params = without(records.params, "chart", "export", "page", "part")
    params["sort"], params["per_page"] = "-exposure", str(MOST)
    return RecallBatchList(params).page.object_list


def _ends(batch):
    return [end for end in (batch.exposure_low, batch.exposure_high) if end is not None]


def _text(batch):
    ends = batch.exposure_low, batch.exposure_high
    return figures.money(*ends, batch.exposure_currency, batch.exposure_precision)


def _row(batch):
    grade, basis = batch.exposure_grade, batch.exposure_basis
    grade = label_of(Grade, grade) if grade else label_of(ExposureBasis, basis)
    named = (batch.title, batch.get_absolute_url())
    return [named, str(batch.region), str(batch.announced_on), _text(batch), grade]


def _name(batch, room, height):
    """Its title as far as it fits before its region."""
    region = f", {batch.region.code}"
    return cut(batch.title, room - width(region, height), height) + region


def _value(place, batch):
    ends = _ends(batch)
    return {
        "name": f"{place:02}{_name(batch, NAMES, HEIGHT)}",
        "short": _name(batch, phone.WIDTH - 10, phone.HEIGHT),
        "low": float(ends[0]),
        "high": float(ends[-1]),
        "form": "range" if len(set(ends)) > 1 else "open" if len(ends) == 1 else "single",
        "sign": "triangle-right"
        if batch.exposure_high is None
        else "triangle-left"
        if len(ends) == 1
        else "circle",
        "href": mark(batch.get_absolute_url()),
        "label": f"{batch.title}, {batch.region}, {batch.announced_on}: {_text(batch)}",
    }


def _drawings(records, batches):
    if not batches:
        return {}
    values = [_value(place, batch) for place, batch in enumerate(batches)]
    names = {"domain": [value["name"] for value in values]}
    name = {"field": "name", "type": "nominal", "sort": None, "title": None, "scale": names}
    return {"spec": _wide(records, values, name), "phone": _phone(records, values, name)}


def _wide(records, values, name):
    axis = {"ticks": False, "labelExpr": "slice(datum.label, 2)", "aria": False}
    layer = [{**each, "encoding": {**each["encoding"], **LINK}} for each in _layers(_money(records))]
    return lite(values, width=600, height={"step": 24}, encoding={"y": {**name, "axis": axis}}, layer=layer)


def _phone(records, values, name):
    """A name above each bar; the whole row leads to its batch, as there is no room to aim."""
    row = {"mark": {"type": "rect", "color": INK, "fillOpacity": 0}, "encoding": LINK}
    return phone.lite_for_phone(
        values,
        height={"step": phone.ROW},
        encoding={"y": {**name, "axis": None}},
        layer=[*phone.below(_layers(_money(records, 4))), phone.name_above("short"), row],
    )


def _money(records, ticks=6):
    return {
        "field": "low",
        "type": "quantitative",
        "title": records.currency,
        "scale": {"zero": True},
        "axis": {**number_axis(), "tickCount": ticks},
    }


def _layers(money):
    """A bar from the low end to the high one, and a dot or an arrow where there is one end."""
    return [
        {
            "transform": [{"filter": "datum.form == 'range'"}],
            "mark": {"type": "bar", "height": 10, "color": INK, "stroke": INK, "strokeWidth": 2},
            "encoding": {"x": money, "x2": {"field": "high"}},
        },
        {
            "transform": [{"filter": "datum.form != 'range'"}],
            "mark": {"type": "point", "filled": True, "size": 70, "color": "var(--chart-2)", "opacity": 1},
            "encoding": {"x": money, "shape": {"field": "sign", "scale": None, "legend": None}},
        },
    ]
