"""Dates as precise as they are known."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F

from evidence.models import Source
from evidence.partial_dates import PartialDate, PartialDateText
from tests import factory

WRITTEN = {
    "2025-06-12": (date(2025, 6, 12), date(2025, 6, 12)),
    "2025-06": (date(2025, 6, 1), date(2025, 6, 30)),
    "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "2025-H1": (date(2025, 1, 1), date(2025, 6, 30)),
    "2025-H2": (date(2025, 7, 1), date(2025, 12, 31)),
    "2025-01 to 2025-09": (date(2025, 1, 1), date(2025, 9, 30)),
    "2024-12 to 2025-01": (date(2024, 12, 1), date(2025, 1, 31)),
    "2025-03-05 to 2025-03-09": (date(2025, 3, 5), date(2025, 3, 9)),
    "2025-12": (date(2025, 12, 1), date(2025, 12, 31)),
    "2025-12-31": (date(2025, 12, 31), date(2025, 12, 31)),
}


@pytest.mark.parametrize(("text", "days"), WRITTEN.items())
def test_a_date_is_read_and_written_as_precisely_as_it_is_known(text, days):
    read = PartialDate.parse(text)
    assert (read.first, read.last) == days
    assert str(read) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "june 2025",
        "2025-13",
        "2025-02-30",
        "25-06",
        "2025-H3",
        "2025 to 2024",
        "2025 to 2026 to 2027",
        "0000",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["(a+)+$", "[2025-06-01,2025-07-01)", "{}"])
def test_a_field_refuses_it_in_words_whatever_it_begins_with(text):
    with pytest.raises(ValidationError, match="2025-06"):
        Source._meta.get_field("published_on").clean(text, None)


@pytest.mark.django_db
@pytest.mark.parametrize("text", WRITTEN)
def test_the_database_writes_the_same_words(text):
    factory.source(published_on=text)
    stored = Source.objects.annotate(words=PartialDateText(F("published_on"))).get()
    assert (stored.words, str(stored.published_on)) == (text, text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("published_after=2025-06-30", True),
        ("published_after=2025-07-01", False),
        ("published_before=2025-06-01", True),
        ("published_before=2025-05-31", False),
    ],
)
def test_filters_match_a_month_by_overlap_with_both_ends_included(client, query, found):
    factory.cite(factory.batch(published=True), source=factory.source(title="June", published_on="2025-06"))
    assert ("June" in client.get(f"/sources/?{query}").text) is found
