"""The weekly report of the EU's Safety Gate (formerly RAPEX) as XML, English.

One element a notification, with flat fields. It has no units, prices or dates of its own: the date is the
report's. The notifying country found the product, which may be sold in any: the region is the EU as one market.
"""

import re
from collections.abc import Iterator
from datetime import date

from recalls.importers.flat_xml import elements
from recalls.importers.hazard_words import hazards_in
from recalls.importers.notice import Firm, Model, Notice, RefusedError
from recalls.importers.plain_text import plain, stated, web_address
from recalls.importers.remedy_words import remedies_in

REGULATOR = "safety-gate"
FORMAT = "safety-gate"
REGION = "EU"

ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:Safety-Gate|notifications?|weeklyReport)[\s>/]")
# Older reports have an element <notification> each inside of <notifications>, newer ones <notifications> each.
RECORDS = ("notifications", "notification")
STARTS = ("order", "caseNumber")
OF_THE_REPORT = ("report_date", "report_language")
NUMBER = re.compile(r"[A-Z]{1,5}\d{0,2}/\d{3,6}/\d{2}|\d{3,6}/\d{2}", re.ASCII)
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
# The labels of `measures` stand without a space between them and the value before.
LABEL = re.compile(
    r"Type of economic operator[^:]{0,80}:|Category of measure\(s\):|Date of entry into force:", re.IGNORECASE
)
RECALL = re.compile(r"\brecall", re.IGNORECASE)
SEVERAL = re.compile(r"[,;|\n]")
LEGAL_FORM = re.compile(r"(?:inc|llc|ltd|limited|corp|co|gmbh)\.?", re.IGNORECASE)
LONGEST_MODEL = 60  # characters; what is longer, or has no digit, is prose


def recognises(head: bytes) -> bool:
    """Tell by the first bytes of a file whether it is a report, or the list of reports, of Safety Gate."""
    return bool(ROOT.search(head.replace(b"\0", b"")))


def records(stream) -> Iterator[dict]:
    """Yield each notification as its fields, with the report's date; RefusedError where the file is broken."""
    report, record, listed = {}, {}, False
    for parent, name, text in elements(stream):
        listed = listed or name == "weeklyReport"
        if name in OF_THE_REPORT:
            report[name] = text
        elif parent in RECORDS and name not in RECORDS:
            if name in record and name in STARTS:
                yield {**report, **record}
                record = {}
            record.setdefault(name, text)
        elif name in RECORDS and record:
            yield {**report, **record}
            record = {}
    if listed:
        raise RefusedError("This is the list of weekly reports; import a report itself.")
    if "report_date" not in report:
        raise RefusedError("This is not a weekly report: it has no date.")


def read(record) -> Notice:
    """Turn the fields of a notification into a notice; RefusedError with the reason where that can't be."""
    if not isinstance(record, dict):
        raise RefusedError("The record is not a set of fields.")
    language = plain(record.get("report_language")).casefold() or "en"
    if language not in ("en", "english"):
        raise RefusedError(f"The report's language is “{language[:20]}”; the English one is read.")
    brand, name = _brand(record), stated(record.get("name"))
    return Notice(
        number=_number(record),
        title=_title(stated(record.get("brand")), _product(record)),
        announced_on=_day(record),
        kind=_kind(record),
        url=web_address(record.get("reference")),
        company=Firm(brand) if brand else None,
        firms=tuple(Firm(trader, role="retailer") for trader in _traders(record)),
        product=_product(record),
        models=_models(record, name),
        category=stated(record.get("category")),
        hazards=hazards_in(stated(record.get("riskType")), every_part=True),
        cause=stated(record.get("danger")),
        remedies=remedies_in(". ".join(_measures(record))),
    )


def _number(record: dict) -> str:
    written = plain(record.get("caseNumber")).replace(" ", "").upper()
    if not written:
        raise RefusedError("The notification has no case number.")
    if not NUMBER.fullmatch(written):
        raise RefusedError(
            f"The case number “{written[:80]}” is not written as Safety Gate does (SR/02362/26)."
        )
    return written


def _day(record: dict) -> date:
    written = plain(record.get("report_date"))
    match = DAY.fullmatch(written)
    if not written:
        raise RefusedError("The report has no date.")
    try:
        day, month, year = map(int, match.groups() if match else ())
        return date(year, month, day)
    except ValueError:
        raise RefusedError(f"The report's date “{written[:80]}” is not a day as 28/08/2026.") from None


def _product(record: dict) -> str:
    """ "Power bank (Sigma 10K)"; the name alone where the report has no kind of product."""
    kind, name = stated(record.get("product")), stated(record.get("name"))
    if not kind and not name:
        raise RefusedError("The notification names no product.")
    return f"{kind} ({name})" if kind and name and name.casefold() != kind.casefold() else kind or name


def _title(brand: str, product: str) -> str:
    return f"{brand}: {product}" if brand else product


def _kind(record: dict) -> str:
    """A recall where consumers have to give the product back, otherwise (stop of sales, a ban) a warning."""
    recalled = any(map(RECALL.search, _measures(record))) or web_address(record.get("URLrecall"))
    return "recall" if recalled else "warning"


def _measures(record: dict) -> list[str]:
    return [part.strip() for part in LABEL.split(stated(record.get("measures"))) if part.strip()]


def _brand(record: dict) -> str:
    """The brand, unless there are several: then none of them is the one that recalls."""
    brand = stated(record.get("brand"))
    return "" if len(_several(brand)) > 1 or len(brand) > 80 else brand


def _traders(record: dict) -> list[str]:
    """ "Other(Shein (sj23050389953853544))" is Shein."""
    written = re.sub(r"^Other\s*\((.*)\)$", r"\1", stated(record.get("onlineTrader")))
    names = (stated(re.sub(r"\s*\([^()]*\)", "", name)) for name in _several(written))
    return list(dict.fromkeys(name for name in names if name and len(name) <= 80))


def _models(record: dict, name: str) -> tuple[Model, ...]:
    numbers = dict.fromkeys(map(stated, _several(record.get("type_numberOfModel"))))
    kept = [number for number in numbers if _is_number(number)]
    return tuple(Model(number, name if len(kept) == 1 else "") for number in kept)


def _is_number(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and len(text) <= LONGEST_MODEL and ":" not in text


def _several(value) -> list[str]:
    """A list taken apart; “Acme, Inc.” is one name."""
    parts = [plain(part) for part in SEVERAL.split(value if isinstance(value, str) else "")]
    if any(map(LEGAL_FORM.fullmatch, parts)):
        return [plain(value)]
    return [part for part in parts if part]
