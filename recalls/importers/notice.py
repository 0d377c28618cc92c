"""A regulator's notice as plain data: what every format is read into, and what the importer writes.

A format is one module with `REGULATOR` (slug), `FORMAT` (its name), `REGION` (the regulator's own) and two
functions: `records(stream)` yields the raw records of a binary stream, `read(record)` turns one of them into
a `Notice` or raises `RefusedError` with the reason. Both are pure: no database, no clock. `recognises(head)` tells
a file's format by its first bytes. A format whose only date moves with every edit says `FIRST_DAY_STANDS = True`.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from evidence.partial_dates import PartialDate
from recalls.importers.quantities.reading import Reading


class RefusedError(Exception):
    """A record that can't become a notice at all; the message is the reason in plain words, for staff."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A company that a notice names.

    role: manufacturer, importer, distributor, retailer; empty for the one that recalls. name: as written,
    cleaned of place and role. country: ISO 3166-1 alpha-2, empty where not stated. trading_as: the name under
    which it does business ("dba BaoD"), empty where none is stated.
    """

    name: str
    role: str = ""
    country: str = ""
    trading_as: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A product model that the text names: its number as printed on the product, and its name if any."""

    number: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """What a sold-at text says. Prices of one unit in `currency`; None and empty where not stated.

    problem: why a part of the text was not read, empty where all of it was.
    """

    sold_from: PartialDate | None = None
    sold_until: PartialDate | None = None
    price_low: Decimal | None = None
    price_high: Decimal | None = None
    currency: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Harm:
    """What had happened, as far as a text states it: counts, None where not stated (0 only if it says none).

    Property damage in money as low, high and precision (exact, approximate, at_least, at_most, range,
    unknown); “over $60,700” is 60700, None, at_least.
    """

    reports: int | None = None
    injuries: int | None = None
    deaths: int | None = None
    damage_reports: int | None = None
    damage_low: Decimal | None = None
    damage_high: Decimal | None = None
    damage_precision: str = "unknown"
    damage_currency: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of a regulator, cleaned (no entities, no no-break spaces), unknown left empty or None.

    number: as the regulator writes it, in one form for all its formats (25-338). kind: recall or warning.
    company: the firm that recalls, with the role empty; None where the notice names none. quantity: the
    reading of `raw_units`; a Reading without units and without a reason where the format has no quantities.
    hazards, remedies: values of the closed lists. cause: the hazard text. joint_with: addresses of the same
    recall at other regulators. expands: notice numbers of earlier recalls that this one widens; includes: those
    of them whose units are inside its figure. upgrades: number of the warning that this recall follows up.
    `raw_*`: the texts as published, cleaned.
    """

    number: str
    title: str
    announced_on: date
    kind: str = "recall"
    url: str = ""
    language: str = "en"
    company: Firm | None = None
    firms: tuple[Firm, ...] = ()
    product: str = ""
    models: tuple[Model, ...] = ()
    category: str = ""
    quantity: Reading = field(default_factory=Reading)
    raw_units: str = ""
    sale: Sale = field(default_factory=Sale)
    raw_sold: str = ""
    harm: Harm = field(default_factory=Harm)
    raw_harm: str = ""
    hazards: tuple[str, ...] = ()
    cause: str = ""
    remedies: tuple[str, ...] = ()
    joint_with: tuple[str, ...] = ()
    expands: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    upgrades: str = ""
