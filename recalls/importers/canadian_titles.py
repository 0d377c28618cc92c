"""What the titles of Canadian notices say: who recalls what, and why. Only wordings that leave no doubt."""

import re
from dataclasses import dataclass

LONGEST = 400  # characters; a longer title is kept and not taken apart
WHY = r"(?: (?:due to|because of|because|for) (?P<cause>.+))?"
JOINT = re.compile(
    r"[\[(][^\])]{0,80}joint recall[^\])]{0,200}[\])]|^joint recall[^:–—-]{0,100}[:–—-]\s*"
    r"|\s*[-–—;:,]\s*joint recall\b.{0,200}$",
    re.IGNORECASE,
)
WARNS = re.compile(
    r"Health Canada (?:is warning|warns|advises|reminds)(?: (?:consumers|Canadians|parents))?"
    r"(?: (?:that|about|of|against))? (?P<product>.+?)"
    r"(?: (?:may |could |can )?pos(?:es?|ing) (?:(?:a|an) )?(?P<cause>.+))?",
    re.IGNORECASE,
)
RECALLS = re.compile(
    r"(?P<company>.{2,80}?) (?:(?:is|are|voluntarily) )*"
    r"(?:recalls|recalling|(?:expands|announces|issues) (?:its |a )?(?:voluntary )?recall of) (?P<product>.+?)"
    + WHY,
    re.IGNORECASE,
)
RECALLED_BY = re.compile(
    r"(?P<product>.+?) (?:(?:has|have|is|are|been|voluntarily) )*recalled by (?P<company>.{2,80}?)" + WHY,
    re.IGNORECASE,
)
RECALLED = re.compile(
    r"(?P<product>.+?) (?:(?:has|have|is|are|been|voluntarily) )*recalled" + WHY, re.IGNORECASE
)
VEHICLE = re.compile(r"Transport Canada Recall ?- ?\d+ ?- ?(?P<company>.*)", re.IGNORECASE)
BRAND = re.compile(r"(?P<brand>.{2,60}?)[- ]brand(?:ed)? .+", re.IGNORECASE)
SOME = re.compile(r"(?:certain|various|select|specific|some|multiple)\b", re.IGNORECASE)
AGENCY = re.compile(
    r"\b(?:Health Canada|Transport Canada|Government|Commission|CPSC|PROFECO|ACCC|Agency|Ministry|Mexico)\b",
    re.IGNORECASE,
)
JOINT_WITH = re.compile(r"\bjoint recall with (.{3,400}?)\.(?=[A-Z]|\s|$)", re.IGNORECASE)
LEGAL_FORM = re.compile(r",\s*((?:Inc|LLC|Ltd|Limited|Corp|Co|GmbH|L\.P|LP)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """The parts of a title, each empty where the title doesn't say it clearly."""

    company: str = ""
    brand: str = ""
    product: str = ""
    cause: str = ""
    warns: bool = False


def read_title(title: str) -> Wording:
    """Take a title apart; a title in no known wording is its own product."""
    title = JOINT.sub("", title).strip() if len(title) <= LONGEST else ""
    vehicle = VEHICLE.fullmatch(title)
    if vehicle:
        return Wording(company=_company(vehicle["company"]))
    for pattern in (WARNS, RECALLED_BY, RECALLED, RECALLS):
        match = pattern.fullmatch(title)
        if match:
            return _wording(match.groupdict(), warns=pattern is WARNS)
    return Wording(product=title)


def joint_company(advice: str) -> str:
    """The firm that is named beside the authorities: “Joint recall with Health Canada, the US CPSC and Enerco.”"""
    match = JOINT_WITH.search(advice.replace("U.S.", "US"))
    if not match:
        return ""
    parts = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", LEGAL_FORM.sub(r" \1", match[1]))
    firms = [part for part in parts if part and not AGENCY.search(part)]
    return _company(firms[0]) if len(firms) == 1 and len(parts) > 1 else ""


def _wording(parts: dict, *, warns: bool) -> Wording:
    product = parts.get("product") or ""
    brand = BRAND.fullmatch(SOME.sub("", product).strip())
    return Wording(
        company=_company(parts.get("company") or ""),
        brand=_company(brand["brand"]) if brand else "",
        product=product,
        cause=parts.get("cause") or "",
        warns=warns,
    )


def _company(name: str) -> str:
    """A name begins with a capital or a digit and is no authority and no list."""
    name = name.strip(" .,;:-")
    named = name[:1].isupper() or name[:1].isdigit()
    listed = re.search(r",| and | et | or ", name)
    return "" if not named or listed or SOME.match(name) or AGENCY.search(name) or len(name) > 80 else name
