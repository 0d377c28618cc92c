"""A firm's name as written, without role and remarks, and the name that it trades under."""

import re

from recalls.importers.notice import Firm

SUFFIXES = (
    r"(?:Inc|Incorporated|LLC|Ltd|LTD|Limited|Corp|Corporation|Co|Company|LP|L\.P|GmbH|AG|SA|BV|B\.V|PLC)"
)
LEGAL = re.compile(rf"(?:,?\s+{SUFFIXES}\b\.?)+$", re.IGNORECASE)
TRADING = re.compile(r"[,(\s]+(?:dba|d/b/a|doing business as)\b\.?[,:]?\s+", re.IGNORECASE)
MAY_TRADE = re.compile(r"[dD]ba|DBA|d/b|D/B|doing")
SELLER = re.compile(r"^(?:an?\s+|the\s+)?(?:\w+(?:\.com)?\s+)?seller\s+", re.IGNORECASE)
ROLE = re.compile(
    r"^(?:[A-Z][\w ]{0,30} )?(?:Importer|Manufacturer|Distributor|Retailer|Seller|Firm)s?(?:\(s\))?:\s*"
)
# "a Polaris subsidiary", "and owner of the Xylolin brand", "an affiliate of The Coleman Company, Inc."
REMARK = re.compile(
    r",\s+(?:and\s+)?(?:(?:an?|the)\s+)?(?:[\w.&-]+\s+){0,2}"
    r"(?:subsidiary|affiliate|division|unit|owners?|parent|formerly)\b.*?(?=,?\s+(?:dba|d/b/a)\s|$)"
)
# In brackets: remarks, a quoted short name, an abbreviation; a translated name stays, being a name.
BRACKETED = re.compile(
    r"\s*\((?!dba|d/b/a|doing)(?:[a-z0-9][^()]*|Formerly\s[^()]*|[“\"'][^()]*|f/k/a[^()]*)\)"
    r"|(?<=\w\.)\s*\([A-Z]{3,}\)"
)
SEVERAL = re.compile(rf"(?<=\s)({SUFFIXES}\b\.?),?\s+and\s+(?=[A-Z])(?!{SUFFIXES}\b)")
NO_FIRM = re.compile(r"(?:none|n/?a|not applicable|not available|unknown|various|tbd)\b.*", re.IGNORECASE)
NAME = re.compile(r"[^\W_][^;:|]{0,149}")
LONGEST_WORDS = 14
SENTENCE = re.compile(r"\s(?:is|are|was|were|has|have|sold|that|which|contact)\s")


def firms_named(text: str, role: str, country: str) -> list[Firm]:
    """Return the firms of one seat ("A Co. Ltd. and B Co. Ltd."), each with the name that it trades under."""
    text = text.strip(" ,")
    if ":" in text and (role_before := ROLE.match(text)):
        text = text[role_before.end() :]
    if ", " in text:
        text = REMARK.sub("", text)
    legal, *trading = TRADING.split(text) if MAY_TRADE.search(text) else [text]
    names = SEVERAL.sub(r"\1|", legal).split("|") if " and " in legal else [legal]
    names = [_tidy(name) for name in names]
    known_as = _tidy(SELLER.sub("", trading[0], count=1)).strip("()") if trading else ""
    known_as = known_as if len(names) == 1 and _is_name(known_as) else ""
    return [Firm(name, role, country, known_as) for name in names if _is_name(name)]


def drop_remarks(text: str) -> str:
    """Return the text without remarks in brackets: "(engine manufacturer)", "(formerly sold by ...)"."""
    return BRACKETED.sub("", text) if "(" in text else text


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are one but for the legal form: "Petidoux" and "Petidoux Inc."."""
    return one[:2].lower() == other[:2].lower() and _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return LEGAL.sub("", name).lower().replace("’", "'").strip(" ,.")


def _tidy(name: str) -> str:
    name = name.strip(" ,;")
    if name.endswith(".") and not LEGAL.search(name) and not re.search(r"\b\w\.$|\.\w+\.$", name):
        name = name[:-1]
    return name[:-1].strip() if name.endswith(")") and "(" not in name else name


def _is_name(name: str) -> bool:
    return (
        bool(NAME.fullmatch(name))
        and len(name.split()) <= LONGEST_WORDS
        and not NO_FIRM.fullmatch(name)
        and not SENTENCE.search(name)
    )
