"""Pictures as SVG or PNG from a Vega or Vega-Lite specification, without scripts and styles in them.

In a page the colours are the page's own variables, so that a picture follows its scheme; in a file they are those of
the light one, on white. The same specification makes the same picture, so it is drawn once and remembered.
"""

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256

import vl_convert
from django.conf import settings
from django.core.cache import cache
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from listing.figures import UNITS
from recalls.charts.letters import HEIGHT

HERE = "https://here.invalid"  # the library takes whole addresses only; stands for this site while it draws
DAY = 86_400
WIDTH = 960
MARGIN = 60  # for the labels of the upright axis
SIZES = {
    "labelFontSize": HEIGHT,
    "titleFontSize": HEIGHT,
    "labelLimit": 0,
}  # a limit doubles the time to draw
PAPER = {
    "ground": "#ffffff",
    "line": "#dde3e6",
    "edge": "#7d8a92",
    "ink": "#17212a",
    "soft": "#53626b",
    "accent": "#0b5a7d",
    "chart-1": "#1f6fa8",
    "chart-2": "#c2570c",
    "chart-3": "#2a7f55",
    "chart-4": "#7b4fa6",
    "chart-5": "#8a7a10",
    "chart-6": "#b0356d",
    "chart-7": "#66747d",
}
COLOUR = re.compile(r"var\(--([a-z0-9-]+)\)")
LABELLED = re.compile(r'<(path|text|line|rect) aria-label="([^"]*)"([^>]*)/>')
SERIES = [f"var(--chart-{number})" for number in range(1, 8)]
CONFIG = {
    "background": None,
    "font": "Liberation Sans, Arial, Noto Sans CJK SC, sans-serif",
    "view": {"stroke": None},
    "range": {"category": SERIES},
    "axis": {
        **SIZES,
        "labelSeparation": 8,
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "titleFontWeight": "normal",
        "gridColor": "var(--line)",
        "domainColor": "var(--edge)",
        "tickColor": "var(--edge)",
    },
    "legend": {
        "layout": {"top": {"anchor": "end"}},
        **SIZES,
        "labelColor": "var(--ink)",
        "titleColor": "var(--soft)",
        "symbolStrokeWidth": 0,
    },
    "text": {"color": "var(--ink)", "fontSize": HEIGHT},
}


@dataclass(frozen=True)
class Picture:
    """What a chart shows: a title, a sentence about it, how it is drawn, and its figures as a table.

    `rows` are lists of texts, the first one with the `address` it leads to as a pair. `spec` is None where there is
    nothing to draw; `phone` is that of a second drawing for a small screen; `note` says what is not in the picture;
    `figures` are the headings of columns of numbers; `is_timed`: time goes to the right, so a frame that is too
    narrow for the first drawing begins there.
    """

    title: str
    description: str
    spec: dict | None = None
    phone: dict | None = None
    headings: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    note: str = ""
    figures: tuple = (_("Recall batches"), _("Units"), _("Completion"), _("Returned"), _("Out of"))
    is_timed: bool = False

    @property
    def cells(self):
        """The rows as a template writes them."""
        for (text, address), *others in self.rows:
            cells = zip(self.headings[1:], others, strict=True)
            yield [
                {"text": text, "address": address},
                *({"text": other, "is_figure": self._is_figure(heading)} for heading, other in cells),
            ]

    @property
    def to_the_right(self):
        return [heading for heading in self.headings if self._is_figure(heading)]

    def _is_figure(self, heading):
        return heading in self.figures

    @property
    def svg(self):
        """To stand in a page."""
        return self._in_page(self.spec, "wide")

    @property
    def phone_svg(self):
        """To stand beside it in the page, which shows the one there is room for."""
        return self._in_page(self.phone, "phone")

    def _in_page(self, spec, name):
        return mark_safe(_titled(self, _drawn(spec), name).replace(HERE, ""))  # noqa: S308

    def file(self, kind):
        """The bytes of an SVG or PNG file of its own."""
        svg = _titled(self, _drawn(self.spec)).replace(HERE, settings.PUBLIC_URL)
        svg = COLOUR.sub(lambda found: PAPER[found[1]], svg)
        svg = svg.replace('fill="none"', f'fill="none" color="{PAPER["ink"]}"', 1)
        return svg.encode() if kind == "svg" else vl_convert.svg_to_png(_on_white(svg), scale=2)


def linked(address):
    """An address of this site as the library takes it; none stays none."""
    return HERE + address if address else HERE + "/"


def warm_up():
    """Let the library begin, which takes a second, before a visitor waits for it."""
    _drawn(lite([{"x": 1}], mark="bar", encoding={"x": {"field": "x", "type": "quantitative"}}))


def _drawn(spec):
    text = json.dumps(spec, default=str)
    return cache.get_or_set(f"chart-{sha256(text.encode()).hexdigest()}", lambda: _draw(spec, text), DAY)


def _draw(spec, text):
    is_lite = "vega-lite" in spec["$schema"]
    draw = vl_convert.vegalite_to_svg if is_lite else vl_convert.vega_to_svg
    svg = draw(text, config=CONFIG, allowed_base_urls=[]) if is_lite else draw(text, allowed_base_urls=[])
    return LABELLED.sub(r'<\1 aria-label="\2"\3><title>\2</title></\1>', svg)


def _titled(picture, svg, name=""):
    """With what a screen reader says of it, and what a pointer shows; two drawings in a page have two names."""
    names = sha256(f"{picture.title}{name}".encode()).hexdigest()[:8]
    opening, rest = svg.split(">", 1)
    opening = f'{opening} role="graphics-document" aria-labelledby="t{names}" aria-describedby="d{names}">'
    title = f'<title id="t{names}">{escape(picture.title)}</title>'
    return f'{opening}{title}<desc id="d{names}">{escape(picture.description)}</desc>{rest}'


def _on_white(svg):
    opening, rest = svg.split(">", 1)
    return f'{opening}><rect width="100%" height="100%" fill="{PAPER["ground"]}"/>{rest}'


def number_axis():
    """An axis of figures, in what the reader counts in: 0.5M, or 50 万."""
    label = "datum.value ? datum.label : '0'"
    for unit in reversed(UNITS.get(get_language(), ())):
        written = f"format(datum.value / {unit.size}, ',.2~f') + ' {unit.sign}'"
        label = f"datum.value >= {unit.size} ? {written} : {label}"
    return {"format": ",~f" if get_language() in UNITS else "~s", "tickCount": 6, "labelExpr": label}


def lite(data, **spec):
    """A Vega-Lite specification of the usual width."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH - MARGIN,
        "autosize": {"type": "pad"},
        "data": {"values": data},
        **spec,
    }
