"""The kept search texts find the same rows as comparing every text with every word."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evidence.models import Source
from listing.search import any_of, every_word
from recalls.models import RecallBatch
from suppliers.merging import merge
from suppliers.models import Company, CompanyAlias, ProductModel
from suppliers.unmerging import undo
from tests import factory

pytestmark = pytest.mark.django_db

TITLES = [
    "PowerCore 100% power_banks",
    "安克创新召回部分A1263移动电源，存在起火隐患",
    "モバイルバッテリーの回収（発火のおそれ）",
    "Café Crème brûlée ÉCLAIR",
    "Straße STRASSE ẞ İstanbul ıI",
    "ΟΔΟΣ οδοσα ὈΔΥΣΣΕΎΣ",
    r"back\slash 'quoted' \"double\"",
    "Q-Tip X9- Jazz 𝕏 👩‍👩‍👧",
    "MC10-840 – dash",
    "Ａ１２６３ wide",
    "a\x1fb separated",
    "Cells e\u0301 combining",
]
WORDS = r"""
100% % r_b 1%0 power_banks a1263 A1263 26 63 3移 安克 安 克创 移动电源 起火隐患 克X 電 回収 回収（ （発 café CAFÉ é É éc
lai e q Q q- -t X9 x9- jA 𝕏 👩 ß straße strasse ss ẞ İ i ı I ist οδος ΟΔΟΣ οδο σα ς \ k\s ' " quoted
mc10 10-8 0-840 – a126 Ａ１ ａ b ab mb zz zzz 龘 龘龘 25-338 25338 2533-8 5-33 - -- --- ank 安创 gmbh core10
10000 us batch 9-
""".split()  # noqa: SIM905
WORDS += ["e\u0301", "\u0301"]


@pytest.fixture
def records():
    anker = factory.company("Anker GmbH", slug="anker", legal_name="Änker 100%_\\")
    factory.alias(anker, "安创新")
    model = factory.product_model("Z-9（特）", company=anker, name="Core10 10000")
    for number, title in enumerate(TITLES):
        company = anker if number % 3 == 0 else factory.company(f"Firm {'abcdefghijkl'[number]}")
        batch = factory.batch(title, company=company, notice_number="25-338" if number == 2 else "")
        if number % 4 == 1:
            factory.recalled_product(batch, model)
        factory.source(title=title, publisher="Ｐress")


def texts_of(batch):
    """Every text that a word may be a part of, in the database's own upper case."""
    company = batch.company
    names = [company.name, company.legal_name, company.slug, *company.aliases.values_list("name", flat=True)]
    models = batch.products.values_list("product_model__model_number", "product_model__name")
    return [batch.title, batch.slug, batch.notice_number, *names, *(text for pair in models for text in pair)]


def upper(*texts):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT upper(text) FROM unnest(%s) WITH ORDINALITY AS t (text, n) ORDER BY n", [list(texts)]
        )
        return [text for (text,) in cursor]


def is_found(batch, text):
    """The reference, in Python: every word is a part of one of the texts, or of the number without hyphens."""
    texts, code = upper(*texts_of(batch)), upper(batch.notice_number.replace("-", ""))[0]
    words = upper(*text.split()) if text.split() else []
    bare = [word.replace("-", "") or word for word in words]
    return all(
        any(word in text for text in texts) or less in code for word, less in zip(words, bare, strict=True)
    )


def found(queryset):
    return set(queryset.values_list("pk", flat=True))


def expected(text):
    return {batch.pk for batch in RecallBatch.objects.all() if is_found(batch, text)}


def test_batches_are_found_as_by_comparing_every_text(records):
    wrong = [word for word in WORDS if found(RecallBatch.objects.matching(word)) != expected(word)]
    assert wrong == []


def test_and_by_the_index_alone(records):
    """Small tables are read whole; with that made dear, the index has to find the same."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    wrong = [word for word in WORDS if found(RecallBatch.objects.matching(word)) != expected(word)]
    assert wrong == []


def test_sources_companies_and_models_are_found_as_by_comparing_every_text(records):
    names = any_of_each("title", "publisher", "slug", "url")
    numbers = any_of_each("model_number", "name")
    for word in WORDS:
        assert found(Source.objects.matching(word)) == found(Source.objects.filter(names(word))), word
        assert found(ProductModel.objects.numbered(word)) == found(ProductModel.objects.filter(numbers(word)))
        companies = any_of_each("name", "legal_name", "slug", "aliases__name")(word)
        assert found(Company.objects.matching(word)) == found(Company.objects.filter(companies)), word


def any_of_each(*paths):
    return lambda text: every_word(text, lambda word: any_of(word, *paths))


def numbers_found(text):
    return sorted(RecallBatch.objects.matching(text).values_list("notice_number", flat=True))


def test_several_words_may_stand_in_different_texts():
    batch = factory.batch("Lamps", company=factory.company("Anker"), notice_number="25-1")
    factory.recalled_product(batch, factory.product_model("K7"))
    assert numbers_found("lamps anker k7 251") == ["25-1"]
    assert numbers_found("lamps anker k8") == []


def test_a_word_is_not_found_across_two_texts():
    factory.batch("Lamp", slug="s-1", notice_number="25-1")
    assert numbers_found("lamps") == []
    assert numbers_found("125") == []


def test_a_title_is_not_found_by_a_word_without_its_hyphen():
    factory.batch("Powercore", notice_number="25-1")
    assert numbers_found("power-core") == []


@pytest.mark.parametrize("name", ["ROMOSS", "罗马"])
def test_a_renamed_company_is_found_by_its_new_name(name):
    company = factory.company("Anker")
    factory.batch(company=company, notice_number="25-1")
    Company.objects.filter(pk=company.pk).update(name=name)
    assert numbers_found(name.lower()) == ["25-1"]
    assert numbers_found("anker") == []


def test_an_alias_finds_as_long_as_it_is_there():
    company = factory.company("Anker")
    factory.batch(company=company, notice_number="25-1")
    factory.alias(company, "安克")
    assert numbers_found("安克") == ["25-1"]
    CompanyAlias.objects.all().delete()
    assert numbers_found("安克") == []


def test_merged_companies_are_found_by_both_names_and_by_one_after_the_undo(admin_user):
    kept, merged = factory.company("Anker"), factory.company("Zolo")
    factory.batch(company=kept, notice_number="25-1")
    factory.batch(company=merged, notice_number="25-2")
    record = merge(kept, merged, admin_user)
    assert numbers_found("zolo") == ["25-1", "25-2"]
    undo(record, admin_user)
    assert numbers_found("zolo") == ["25-2"]


def test_a_model_is_found_by_its_new_number_and_in_its_new_batch():
    model = factory.product_model("A1263")
    line = factory.recalled_product(factory.batch("One", notice_number="25-1"), model)
    ProductModel.objects.update(model_number="K77")
    line.batch = factory.batch("Two", notice_number="25-2")
    line.save()
    assert numbers_found("k77") == ["25-2"]
    assert numbers_found("a1263") == []


def test_a_batch_changed_in_plain_sql_is_found_by_what_it_says_now():
    batch = factory.batch("Lamps", notice_number="25-1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE recalls_recallbatch SET title = 'Ladders' WHERE id = %s", [batch.pk])
    assert numbers_found("ladders") == ["25-1"]
    assert numbers_found("lamps") == []


def test_more_companies_and_lines_than_are_named_one_by_one_are_found_all_the_same(records, monkeypatch):
    monkeypatch.setattr("recalls.querysets.FEW", 0)
    monkeypatch.setattr("recalls.querysets.MOST", 0)
    for word in ("anker", "core10", "安创", "a"):
        assert found(RecallBatch.objects.matching(word)) == expected(word), word


LETTERS = st.sampled_from("aAbqQzßéİıΣσς19-_%\\'安克創モ𝕏 \x1f\u3000")


class SearchTest(TestCase):
    """Hypothesis rolls each example back, which needs a class."""

    @hypothesis_settings(max_examples=60)
    @given(title=st.text(LETTERS, min_size=1, max_size=12), text=st.text(LETTERS, min_size=1, max_size=4))
    def test_a_batch_is_found_by_what_is_a_part_of_its_title(self, title, text):
        batch = factory.batch(title, slug="s", company=factory.company("C", slug="c"))
        assert found(RecallBatch.objects.matching(text)) == ({batch.pk} if is_found(batch, text) else set())
