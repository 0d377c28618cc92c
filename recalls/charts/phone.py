"""The second drawing of a chart, for a phone, a zoomed page and large letters: as wide as a small screen.

What stands beside the first drawing, the names of its rows and its legend, stands above or below in this one.
"""

from recalls.charts.drawing import lite

WIDTH = 340
HEIGHT = 13  # of letters
SIZES = {"labelFontSize": HEIGHT, "titleFontSize": HEIGHT}
CONFIG = {
    "axis": {**SIZES, "labelSeparation": 12},
    "axisX": {"labelFlush": 30},  # half a label from an end it stands within it
    "legend": {**SIZES, "columns": 2, "layout": {"top": {"anchor": "start"}}},
    "text": {"fontSize": HEIGHT},
}
ROW = 46  # a name and what is drawn below it
BELOW = 8  # the middle of a row


def lite_for_phone(data, **spec):
    """A Vega-Lite specification that fits a small screen with all that stands beside it."""
    fitted = {"type": "fit-x", "contains": "padding"}
    return lite(data, **{"width": WIDTH, "autosize": fitted, "config": CONFIG, **spec})


def below(layers):
    """The same layers, each mark below the middle of its row."""
    return [{**layer, "mark": {**layer["mark"], "yOffset": BELOW}} for layer in layers]


def name_above(field):
    """A layer with the names of rows, each above what is drawn in it."""
    text = {"type": "text", "aria": False, "align": "left", "baseline": "middle", "yOffset": -BELOW}
    return {"mark": text, "encoding": {"text": {"field": field}, "x": {"value": 0}}}
