"""Plain functions that make records for tests. Each fills in whatever a test does not name."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from string import ascii_lowercase

from evidence.figures import Grade, Precision
from evidence.models import Source
from recalls import models as recalls
from suppliers import models as suppliers
from suppliers.choices import Basis, CertificateState, ClaimKind

REGIONS = {
    "CA": ("Canada", "CAD"),
    "CN": ("China", "CNY"),
    "EU": ("European Union", "EUR"),
    "GB": ("United Kingdom", "GBP"),
    "JP": ("Japan", "JPY"),
    "US": ("United States", "USD"),
}
# Letters, so that no figure a test looks for on a page stands there by chance.
_words = map("".join, product(ascii_lowercase, repeat=4))


def region(code="US"):
    name, currency = REGIONS[code]
    return recalls.Region.objects.get_or_create(code=code, defaults={"name": name, "currency": currency})[0]


def regulator(abbreviation="CPSC", region_code="US"):
    return recalls.Regulator.objects.get_or_create(
        abbreviation=abbreviation,
        defaults={"slug": abbreviation.lower(), "name": abbreviation, "region": region(region_code)},
    )[0]


def company(name="Anker", **fields):
    slug = fields.pop("slug", None) or f"company-{next(_words)}"
    return suppliers.Company.objects.get_or_create(name=name, defaults={"slug": slug, **fields})[0]


def alias(company, name, language="zh"):
    return suppliers.CompanyAlias.objects.create(company=company, name=name, language=language)


def category(name="power bank"):
    slug = name.replace(" ", "-")
    return suppliers.ProductCategory.objects.get_or_create(name=name, defaults={"slug": slug})[0]


def product_model(model_number="A1263", **fields):
    fields = {"company": company, "category": category, **fields}
    fields = {name: value() if callable(value) else value for name, value in fields.items()}
    slug = fields.pop("slug", f"model-{next(_words)}")
    return suppliers.ProductModel.objects.get_or_create(
        company=fields.pop("company"), model_number=model_number, defaults={"slug": slug, **fields}
    )[0]


def source(**fields):
    word = next(_words)
    fields = {"title": f"Notice {word}", "publisher": "CPSC", "kind": "notice", "language": "en", **fields}
    return Source.objects.create(**{"slug": f"source-{word}", "url": f"https://example.org/{word}", **fields})


def cite(record, link=None, **fields):
    """Cite a source, a new one unless named, for any record of either app."""
    app = recalls if record._meta.app_label == "recalls" else suppliers
    link = link or _link(app.Citation, record)
    fields = {"source": fields.pop("source", None) or source(), **fields}
    return app.Citation.objects.create(**{link: record}, **fields)


def _link(citation, record):
    return next(f.name for f in citation._meta.fields if f.related_model is type(record))


def incident(title="Power banks of 2025", published=False, **fields):
    fields = {"company": fields.pop("company", None) or company(), "opened_on": date(2025, 6, 12), **fields}
    slug = fields.pop("slug", f"incident-{next(_words)}")
    return recalls.Incident.objects.create(slug=slug, title=title, is_published=published, **fields)


def batch(title="A1263 power banks", region_code="US", published=False, units=None, **fields):
    """A batch; a published one is cited, and `units` is an exact, official number of them."""
    word = next(_words)
    fields = {
        "slug": f"batch-{word}",
        "company": fields.pop("company", None) or company(),
        "region": region(region_code),
        "regulator": fields.pop("regulator", None) or regulator(),
        "announced_on": date(2025, 6, 12),
        **figure("units", units),
        **fields,
    }
    record = recalls.RecallBatch.objects.create(title=title, is_published=published, **fields)
    if published:
        cite(record)
    return record


def figure(name, number):
    if number is None:
        return {}
    return {
        f"{name}_low": number,
        f"{name}_high": number,
        f"{name}_precision": Precision.EXACT,
        f"{name}_grade": Grade.OFFICIAL,
    }


def recalled_product(batch, product_model, units=None, **fields):
    return recalls.RecalledProduct.objects.create(
        batch=batch, product_model=product_model, **figure("units", units), **fields
    )


def cell(supplier=None, designation="18650"):
    supplier = supplier or company("Apex")
    return suppliers.BatteryCell.objects.create(supplier=supplier, designation=designation)


def cell_source(product_model, supplier=None, **fields):
    fields = {"basis": Basis.REGULATOR, "grade": Grade.OFFICIAL, **fields}
    return _claim(
        suppliers.CellSource, product_model=product_model, supplier=supplier or company("Apex"), **fields
    )


def ownership(owner, owned, **fields):
    return _claim(suppliers.Ownership, owner=owner, owned=owned, **{"grade": Grade.COMPANY, **fields})


def agreement(supplier, buyer, **fields):
    return _claim(
        suppliers.SupplyAgreement, supplier=supplier, buyer=buyer, **{"grade": Grade.REPORTED, **fields}
    )


def certificate(company, **fields):
    fields = {"scheme": "3C", "state": CertificateState.REVOKED, "grade": Grade.OFFICIAL, **fields}
    return _claim(suppliers.Certificate, company=company, **fields)


def claim(about, text="It changed a material.", **fields):
    fields = {"kind": ClaimKind.CAUSE, "said_by": "a newspaper", "grade": Grade.ALLEGED, **fields}
    return _claim(suppliers.Claim, about=about, text=text, **fields)


def _claim(model, published=False, **fields):
    record = model.objects.create(is_published=published, **fields)
    if published:
        cite(record)
    return record


def import_run(state="finished", **fields):
    started = fields.pop("started_at", datetime(2025, 6, 20, 3, tzinfo=UTC))
    fields = {"format": "cpsc-api", "regulator": regulator(), "retrieved_at": started, **fields}
    if state != "running":
        fields = {"finished_at": started + timedelta(seconds=75), **fields}
    return recalls.ImportRun.objects.create(state=state, started_at=started, **fields)


def notice_record(number="25-338", run=None, seen=datetime(2025, 6, 20, 3, tzinfo=UTC), **fields):
    run = run or import_run()
    fields = {"regulator": run.regulator, "format": run.format, "raw": '{"RecallNumber": "25338"}', **fields}
    return recalls.NoticeRecord.objects.create(
        number=number,
        run=run,
        sha256=f"{next(_words):0>64}",
        first_seen_at=seen,
        last_seen_at=seen,
        **fields,
    )


def imported(batch, units_refused="", record=None, **fields):
    """Note that an import made a batch."""
    return recalls.ImportedBatch.objects.create(
        batch=batch, record=record or notice_record(is_current=False), units_refused=units_refused, **fields
    )


def revision(batch, field="units", old=None, new=None, **fields):
    """A regulator's change of a figure, seen on 20 June and changed by 1 July 2025."""
    before = fields.pop("old_record", None) or notice_record(is_current=False)
    after = fields.pop("new_record", None) or notice_record(
        seen=datetime(2025, 7, 1, 3, tzinfo=UTC), is_current=False
    )
    values = {"old_text": f"{old:,}" if old else "", "new_text": f"{new:,}" if new else ""}
    values |= {
        f"{name}_{end}": value for name, value in (("old", old), ("new", new)) for end in ("low", "high")
    }
    return recalls.Revision.objects.create(
        batch=batch, field=field, old_record=before, new_record=after, **values | fields
    )


def difference(batch, field="units", **fields):
    fields = {"ours": "1,158,000", "theirs": "≈ 1,160,000", **fields}
    return recalls.Difference.objects.create(
        batch=batch,
        field=field,
        record=fields.pop("record", None) or notice_record(is_current=False),
        found_at=datetime(2025, 7, 1, 3, tzinfo=UTC),
        **fields,
    )
