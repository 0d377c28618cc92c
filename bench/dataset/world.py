"""What the batches are about: regions, regulators, companies and their names, product models, cells."""

from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate

from bench.dataset import words
from evidence.models import Source
from recalls.models import Region, Regulator
from suppliers.models import (
    BatteryCell,
    CellSource,
    Citation,
    Company,
    CompanyAlias,
    ProductCategory,
    ProductModel,
)

COLUMNS = {
    Region: ("code", "name", "currency"),
    Regulator: ("slug", "abbreviation", "name", "region_id"),
    Company: ("slug", "name", "legal_name", "country", "is_reviewed"),
    CompanyAlias: ("company_id", "name", "language"),
    ProductCategory: ("slug", "name"),
    ProductModel: ("slug", "company_id", "model_number", "name", "category_id", "capacity_mah"),
    BatteryCell: ("supplier_id", "designation", "chemistry"),
    CellSource: (
        "is_published",
        "product_model_id",
        "supplier_id",
        "cell_id",
        "basis",
        "grade",
        "answer",
    ),
    Citation: ("source_id", "cell_source_id"),
}


class Skewed:
    """Numbers from 0 below `count`, of which few are drawn most often: as few firms have most recalls."""

    def __init__(self, count, steepness):
        self.weights = list(accumulate((position + 3) ** -steepness for position in range(count)))

    def draw(self, chance):
        return bisect(self.weights, chance.random() * self.weights[-1])


@dataclass
class World:
    """What a batch draws from."""

    companies: list = field(default_factory=list)  # (id, name)
    local: dict = field(default_factory=dict)  # company id and language: the name in it
    models: dict = field(default_factory=dict)  # company id: [(id, number, position of its product)]
    all_models: list = field(default_factory=list)
    regulators: dict = field(
        default_factory=dict
    )  # region id: ([(id, slug, abbreviation)], cumulated shares)
    drawn: Skewed = None


def made(tables, chance, rows: int) -> World:
    """All of it written; smaller where there are few batches, of which some companies have none."""
    world = World(drawn=Skewed(min(20_000, max(20, rows // 2)), 0.95))
    _places(tables, world)
    _companies(tables, world, chance)
    _models(tables, world, chance, min(5_000, max(20, rows // 2)))
    _cells(tables, world, chance, min(200, max(5, rows // 50)))
    return world


def _places(tables, world):
    ids = {code: tables.add(Region, code, name, currency) for code, name, currency, _ in words.REGIONS}
    for code, slug, abbreviation, name, share in words.REGULATORS:
        number = tables.add(Regulator, slug, abbreviation, name, ids[code])
        there, shares = world.regulators.setdefault(ids[code], ([], []))
        there.append((number, slug, abbreviation))
        shares.append(share + (shares[-1] if shares else 0))


def _companies(tables, world, chance):
    for position in range(len(world.drawn.weights)):
        name, country, others = _names(chance, position)
        legal = f"{name} {chance.choice(words.FIRMS)}" if chance.random() < 0.3 else ""
        slug = f"{name.split()[0].lower() if name.isascii() else 'company'}-{position}"
        number = tables.add(Company, slug, name, legal, country, chance.random() < 0.4)
        world.companies.append((number, name))
        for other, language in others:
            tables.add(CompanyAlias, number, other, language)
            world.local.setdefault((number, language), other)


def _names(chance, position):
    """A name, its country, and the names in other scripts; about one in five is written in one of these."""
    if position < len(words.BRANDS):
        return words.BRANDS[position]
    draw = chance.random()
    if draw < 0.14:
        others = [(_latin(chance), "en")] if chance.random() < 0.4 else []
        return _letters(chance, words.CHINESE, 2, 4) + chance.choice(words.CHINESE_FIRMS), "CN", others
    if draw < 0.2:
        return _letters(chance, words.KATAKANA, 3, 6) + chance.choice(words.JAPANESE_FIRMS), "JP", []
    others = [(_letters(chance, words.CHINESE, 2, 3), "zh")] if chance.random() < 0.15 else []
    country = chance.choice(["US", "US", "CN", "CA", "DE", ""])
    return f"{_latin(chance)} {chance.choice(words.FIRMS)}", country, others


def _letters(chance, letters, least, most):
    return "".join(chance.choices(letters, k=chance.randint(least, most)))


def _latin(chance):
    return chance.choice(words.BEGINNINGS) + chance.choice(words.MIDDLES) + chance.choice(words.ENDINGS)


def _models(tables, world, chance, count):
    categories = [_category(tables, english) for english, *_ in words.PRODUCTS]
    _model(tables, world, chance, 1, "A1263", 0, categories)
    taken = {(1, "A1263")}
    while len(taken) < count:
        company = world.companies[world.drawn.draw(chance)][0]
        printed = _number(chance, company)
        if (company, printed) not in taken:
            taken.add((company, printed))
            _model(tables, world, chance, company, printed, chance.randrange(len(categories)), categories)


def _category(tables, english):
    return tables.add(ProductCategory, english.lower().replace(" ", "-").replace("'", ""), english)


def _model(tables, world, chance, company, printed, product, categories):
    mah = chance.choice([5000, 10_000, 20_000]) if product == 0 and chance.random() < 0.7 else None
    name = f"{words.PRODUCTS[product][0][:-1]} {printed[-2:]}" if chance.random() < 0.5 else ""
    slug = f"model-{printed.lower()}-{company}"
    model = tables.add(ProductModel, slug, company, printed, name, categories[product], mah)
    world.models.setdefault(company, []).append((model, printed, product))
    world.all_models.append((model, printed, product))


def _number(chance, company):
    """Anker's as Anker prints them; such as PB20-117 or MK0456K of the others."""
    if company == 1:
        return f"A{chance.randint(1100, 1999)}"
    if chance.random() < 0.5:
        letters = chance.choice("BKMPX") + chance.choice("BCKT")
        return f"{letters}{chance.randint(10, 99)}-{chance.randint(100, 999)}"
    letters = chance.choice("ADEHMR") + chance.choice("AKZ")
    return f"{letters}{chance.randint(1000, 9999)}{chance.choice(['', 'K', 'B'])}"


def _cells(tables, world, chance, suppliers):
    """Suppliers are companies further down the list; half of the models have a cell source, some two."""
    first = len(world.companies) // 4
    cells = [
        [tables.add(BatteryCell, first + supplier, f"INR{18650 + cell}", "lithium-ion") for cell in range(3)]
        for supplier in range(suppliers)
    ]
    likely = Skewed(suppliers, 1.1)
    for model, *_ in world.all_models:
        for supplier in {likely.draw(chance) for _ in range(chance.choice([0, 0, 1, 1, 2]))}:
            cell = chance.choice(cells[supplier]) if chance.random() < 0.5 else None
            _cell_source(tables, chance, model, first + supplier, cell)


BASES = [("regulator", "official"), ("press report", "reported"), ("teardown", "inferred")]


def _cell_source(tables, chance, model, supplier, cell):
    link = tables.add(
        CellSource, chance.random() < 0.95, model, supplier, cell, *chance.choice(BASES), "not stated"
    )
    url = f"https://press.example/{link}"
    title = f"Whose cells are in them, part {link}"
    source = tables.add(Source, f"press-{link}", title, "Battery Weekly", "news", url, None, "en")
    tables.add(Citation, source, link)
