"""What a heading tells: the firm that recalls, and whether the notice is only a warning."""

import re

from recalls.importers.quantities.phrases import holds_any, words

WARNING = re.compile(
    r"\b(?:warns?|urges?|alerts?|cautions?|advises?)\s+(?:the\s+)?"
    r"(?:consumers|parents|caregivers|owners|public|users|families|people|against|about|of|not|that)\b"
    r"|\b(?:unilateral|product safety|safety|consumer|public) warning\b(?! labels?)|^(?:cpsc\s+)?warning\b(?! labels?)"
    r"|\bissues? (?:an? )?(?:\w+ ){0,2}warning\b",
    re.IGNORECASE,
)
SIGNALS = ("warn", "urge", "alert", "caution", "advise")  # without one there is no need to look closer
RECALLS = re.compile(
    r"\b(?:recalls|recalled|recall of|to recall|voluntary recall|recall to)\b", re.IGNORECASE
)

# One firm recalls or announces a recall; "Firms Recall" and "Power Banks Recall Expanded" are something else.
VERB = re.compile(
    r",?\s(?:(?:voluntarily|again|also)\s)*"
    r"(?:recalls\s(?!due\b|by\b)|(?:expands|reannounces|re-announces|announces|conducts|issues|agrees to)\s"
    r"(?:[\w-]+\s){0,2}?recall\b|to recall\s)",
    re.IGNORECASE,
)
# "CPSC, Acme Corp. Announce Recall of Toys": the agency and one firm, as headings said until about 2010.
JOINTLY = re.compile(
    r"(?:u\.?s\.?\s+)?CPSC\s*(?:,|and|&)\s*(.{1,120}?)\s+(?:(?:jointly|voluntarily|re)[\s-]*)?"
    r"(?:announces?\s(?:[\w-]+\s){0,3}?recalls?\b|recall\s|expand\s(?:[\w-]+\s)?recall\b)",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"recalled by (.{1,120}?)(?=\s+(?:due|because|in|for|after|following|over)\s|[;,(]|$)",
    re.IGNORECASE,
)
# Words that name a product, a number or a group, never one firm.
NOT_ONE_FIRM = words(
    "firm firms company's companies importer importers manufacturer manufacturers retailer retailers distributor "
    "distributors maker makers million thousand more about over nearly cpsc commission recall recalls recalled hazard "
    "hazards due sold warns government agency"
)
LONGEST_NAME = 9  # words


def is_warning(title: str, url: str = "") -> bool:
    """Tell whether the notice warns consumers instead of recalling: its address says so, or its heading.

    A recall that speaks of a warning first says that it recalls ("X Recalls Lamps; CPSC Warns Consumers").
    """
    if "/warnings/" in url.lower():
        return True
    warning = WARNING.search(title) if holds_any(title.lower(), SIGNALS) else None
    recalls = warning and RECALLS.search(title)
    return bool(warning) and not (recalls and recalls.start() < warning.start())


def firm_in(title: str) -> str:
    """Return the firm in "X Recalls Y", "CPSC, X Announce Recall of Y" or "Y Recalled by X", empty if none."""
    lower = title.lower()
    if "cpsc" in lower[:20]:
        named = JOINTLY.match(title)
        name = named[1] if named else ""
    elif ("recalls " in lower or "recall " in lower) and (verb := VERB.search(title)):
        name = title[: verb.start()]
    else:
        named = PASSIVE.search(title) if "recalled by " in lower else None
        name = named[1] if named else ""
    return name.strip(" ,") if _is_firm(name) else ""


def _is_firm(name: str) -> bool:
    parts = name.lower().replace(",", " ").split()
    return 0 < len(parts) <= LONGEST_NAME and parts[0][0].isalnum() and NOT_ONE_FIRM.isdisjoint(parts)
