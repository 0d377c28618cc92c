"""Notices in the shape of CPSC's API: as skewed, as long and as varied as the real ones, the same in every run."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

MAKERS = [
    "Anker",
    "Belkin",
    "ESR",
    "Baseus",
    "Ugreen",
    "Romoss",
    "Zendure",
    "Lumina",
    "Homestead",
    "Kidaroo",
    "Trailhead",
]
FIRMS = [
    "Innovations",
    "Trading Co., Ltd.",
    "Home Products Inc.",
    "Technology Limited",
    "Outdoor LLC",
    "Imports Inc.",
]
SEATS = [
    "Boston, Massachusetts",
    "Seattle, Washington",
    "China",
    "Hong Kong",
    "New York, New York",
    "Taiwan",
    "Atlanta, Georgia",
]
PRODUCTS = [
    "Power Banks", "Portable Heaters", "Desk Lamps", "Children's Pajamas", "Infant Walkers", "Ladders", "Helmets",
    "Gas Ranges", "Candles", "Air Fryers", "Toy Sets", "Recliners", "Dressers", "E-Bikes", "Pressure Cookers",
]  # fmt: skip
HAZARDS = [
    ("Fire Hazard", "The lithium-ion battery can overheat and ignite, posing a fire hazard."),
    ("Fire and Burn Hazards", "The products can overheat, posing fire and burn hazards to consumers."),
    (
        "Fall Hazard",
        "The locking mechanism can fail to engage, posing a fall hazard and a risk of serious injury.",
    ),
    ("Choking Hazard", "Small parts can detach, posing a choking hazard to young children."),
    ("Laceration Hazard", "The glass can shatter unexpectedly, posing a laceration hazard."),
    ("Risk of Electric Shock", "A wire can come loose, posing a risk of electric shock."),
    ("Tip-Over and Entrapment Hazards", "The products are unstable if they are not anchored to the wall."),
]
SHOPS = [
    "Amazon.com",
    "Target stores nationwide",
    "Walmart stores nationwide and online at www.walmart.com",
    "Costco",
]
OPTIONS = ["Refund", "Repair", "Replace", "Dispose", "New Instructions"]
FILLER = (
    "The recalled products were sold in black, white and blue and measure about 10 inches long and 8 inches wide. The "
    "brand is printed on the front and the model number on a label on the underside. No other models are included. "
)


def notices(count: int, seed: int = 7) -> Iterator[dict]:
    """That many records, each with a number of its own; two in ten name units sold in Canada."""
    chance = random.Random(seed)
    for position in range(count):
        yield _notice(chance, position)


def _notice(chance, position):
    brand = f"{chance.choice(MAKERS)} {int(chance.paretovariate(0.7)) % 4000}"
    product, (hazard, cause) = chance.choice(PRODUCTS), chance.choice(HAZARDS)
    title = f"{brand} Recalls {product} Due to {hazard}"
    year, serial, letter = (
        10 + position // 26_000,
        position % 26_000 % 1000,
        "abcdefghijklmnopqrstuvwxyz"[position % 26_000 // 1000],
    )
    announced = date(2000 + year, 1, 1) + timedelta(days=chance.randrange(364))
    return {
        "RecallID": 20_000 + position,
        "RecallNumber": f"{year:02}{serial:03}{letter}",
        "RecallDate": f"{announced}T00:00:00",
        "Description": _description(chance, brand, product),
        "URL": f"https://www.cpsc.gov/Recalls/{2000 + year}/{position}-{product.replace(' ', '-')}",
        "Title": title,
        "LastPublishDate": f"{announced}T00:00:00",
        "Products": [
            {"Name": f"{brand} {product}", "Model": "", "Type": product, "NumberOfUnits": _units(chance)}
        ],
        "Injuries": [{"Name": _harm(chance)}],
        "Hazards": [{"Name": cause, "HazardType": ""}],
        "Retailers": [{"Name": _sold(chance, year), "CompanyID": ""}],
        "Importers": [
            {"Name": f"{brand} {chance.choice(FIRMS)}, of {chance.choice(SEATS)}", "CompanyID": ""}
        ],
        "Manufacturers": [],
        "Distributors": [],
        "RemedyOptions": [
            {"Option": option} for option in sorted({chance.choice(OPTIONS), chance.choice(OPTIONS)})
        ],
        "Remedies": [{"Name": "Consumers should immediately stop using the recalled products. " * 3}],
        "Inconjunctions": [],
    }


def _description(chance, brand, product):
    models = ", ".join(
        f"{chance.choice('ABKMX')}{chance.randrange(100, 5100)}"
        for _ in range(chance.choice([0, 1, 1, 2, 3]))
    )
    named = f" with model numbers {models}" if models else ""
    return f"This recall involves {brand} {product.lower()}{named}. " + FILLER * chance.choice([1, 2, 2, 8])


def _units(chance):
    size = chance.choice([100, 1000, 10_000, 100_000])
    units = f"About {chance.randrange(1, 100) * size // 10:,}"
    abroad = chance.randrange(1, 100) * size // 100 + 1
    return units + (f" (In addition, about {abroad:,} were sold in Canada)" if chance.random() < 0.2 else "")


def _harm(chance):
    if chance.random() < 0.5:
        return "None reported"
    reports = chance.randrange(2, 200)
    return (
        f"The firm has received {reports} reports of the products overheating, including two burn injuries."
    )


def _sold(chance, year):
    low = chance.randrange(5, 300)
    price = f"about ${low}" if chance.random() < 0.6 else f"between ${low} and ${low * 2}"
    return f"{chance.choice(SHOPS)} from March {1998 + year} through October {1999 + year} for {price}."
