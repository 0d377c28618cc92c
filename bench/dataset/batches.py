"""Recall batches with their products, remedies, companies, sources and citations."""

import json
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate

from bench.dataset import figures, words
from evidence.models import Source
from recalls.models import (
    BatchCompany,
    BatchRemedy,
    Citation,
    Incident,
    JointGroup,
    NoticeRecord,
    Progress,
    RecallBatch,
    RecalledProduct,
)

# What the database keeps of a batch's parts: written with the batch, as each would be written twice otherwise.
KEPT = [f.column for f in RecallBatch._meta.concrete_fields if f.column in ("models_text", "remedies_text")]
FIRST, DAYS = date(2011, 7, 1), 15 * 365
COLUMNS = {
    Source: ("slug", "title", "publisher", "kind", "url", "published_on", "language"),
    JointGroup: ("name",),
    Incident: ("slug", "title", "company_id", "opened_on", "closed_on", "state", "is_published"),
    RecallBatch: (
        *("is_published", "slug", "title", "kind", "basis", "incident_id", "company_id", "region_id"),
        *("regulator_id", "notice_number", "announced_on"),
        *("units_low", "units_high", "units_precision", "units_grade", "raw_units"),
        *("amount_low", "amount_high", "amount_precision", "amount_currency", "amount_grade"),
        *("price_low", "price_high", "price_currency", "price_grade"),
        *("sold_from", "sold_until", "raw_sold", "hazards", "cause"),
        *("reports", "injuries", "deaths", "damage_reports", "raw_harm"),
        *("damage_low", "damage_high", "damage_precision", "damage_currency"),
        *("joint_group_id", "expands_id", "upgrades_id", "counted_in_id", "note"),
        *KEPT,
    ),
    RecalledProduct: (
        *("batch_id", "product_model_id", "units_low", "units_high", "units_precision", "units_grade"),
        "serials",
    ),
    BatchRemedy: ("batch_id", "kind"),
    BatchCompany: ("batch_id", "company_id", "role"),
    Citation: (*("source_id", "batch_id", "incident_id", "figure", "stance", "stated_low", "stated_high"),),
    Progress: ("batch_id", "as_of", "rate_pct", "grade", "source_id"),
    NoticeRecord: (
        *("regulator_id", "number", "format", "raw", "sha256", "run_id", "first_seen_at", "last_seen_at"),
    ),
}
REMEDIES = ["refund", "replace", "repair", "dispose", "new instructions", "inspect", "voucher"]
REMEDY_SHARES = list(accumulate([55, 20, 15, 5, 3, 1, 1]))
ROLES = [("importer", 0.5), ("manufacturer", 0.25), ("retailer", 0.15), ("distributor", 0.08)]
CHINESE, JAPANESE = (
    {number for number, (code, *_) in enumerate(words.REGIONS, 1) if code in codes}
    for codes in (["CN", "HK", "TW"], ["JP"])
)
SEEN = "2026-07-01 00:00:00+00"


class Batches:
    """Writes one batch after the other, and remembers of them what later ones point to."""

    def __init__(self, tables, world, chance, rows, run):
        self.tables, self.world, self.chance, self.rows = tables, world, chance, rows
        self.run = run  # the import that read the records
        self.regions = list(enumerate((row[2] for row in words.REGIONS), 1))
        self.region_shares = list(accumulate(row[3] for row in words.REGIONS))
        self.product_shares = list(accumulate(row[4] for row in words.PRODUCTS))
        self.numbers = {}  # regulator and year: how many notices so far
        self.last = {}  # company: its last batch that is counted in no other
        self.joint = None  # what the next batch is announced together with
        self.incidents = {}

    def add_all(self, imported_of=10):
        self._incidents()
        for position in range(self.rows):
            self._batch(position, is_imported=position % imported_of == 0)
            self.tables.write_full()

    def _incidents(self):
        """A few hundred, most of them of the firms with most batches."""
        chance = self.chance
        for number in range(1, min(300, self.rows // 50) + 1):
            company, name = self.world.companies[self.world.drawn.draw(chance) if number > 1 else 0]
            opened = FIRST + timedelta(days=chance.randrange(DAYS))
            closed = opened + timedelta(days=500) if chance.random() < 0.6 else None
            slug, title = f"incident-{number}", f"{name} recalls of {opened.year}"
            state = "closed" if closed else "open"
            incident = self.tables.add(
                Incident, slug, title, company, opened, closed, state, number % 20 != 0
            )
            source = self.tables.add(Source, slug, title, "Daily News", "news", "", None, "en")
            self.tables.add(Citation, source, None, incident, "", "supports", None, None)
            self.incidents.setdefault(company, []).append((opened, incident))

    def _day(self, position):
        """Mostly in the order of their numbers, as they came in; three in ten were entered later."""
        if self.chance.random() < 0.3:
            return FIRST + timedelta(days=self.chance.randrange(DAYS))
        day = position * DAYS // self.rows + int(self.chance.gauss(0, 30))
        return FIRST + timedelta(days=min(max(day, 0), DAYS - 1))

    def _batch(self, position, is_imported):
        chance, world = self.chance, self.world
        group, company, name, product, lines, day = self.joint or self._new(position)
        self.joint = None
        region, currency = chance.choices(self.regions, cum_weights=self.region_shares)[0]
        there, shares = world.regulators[region]
        regulator, slug, abbreviation = chance.choices(there, cum_weights=shares)[0]
        if group is None and chance.random() < 0.04:
            group = self.tables.add(JointGroup, f"{name} {product[0]}, announced {day} ({position})")
            self.joint = group, company, name, product, lines, day
        number = self._number(regulator, day.year)
        title = self._title(region, company, name, product, lines)
        units = figures.units(chance, slug)
        price = figures.price(chance, currency)
        first, last, raw_sold = figures.sold(chance, day, price)
        *harm, raw_harm = figures.harm(chance)
        hazards, cause = self._hazards(product[3])
        published = chance.random() >= 0.02
        remedies = self._remedies()
        batch = self.tables.add(
            RecallBatch,
            *(published, f"{slug}-{number}", title),
            "warning" if chance.random() < 0.06 else "recall",
            chance.choices(["voluntary", "ordered", "not stated"], [60, 8, 32])[0],
            self._incident(company, day),
            *(company, region, regulator, number, day),
            *units,
            *figures.amount(chance, currency, units[0]),
            *price,
            *(first, last, raw_sold, hazards, cause),
            *(*harm, raw_harm),
            *figures.damage(chance, currency),
            group,
            *self._earlier(company),
            "The notice names further models by their pictures only." if chance.random() < 0.03 else "",
            *_texts(lines, remedies),
        )
        self._lines(batch, lines, units)
        self._offers(batch, company, remedies)
        source = self._cited(batch, slug, number, title, abbreviation, day, units)
        if chance.random() < 0.02:
            rate = round(chance.uniform(1, 90), 1)
            self.tables.add(Progress, batch, day + timedelta(days=90), rate, "official", source)
        if is_imported:
            self._record(regulator, number, title, cause, units[4], raw_sold, raw_harm)

    def _new(self, position):
        """Company, product and models of a batch that no earlier one was announced with."""
        chance, world = self.chance, self.world
        company, name = world.companies[world.drawn.draw(chance)]
        pool = world.models.get(company) or world.all_models
        count = min(len(pool), chance.choices((0, 1, 2, 3), (25, 45, 20, 10))[0])
        lines = chance.sample(pool, count)
        if lines:
            product = words.PRODUCTS[lines[0][2]]
        else:
            product = chance.choices(words.PRODUCTS, cum_weights=self.product_shares)[0]
        return None, company, name, product, lines, self._day(position)

    def _number(self, regulator, year):
        key = regulator, year
        self.numbers[key] = count = self.numbers.get(key, 0) + 1
        return f"{year % 100:02}-{count:03}"

    def _title(self, region, company, name, product, lines):
        english, chinese, japanese, hazards, _ = product
        local = self.world.local.get
        printed = f" {lines[0][1]}" if lines and self.chance.random() < 0.6 else ""
        if region in CHINESE:
            return f"{local((company, 'zh'), name)}召回部分{chinese}{printed}"
        if region in JAPANESE:
            return f"{local((company, 'ja'), name)} {japanese}{printed} リコール"
        return f"{name} Recalls {english}{printed} Due to {hazards[0].title()} Hazard"

    def _hazards(self, likely):
        chance = self.chance
        count = chance.choices((0, 1, 2), (2, 60, 38))[0]
        hazards = likely[:count] if chance.random() < 0.9 else ["other"]
        cause = " ".join(words.CAUSES[hazard] for hazard in hazards)
        names = ",".join(f'"{hazard}"' for hazard in hazards)
        return f"{{{names}}}", cause + words.FURTHER * chance.choices((0, 1, 3), (60, 35, 5))[0]

    def _incident(self, company, day):
        for opened, incident in self.incidents.get(company, ()):
            if 0 <= (day - opened).days < 200:
                return incident
        return None

    def _earlier(self, company):
        """What it expands, what it upgrades and what it is counted in: nearly always nothing."""
        batch, before = self.tables.counts[RecallBatch] + 1, self.last.get(company)
        draw = self.chance.random()
        if before and draw < 0.012:
            return None, None, before
        self.last[company] = batch
        if before and draw < 0.03:
            return before, None, None
        return None, before if before and draw < 0.033 else None, None

    def _lines(self, batch, lines, units):
        for model, printed, _ in lines:
            own = figures.NONE
            if len(lines) > 1 and units[0] and self.chance.random() < 0.25:
                number = units[0] // len(lines)
                own = number, number, "approximate", "official"
            serials = f"{printed}-0001 to {printed}-9999" if self.chance.random() < 0.1 else ""
            self.tables.add(RecalledProduct, batch, model, *own, serials)

    def _remedies(self):
        count = self.chance.choices((0, 1, 2), (4, 76, 20))[0]
        return sorted({*self.chance.choices(REMEDIES, cum_weights=REMEDY_SHARES, k=count)})

    def _offers(self, batch, company, remedies):
        for kind in remedies:
            self.tables.add(BatchRemedy, batch, kind)
        for role, share in ROLES:
            if self.chance.random() < share:
                other = company if role == "importer" else self._company()
                self.tables.add(BatchCompany, batch, other, role)

    def _company(self):
        return self.world.companies[self.world.drawn.draw(self.chance)][0]

    def _cited(self, batch, slug, number, title, publisher, day, units):
        """The notice, and now and then a newspaper that rounds or contradicts it."""
        url = f"https://www.{slug}.example/recalls/{batch}"
        found_on = f"[{day},{day + timedelta(days=1)})"
        source = self.tables.add(
            Source, f"{slug}-{number}"[:50], title, publisher, "notice", url, found_on, "en"
        )
        self.tables.add(Citation, source, batch, None, "", "supports", None, None)
        if units[0] and self.chance.random() < 0.03:
            stance = self.chance.choice(["supports", "rounds", "contradicts"])
            stated = units[0] if stance == "supports" else units[0] * 1.1
            news = self.tables.add(
                Source, f"news-{batch}", f"News: {title}", "Daily News", "news", f"{url}/news", found_on, "en"
            )
            self.tables.add(Citation, news, batch, None, "units", stance, f"{stated:.2f}", f"{stated:.2f}")
        return source

    def _record(self, regulator, number, title, *texts):
        raw = json.dumps({"RecallNumber": number, "Title": title, "Texts": texts}, ensure_ascii=False)
        digest = sha256(raw.encode()).hexdigest()
        escaped = raw.replace("\\", "\\\\")
        self.tables.add(NoticeRecord, regulator, number, "bench", escaped, digest, self.run, SEEN, SEEN)


def _texts(lines, remedies):
    """The texts of `KEPT`, in the order of the columns."""
    texts = {"models_text": sorted(printed for _, printed, _ in lines), "remedies_text": remedies}
    return ["; ".join(texts[name]) or None for name in KEPT]
