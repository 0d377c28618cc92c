"""The firm that recalls: the heading's subject, or the only firm that the notice names."""

from dataclasses import replace

from recalls.importers.cpsc.firm_names import drop_remarks, same_name
from recalls.importers.cpsc.headings import firm_in
from recalls.importers.notice import Firm


def recalling_firm(title: str, firms: tuple[Firm, ...], stated: Firm | None = None) -> Firm | None:
    """Return the firm that recalls, with the role empty, or None where that isn't clear.

    firms: those that the notice names with their roles, without shops of the sold-at text. stated: the firm
    under the listing's label "Recalling Firm:".
    """
    if name := drop_remarks(firm_in(title)):
        return _seated(name, (*firms, stated) if stated else firms)
    if stated:
        return replace(stated, role="")
    alone = {firm.name: replace(firm, role="") for firm in firms}
    return next(iter(alone.values())) if len(alone) == 1 else None


def _seated(name: str, firms: tuple[Firm, ...]) -> Firm:
    """The heading's name with the seat of the named firm that is surely the same."""
    same = [firm for firm in firms if same_name(firm.name, name) or same_name(firm.trading_as, name)]
    countries = {firm.country for firm in same}
    return Firm(name, country=countries.pop() if len(countries) == 1 else "")
