"""A format for tests of the importer itself: records that are nearly notices already."""

from datetime import date
from decimal import Decimal

from evidence.partial_dates import PartialDate
from recalls.importers.notice import Firm, Harm, Model, Notice, RefusedError, Sale
from recalls.importers.quantities import read_quantity

FORMAT, REGULATOR, REGION = "plain", "cpsc", "US"


def recognises(head):
    return False


def read(record):
    if not record.get("number"):
        raise RefusedError("It has no notice number.")
    company = record.get("company", "Anker")
    price = Decimal(record["price"]) if "price" in record else None
    return Notice(
        number=record["number"],
        title=record.get("title", "Power banks"),
        announced_on=date.fromisoformat(record.get("day", "2025-06-12")),
        kind=record.get("kind", "recall"),
        url=record.get("url", ""),
        company=Firm(company) if company else None,
        firms=tuple(Firm(name, "importer", "US") for name in record.get("importers", [])),
        models=tuple(Model(number) for number in record.get("models", [])),
        quantity=read_quantity(record.get("units", "About 1,000")),
        raw_units=record.get("units", "About 1,000"),
        sale=Sale(
            sold_from=PartialDate.parse(record["sold_from"]) if "sold_from" in record else None,
            price_low=price,
            price_high=price,
            currency="USD",
        ),
        harm=Harm(reports=record.get("reports"), injuries=record.get("injuries")),
        hazards=tuple(record.get("hazards", ["fire"])),
        remedies=tuple(record.get("remedies", ["refund"])),
        cause=record.get("cause", "They can overheat."),
        joint_with=tuple(record.get("joint_with", [])),
        expands=tuple(record.get("expands", [])),
        includes=tuple(record.get("includes", [])),
        upgrades=record.get("upgrades", ""),
    )
