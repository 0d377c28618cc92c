"""The Recall Retrieval API of the US Consumer Product Safety Commission: an array of records in JSON."""

from collections.abc import Iterator
from typing import BinaryIO

from recalls.importers.cpsc.company import recalling_firm
from recalls.importers.cpsc.dates import read_date
from recalls.importers.cpsc.expansions import read_expansions, read_inclusions
from recalls.importers.cpsc.fields import address, records_of, text_of, texts_of
from recalls.importers.cpsc.firms import read_firms
from recalls.importers.cpsc.hazards import read_hazards
from recalls.importers.cpsc.headings import is_warning
from recalls.importers.cpsc.number import canonical
from recalls.importers.cpsc.product_models import read_models, stated_models
from recalls.importers.cpsc.remedies import read_remedies
from recalls.importers.cpsc.retailers import read_retailers
from recalls.importers.harm import read_harm
from recalls.importers.json_records import json_records
from recalls.importers.notice import Firm, Notice, RefusedError
from recalls.importers.quantities import Reading, read_quantity
from recalls.importers.sales import read_sale

REGULATOR, FORMAT, REGION = "cpsc", "cpsc-api", "US"

ROLES = {"Importers": "importer", "Manufacturers": "manufacturer", "Distributors": "distributor"}
SEVERAL = "The record has several products with quantities of their own."


def recognises(head: bytes) -> bool:
    """Tell by a file's first bytes whether it holds records of this format."""
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n[")
    return text.startswith("{") and '"RecallID"' in text


def records(stream: BinaryIO) -> Iterator[dict]:
    """Yield the records of an array, one object or arrays one after another; see json_records.

    RefusedError where the service answers with an error, which comes as a record of its own.
    """
    for record in json_records(stream):
        _refuse_error(record)
        yield record


def read(record: dict) -> Notice:
    """Read one record; raise RefusedError with the reason where it can't be a notice."""
    if not isinstance(record, dict):
        raise RefusedError("The record is not an object with named values.")
    _refuse_error(record)
    number, title = canonical(text_of(record, "RecallNumber")), text_of(record, "Title")
    if not title:
        raise RefusedError("The record has no title.")
    description, url = text_of(record, "Description"), address(text_of(record, "URL"))
    cause, harm = _joined(record, "Hazards"), _joined(record, "Injuries")
    products = records_of(record, "Products")
    product = "; ".join(dict.fromkeys(texts_of(record, "Products", "Name")))
    units, quantity = _quantity(products)
    sold, firms, shops = _firms(record)
    return Notice(
        number=number,
        title=title,
        announced_on=read_date(text_of(record, "RecallDate")),
        kind="warning" if is_warning(title, url) else "recall",
        url=url,
        company=recalling_firm(title, firms),
        firms=firms + shops,
        product=product,
        models=stated_models(texts_of(record, "Products", "Model")) or read_models(product, description),
        category="; ".join(dict.fromkeys(texts_of(record, "Products", "Type"))),
        quantity=quantity,
        raw_units=units,
        sale=read_sale(sold),
        raw_sold=sold,
        harm=read_harm(harm),
        raw_harm=harm,
        hazards=read_hazards(title, cause),
        cause=cause,
        remedies=read_remedies(texts_of(record, "RemedyOptions", "Option")),
        joint_with=_sister_recalls(record),
        expands=read_expansions(number, (title, description), quantity),
        includes=read_inclusions(number, quantity),
    )


def _refuse_error(record: object) -> None:
    if isinstance(record, dict) and record.get("RecallID") == 0:
        told = text_of(record, "Title") or text_of(record, "Description") or "no words"
        raise RefusedError(f"The service answered with an error instead of a recall: {told[:200]}")


def _joined(record: dict, name: str) -> str:
    return " ".join(texts_of(record, name, "Name"))


def _quantity(products: list[dict]) -> tuple[str, Reading]:
    """One product a recall nowadays; of several, a quantity is read if it is the only one."""
    texts = [text for product in products if (text := text_of(product, "NumberOfUnits"))]
    if len(texts) > 1:
        return "; ".join(texts), Reading(refused=SEVERAL)
    return (texts[0], read_quantity(texts[0], REGION)) if texts else ("", Reading())


def _firms(record: dict) -> tuple[str, tuple[Firm, ...], tuple[Firm, ...]]:
    """Return the sold-at text, the firms with their roles, and the shops that the sold-at text names.

    A retailer is mostly the sentence on where, when and for how much the product was sold; a seller may also
    stand there with its seat, like an importer.
    """
    firms, sold = [], []
    for name, role in ROLES.items():
        for text in texts_of(record, name, "Name"):
            firms += read_firms(text, role)
    for text in texts_of(record, "Retailers", "Name"):
        sellers = read_firms(text, "retailer", seated=True)
        firms += sellers
        sold += [] if sellers else [text]
    text = " ".join(sold)
    shops = tuple(dict.fromkeys(shop for text in sold for shop in read_retailers(text, tuple(firms))))
    return text, tuple(dict.fromkeys(firms)), shops


def _sister_recalls(record: dict) -> tuple[str, ...]:
    found = (address(text) for text in texts_of(record, "Inconjunctions", "URL"))
    return tuple(url for url in dict.fromkeys(found) if url)
