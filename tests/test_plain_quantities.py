"""“About 5,700” is read without the grammar, and never otherwise than by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalls.importers.quantities import read_by_grammar
from recalls.importers.quantities.plain import read_plain
from recalls.importers.quantities.reading import Figure, Reading

WORDS = st.sampled_from(["About ", "about ", "ABOUT ", "Over ", "About  ", "About", ""])
NUMBERS = st.integers(0, 30_000_000_000)
WRITTEN = NUMBERS.map(str) | NUMBERS.map("{:,}".format) | st.text("0129,. ٣", max_size=12)
CANADIAN = WRITTEN.map(" (In addition, about {} were sold in Canada)".format)
ENDINGS = CANADIAN | st.sampled_from(["", ".", " units", ",000", "\n", " 5"])


@given(WORDS, WRITTEN, ENDINGS, st.sampled_from(["US", "CA"]))
def test_a_plain_text_is_read_as_by_the_grammar(words, number, ending, region):
    text = f"{words}{number}{ending}"
    reading = read_plain(text, region)
    assert reading is None or reading == read_by_grammar(text, region)


@pytest.mark.parametrize("text", ["About 5,700", "about 5700"])
def test_about_a_number_is_plain(text):
    assert read_plain(text, "CA") == Reading((Figure("CA", 5_700, 5_700, "approximate"),))


def test_units_sold_in_canada_stand_beside():
    reading = read_plain("About 5,700 (In addition, about 450 were sold in Canada)", "US")
    canadian = Figure("CA", 450, 450, "approximate", relation="additional")
    assert reading.units == (Figure("US", 5_700, 5_700, "approximate"), canadian)


@pytest.mark.parametrize(
    "text", ["About 0", "About 57,00", "About 2,000,000,001", "About 5,700 pairs", "5,700"]
)
def test_what_is_less_plain_is_left_to_the_grammar(text):
    assert read_plain(text, "US") is None
