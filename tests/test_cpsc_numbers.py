"""A notice has one number, however it is written, and one date."""

from datetime import date

import pytest

from recalls.importers.cpsc.dates import read_date
from recalls.importers.cpsc.number import canonical
from recalls.importers.notice import RefusedError

NUMBERS = {
    "25338": "25-338",
    "25-338": "25-338",
    " 25 - 338 ": "25-338",
    "25–338": "25-338",
    "99068b": "99-068b",
    "99-068B": "99-068b",
    "01160b": "01-160b",
    "00001": "00-001",
    "CPSC-25-338": "25-338",
    "Release # 04-103": "04-103",
    "Recall Number: 25-338.": "25-338",
    "26792": "26-792",
}
DATES = {
    "2025-06-12T00:00:00": date(2025, 6, 12),
    "2025-06-12": date(2025, 6, 12),
    "June 12, 2025": date(2025, 6, 12),
    "July 03, 2025": date(2025, 7, 3),
    "Sept. 9, 2003": date(2003, 9, 9),
    "Dec 1, 1999": date(1999, 12, 1),
    "6/12/2025": date(2025, 6, 12),
}


NOT_NUMBERS = ["", "25", "25-33", "253381", "2025-338", "25-338xyz", "abc", "٢٥٣٣٨", "25-338, 25-339"]
NOT_DATES = ["", "soon", "2025-13-40T00:00:00", "June 31, 2025", "Mayor 1, 2025", "0001-01-01T00:00:00"]


@pytest.mark.parametrize(("written", "number"), NUMBERS.items())
def test_one_notice_has_one_number(written, number):
    assert canonical(written) == number


@pytest.mark.parametrize("written", NOT_NUMBERS)
def test_what_is_no_number_is_refused_with_a_reason(written):
    with pytest.raises(RefusedError, match="number"):
        canonical(written)


@pytest.mark.parametrize(("written", "day"), DATES.items())
def test_a_date_is_the_calendar_day_that_is_written(written, day):
    assert read_date(written) == day


@pytest.mark.parametrize("written", NOT_DATES)
def test_what_is_no_date_is_refused_with_a_reason(written):
    with pytest.raises(RefusedError, match="date"):
        read_date(written)
