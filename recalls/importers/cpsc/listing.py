"""The recall listing export of the US Consumer Product Safety Commission: a CSV file with a heading line.

Tried: today's 22 columns with BOM. The older layout of 14 columns without BOM is known by description only, so
any set of known columns is read that holds number, date, heading and units.
"""

import codecs
import csv
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import zip_longest
from typing import BinaryIO

from recalls.importers.cpsc.company import recalling_firm
from recalls.importers.cpsc.dates import read_date
from recalls.importers.cpsc.expansions import read_expansions, read_inclusions
from recalls.importers.cpsc.fields import text_of
from recalls.importers.cpsc.firms import read_firms
from recalls.importers.cpsc.hazards import read_hazards
from recalls.importers.cpsc.headings import is_warning
from recalls.importers.cpsc.number import canonical
from recalls.importers.cpsc.product_models import read_models
from recalls.importers.cpsc.remedies import read_remedies
from recalls.importers.cpsc.retailers import read_retailers
from recalls.importers.harm import read_harm
from recalls.importers.notice import Firm, Notice, RefusedError
from recalls.importers.quantities import Reading, read_quantity
from recalls.importers.sales import read_sale

REGULATOR, FORMAT, REGION = "cpsc", "cpsc-listing", "US"

NEEDED = {"Recall Number", "Date", "Recall Heading", "Units"}
COLUMNS = [
    "Recall Number",
    "Product Safety Warning Number",
    "Date",
    "Product Safety Warning Date",
    "Recall Heading",
    "Name of product",
    "Description",
    "Hazard Description",
    "Consumer Action",
    "Original Product Safety Warning Announcement",
    "Remedy Type",
    "Units",
    "Incidents",
    "Remedy",
    "Sold At Label",
    "Sold At",
    "Importers",
    "Manufacturers",
    "Distributors",
    "Manufactured In",
    "Custom Label",
    "Custom Field",
]
BY_NAME = {name.lower(): name for name in COLUMNS}
BEYOND = "cells beyond the heading line"
ROLES = {"Importers": "importer", "Manufacturers": "manufacturer", "Distributors": "distributor"}
LABELS = {
    "retailer": "retailer",
    "seller": "retailer",
    "importer": "importer",
    "manufacturer": "manufacturer",
    "distributor": "distributor",
    "recalling firm": "",
}


def recognises(head: bytes) -> bool:
    """Tell by a file's first bytes whether it holds rows of this format."""
    lines = head.decode("utf-8", "replace").lstrip("\ufeffï»¿").splitlines()
    return set(_heading(next(csv.reader(lines[:1]), []))) >= NEEDED if lines else False


def records(stream: BinaryIO) -> Iterator[dict]:
    """Yield the rows by their column names; raise RefusedError where the file is no such listing."""
    lines = TextIOWrapper(stream, encoding="utf-8-sig", errors="windows-1252-bytes", newline="")
    try:
        rows = csv.reader(lines)
        names = _heading(next(rows, []))
        if not set(names) >= NEEDED:
            raise RefusedError("The file's first line doesn't name the columns of the listing.")
        yield from (_record(names, row) for row in rows if row)
    except csv.Error as error:
        raise RefusedError(f"The file can't be read as CSV: {error}.") from None
    finally:
        lines.detach()


def read(record: dict) -> Notice:
    """Read one row; raise RefusedError with the reason where it can't be a notice."""
    if not isinstance(record, dict) or BEYOND in record or None in record.values():
        raise RefusedError("The row has more or fewer cells than the heading line.")
    number, kind, upgrades, announced = _identity(record)
    title, product = text_of(record, "Recall Heading"), text_of(record, "Name of product")
    if not title:
        raise RefusedError("The record has no heading.")
    description, cause = text_of(record, "Description"), text_of(record, "Hazard Description")
    units, sold, harm = (text_of(record, name) for name in ("Units", "Sold At", "Incidents"))
    quantity = read_quantity(units, REGION) if units else Reading()
    firms, stated = _firms(record)
    return Notice(
        number=number,
        title=title,
        announced_on=read_date(announced),
        kind="warning" if kind == "warning" or is_warning(title) else "recall",
        company=recalling_firm(title, firms, stated),
        firms=firms + read_retailers(sold, firms),
        product=product,
        models=read_models(product, description),
        quantity=quantity,
        raw_units=units,
        sale=read_sale(sold),
        raw_sold=sold,
        harm=read_harm(harm),
        raw_harm=harm,
        hazards=read_hazards(title, cause),
        cause=cause,
        remedies=read_remedies([text_of(record, "Remedy Type")]),
        expands=read_expansions(number, (title, description), quantity),
        includes=read_inclusions(number, quantity),
        upgrades=upgrades,
    )


def _heading(row: list[str]) -> list[str]:
    """The columns' names as the format writes them; a name that isn't known stays as it is."""
    return [BY_NAME.get(" ".join(name.strip("\ufeff\"' ").lower().split()), name) for name in row]


def _record(names: list[str], row: list[str]) -> dict:
    """A row that breaks off gets None for what is missing, and one that is too long says so."""
    record = dict(zip_longest(names, row[: len(names)]))
    return record | {BEYOND: row[len(names) :]} if len(row) > len(names) else record


def _identity(record: dict) -> tuple[str, str, str, str]:
    """Return number, kind, the warning that it follows up, and the date as written.

    A row with two numbers is a recall that follows up the warning; a row with the warning's alone is a warning.
    """
    recall, warning = text_of(record, "Recall Number"), text_of(record, "Product Safety Warning Number")
    warned = canonical(warning) if warning else ""
    number = canonical(recall or warning)
    if number != warned:
        return number, "recall", warned, text_of(record, "Date")
    return number, "warning", "", text_of(record, "Product Safety Warning Date") or text_of(record, "Date")


def _firms(record: dict) -> tuple[tuple[Firm, ...], Firm | None]:
    """Return the firms with their roles, and the one under the label "Recalling Firm:" if there is one."""
    firms = [firm for name, role in ROLES.items() for firm in read_firms(text_of(record, name), role)]
    label = text_of(record, "Custom Label").rstrip(": ").lower().removesuffix("s")
    stated = read_firms(text_of(record, "Custom Field"), LABELS[label]) if label in LABELS else ()
    if label == "recalling firm":
        return tuple(dict.fromkeys(firms)), stated[0] if len(stated) == 1 else None
    return tuple(dict.fromkeys([*firms, *stated])), None


def _windows_bytes(error: UnicodeError) -> tuple[str, int]:
    """A listing saved again by a Windows program: its quotation marks are bytes that UTF-8 doesn't have."""
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252-bytes", _windows_bytes)
