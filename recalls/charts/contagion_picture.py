"""From a supplier's cells to product models and regions, as a tree; what is merely alleged is dashed and says so."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recalls.charts.contagion_outline import outline, with_and_without_address
from recalls.charts.drawing import CONFIG, WIDTH, Picture
from recalls.charts.leading import mark
from recalls.charts.letters import cut, width
from recalls.charts.phone import HEIGHT
from recalls.counts import batches_counted
from suppliers.choices import Standing

STEP = 34
MARGIN = 200  # for the names of the last column
SHORT, MODEL = 270, 130  # pixels of a name, on a phone too, and of a model's number in it
WORDS = {
    Standing.KNOWN: _("%(model)s, %(company)s"),
    Standing.INFERRED: _("%(model)s, %(company)s, inferred"),
    Standing.ALLEGED: _("%(model)s, %(company)s, alleged"),
}


def picture(supplier, tree):
    """The `Picture` of a `recalls.contagion.tree`."""
    nodes = list(_nodes(supplier, tree))
    return Picture(
        title=gettext("From cells of %(supplier)s to regions") % {"supplier": supplier},
        description=gettext(
            "A tree from %(supplier)s by cell types and product models to the regions of their recalls. "
            "A dashed line is a link that is alleged or inferred, a full one a link that is known."
        )
        % {"supplier": supplier},
        spec=_spec(nodes) if tree else None,
        phone=outline(nodes) if tree else None,
    )


def _nodes(supplier, tree):
    root = _node(None, 0, str(supplier), supplier.get_absolute_url())
    yield root
    number = 0
    for cell, models in tree.items():
        number += 1
        of_cell = _node(root, number, _cell(cell))
        yield of_cell
        for model, branch in models.items():
            number += 1
            standing = _standing(branch)
            words = WORDS[standing] % {"model": model.model_number, "company": model.company}
            of_model = _node(of_cell, number, words, model.get_absolute_url(), standing)
            of_model["short"] = _short(model, standing)
            yield of_model
            for words, address in _regions(model, branch):
                number += 1
                yield _node(of_model, number, words, address, standing)


def _cell(cell):
    return gettext("Cell %(type)s") % {"type": cell.designation} if cell else gettext("Cell type not stated")


def _short(model, standing):
    """Cut so that it still says what is merely alleged."""
    named = {"model": cut(model.model_number, MODEL, HEIGHT), "company": ""}
    room = SHORT - width(WORDS[standing] % named, HEIGHT)
    return WORDS[standing] % {**named, "company": cut(str(model.company), room, HEIGHT)}


def _standing(branch):
    """The best of a model's links, as the sums take it."""
    return min((Standing(row.standing) for row in branch.links.values()), key=list(Standing).index)


def _regions(model, branch):
    """The regions of a model's batches with their number, each leading to them in the list."""
    found = {}
    for row in branch.batches.values():
        found.setdefault((row.batch.region.code, str(row.batch.region)), []).append(row)
    batches = reverse("recalls:recallbatch_list")
    for (code, name), rows in found.items():
        yield (
            f"{name}, {batches_counted(len(rows))}",
            f"{batches}?model={model.slug}&region={code}",
        )
    if not found:
        yield gettext("in no recall yet"), model.get_absolute_url()


def _node(parent, key, name, address=None, standing=Standing.KNOWN):
    return {
        "id": key,
        "parent": parent and parent["id"],
        "name": name,
        "short": cut(name, SHORT, HEIGHT),
        "href": mark(address) if address else None,
        "dashed": standing != Standing.KNOWN,
    }


def _spec(nodes):
    leaves = len({node["id"] for node in nodes} - {node["parent"] for node in nodes})
    name = {"text": {"field": "short"}, "fill": {"value": "var(--ink)"}, "fontSize": {"value": 12}}
    is_leaf = "datum.children ? {} : {}".format  # the names of others stand over their lines
    place = {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "dx": {"signal": is_leaf(0, 9)},
        "dy": {"signal": is_leaf(-10, 0)},
        "baseline": {"value": "middle"},
    }
    texts = {**name, **place, "description": {"field": "name"}, "font": {"value": CONFIG["font"]}}
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": WIDTH + 120,
        "height": max(leaves, 3) * STEP,
        "padding": {"left": 8, "right": 6, "top": 14, "bottom": 6},
        "data": [_tree(nodes), _links(), *with_and_without_address("tree")],
        "marks": [
            _lines(),
            {
                "type": "symbol",
                "aria": False,
                "from": {"data": "tree"},
                "encode": {
                    "enter": {
                        "x": {"field": "x"},
                        "y": {"field": "y"},
                        "size": {"value": 40},
                        "fill": {"value": "var(--chart-1)"},
                    }
                },
            },
            {"type": "text", "name": "names", "from": {"data": "plain"}, "encode": {"enter": texts}},
            {
                "type": "text",
                "name": "linked-names",
                "from": {"data": "linked"},
                "encode": {"enter": {**texts, "href": {"field": "href"}, "fill": {"value": "var(--accent)"}}},
            },
        ],
    }


def _tree(nodes):
    layout = {"method": "tidy", "size": [{"signal": "height"}, {"signal": f"width - {MARGIN}"}]}
    return {
        "name": "tree",
        "values": nodes,
        "transform": [
            {"type": "stratify", "key": "id", "parentKey": "parent"},
            {"type": "tree", **layout, "as": ["y", "x", "depth", "children"]},
        ],
    }


def _links():
    path = {"type": "linkpath", "orient": "horizontal", "shape": "diagonal"}
    return {"name": "links", "source": "tree", "transform": [{"type": "treelinks"}, path]}


def _lines():
    dashes = "datum.target.dashed ? [4, 3] : []"
    line = {"path": {"field": "path"}, "stroke": {"value": "var(--edge)"}, "strokeDash": {"signal": dashes}}
    return {"type": "path", "aria": False, "from": {"data": "links"}, "encode": {"enter": line}}
