"""The tree from cells to regions for a phone: as an outline, each name in a line of its own."""

from recalls.charts.drawing import CONFIG
from recalls.charts.phone import HEIGHT, WIDTH

LINE = 30  # pixels from name to name, and what a finger needs
INDENT = 18
MARGIN = 8
NAME = 10  # from its dot


def outline(nodes):
    """A Vega specification of nodes in the order of reading, each after its parent."""
    placed = list(_placed(nodes))
    linked = {"href": {"field": "href"}, "fill": {"value": "var(--accent)"}}
    names = [_names("plain", fill={"value": "var(--ink)"}), _names("linked", **linked)]
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": WIDTH - 2 * MARGIN,
        "height": LINE * len(placed),
        "padding": MARGIN,
        "data": [{"name": "nodes", "values": placed}, *with_and_without_address("nodes")],
        "marks": [_lines(), _dots(), *names],
    }


def with_and_without_address(source):
    """The nodes that lead somewhere, and the others."""
    for name, test in (("linked", "datum.href"), ("plain", "!datum.href")):
        yield {"name": name, "source": source, "transform": [{"type": "filter", "expr": test}]}


def _placed(nodes):
    """With where each stands, and how far up its line begins."""
    places = {}
    for place, node in enumerate(nodes):
        above = places.get(node["parent"])
        depth = above["depth"] + 1 if above else 0
        x, y = depth * INDENT, (place + 0.5) * LINE
        places[node["id"]] = {**node, "depth": depth, "x": x, "y": y, "from": above["y"] if above else y}
        yield places[node["id"]]


def _lines():
    """Down from the parent, then to the name."""
    corner = f"'M' + (datum.x - {INDENT}) + ',' + datum.from + 'V' + datum.y + 'H' + datum.x"
    line = {
        "path": {"signal": f"datum.depth ? {corner} : ''"},
        "stroke": {"value": "var(--edge)"},
        "strokeDash": {"signal": "datum.dashed ? [4, 3] : []"},
    }
    return {"type": "path", "aria": False, "from": {"data": "nodes"}, "encode": {"enter": line}}


def _dots():
    place = {"x": {"field": "x"}, "y": {"field": "y"}}
    dot = {**place, "size": {"value": 40}, "fill": {"value": "var(--chart-1)"}}
    return {"type": "symbol", "aria": False, "from": {"data": "nodes"}, "encode": {"enter": dot}}


def _names(data, **others):
    name = {
        "text": {"field": "short"},
        "x": {"signal": f"datum.x + {NAME}"},
        "y": {"field": "y"},
        "baseline": {"value": "middle"},
        "font": {"value": CONFIG["font"]},
        "fontSize": {"value": HEIGHT},
        "description": {"field": "name"},
        **others,
    }
    return {"type": "text", "from": {"data": data}, "encode": {"enter": name}}
