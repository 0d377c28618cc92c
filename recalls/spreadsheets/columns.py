"""The columns of a spreadsheet of batches: those that are read, in the order of the export, and the others."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from recalls.choices import Remedy
from recalls.spreadsheets.cells import (
    ChoiceColumn,
    Column,
    DayColumn,
    HazardsColumn,
    LinkColumn,
    MoneyColumn,
    NoticeColumn,
    NumberColumn,
    PartialDateColumn,
)
from recalls.spreadsheets.parts import ModelsColumn, RemediesColumn, SourcesColumn

SINGLE = _("With precision exact or approximate it may stay empty: it is then the low figure.")


def _figure(name, money):
    kind = MoneyColumn if money else NumberColumn
    low, high = f"{name}_low", f"{name}_high"
    figure = [kind(low), kind(high), ChoiceColumn(f"{name}_precision", empty="unknown")]
    figure[1].explained = format_lazy("{} {}", figure[1].explained, SINGLE)
    return figure


def _price():
    low, high = MoneyColumn("price_low"), MoneyColumn("price_high")
    high.explained = format_lazy("{} {}", high.explained, _("Left empty, it is the low price."))
    return [low, high]


COLUMNS = [
    DayColumn("announced_on", needed=True),
    Column("title", needed=True),
    LinkColumn("company", needed=True, allowed=_("the exact name of a company that is entered, or an alias")),
    LinkColumn(
        "region",
        needed=True,
        explained=_("Where the units were sold; of a new batch left empty, the regulator's own."),
        allowed=_("an ISO 3166-1 code such as US, or EU"),
    ),
    LinkColumn("regulator", needed=True, allowed=_("the abbreviation or short name of one that is entered")),
    NoticeColumn("notice_number"),
    ModelsColumn(
        "models",
        _(
            "The models recalled. Each number must be entered as a model of the company. A model that is left out "
            "goes from the batch unless its line has units, serials, dates or progress."
        ),
        _("model numbers joined by “; ”"),
    ),
    HazardsColumn("hazards"),
    RemediesColumn(
        "remedies",
        _("What is offered. A remedy that is left out goes from the batch unless it has a note."),
        format_lazy(_("any of these, joined by “; ”: {words}"), words=", ".join(Remedy.values)),
    ),
    *_figure("units", money=False),
    ChoiceColumn("units_grade"),
    Column("units_as_published", "raw_units"),
    *_figure("amount", money=True),
    ChoiceColumn("amount_currency"),
    ChoiceColumn("amount_grade"),
    *_price(),
    ChoiceColumn("price_currency"),
    ChoiceColumn("price_grade"),
    ChoiceColumn("kind", needed=True),
    ChoiceColumn("basis", empty="not stated"),
    LinkColumn("incident", allowed=_("the short name of an incident that is entered")),
    PartialDateColumn("sold_from"),
    PartialDateColumn("sold_until"),
    PartialDateColumn("made_from"),
    PartialDateColumn("made_until"),
    Column("cause"),
    Column("sales_as_published", "raw_sold"),
    NumberColumn("reports"),
    NumberColumn("injuries"),
    NumberColumn("deaths"),
    NumberColumn("damage_reports"),
    *_figure("damage", money=True),
    ChoiceColumn("damage_currency"),
    Column("harm_as_published", "raw_harm"),
    LinkColumn("joint_group", allowed=_("the name of a joint group that is entered")),
    LinkColumn("expands", allowed=_("the short name of a batch that is entered")),
    LinkColumn("upgrades", allowed=_("the short name of a batch that is entered")),
    LinkColumn("counted_in", allowed=_("the short name of a batch that is entered")),
    Column("note"),
    SourcesColumn(
        "sources",
        _(
            "Sources that support the batch. Each must be entered. A source that is left out goes from the batch "
            "unless its citation says where, which figure or a note."
        ),
        _("addresses joined by “; ”"),
    ),
    Column(
        "slug",
        explained=_(
            "The batch's short name, by which its row is found again. Left empty, the batch is found by "
            "regulator, notice number and region; a new one gets a name made of region and notice number, "
            "or of region, company and title."
        ),
    ),
]
BY_NAME = {column.name: column for column in COLUMNS}
FIELDS = [column.field for column in COLUMNS if not column.is_part]
NEEDED = ["announced_on", "title", "company", "regulator"]  # of a new batch; the rest has a default
COMPUTED = {
    "exposure_": _("computed from amount, units and price"),
    "sources_otherwise": _("sources that round or contradict a figure are cited on the batch's page"),
    "address": _("made of the short name"),
    "reasons": _("the reasons in a file of refused rows"),
}


def ignored(name):
    """Why a known column is not read; empty for one that is, None for one that does not exist."""
    if name in BY_NAME:
        return ""
    return next((why for start, why in COMPUTED.items() if _is(name, start)), None)


def _is(name, start):
    return name.startswith(start) if start.endswith("_") else name == start
