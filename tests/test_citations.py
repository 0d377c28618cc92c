"""The numbered citations of a page, and the sentence on the sum of a batch's lines."""

import re

import pytest

from recalls.line_sums import line_sum
from tests import factory

pytestmark = pytest.mark.django_db


def reference_list(page):
    return page.text.split('<ol class="citations">')[1]


def test_sources_are_numbered_once_in_the_order_of_their_mention(client):
    notice, analysis = factory.source(title="The notice"), factory.source(title="The analysis")
    batch = factory.batch(slug="us-1", units=10, amount_low=5, amount_high=5, amount_precision="exact",
                          amount_currency="CNY", amount_grade="estimated")  # fmt: skip
    factory.cite(batch, source=analysis, figure="amount")
    factory.cite(batch, source=notice)
    publish(batch)
    page = client.get("/recalls/us-1/")
    assert re.findall(r"The (?:notice|analysis)", reference_list(page)) == ["The notice", "The analysis"]
    assert page.text.count('<a href="#source-2" aria-label="Source 2">[2]</a>') == 1


def test_a_figure_that_no_citation_names_stands_in_the_sources_of_the_whole(client):
    factory.batch(slug="us-1", published=True, reports=19)
    page = client.get("/recalls/us-1/").text
    assert re.search(r'<dd>19 <sup class="cite"><a href="#source-1"', page)


def test_a_contradicting_source_is_marked_and_states_its_value(client):
    batch = factory.batch(slug="cn-1", published=True, units=712964)
    other = {"figure": "units", "stance": "contradicts", "stated_low": 71294, "stated_high": 71294}
    factory.cite(batch, source=factory.source(publisher="Reprint"), note="a dropped digit", **other)
    page = client.get("/recalls/cn-1/")
    assert 'aria-label="Source 2, which states another figure">[≠2]' in page.text
    assert "Reprint states 71,294" in page.text
    assert "<strong>contradicts</strong>: 71,294\n — a dropped digit" in reference_list(page)


def test_another_value_of_the_whole_does_not_mark_its_lines(client):
    batch = factory.batch(slug="cn-1", published=True, units=10)
    factory.recalled_product(batch, factory.product_model("A1"), units=10)
    factory.cite(batch, figure="units", stance="rounds", stated_low=9, stated_high=9)
    assert client.get("/recalls/cn-1/").text.count("[≈2]") == 1


def test_an_entry_says_where_in_the_source_and_links_to_it_and_out(client):
    batch = factory.batch(slug="us-1")
    source = factory.source(slug="cpsc", title="Notice", language="zh", url="https://example.org/n")
    factory.cite(batch, source=source, where="page 3")
    publish(batch)
    entry = reference_list(client.get("/recalls/us-1/"))
    for text in (
        "at page 3",
        "Chinese",
        'href="/sources/cpsc/"',
        'href="https://example.org/n" rel="noopener',
    ):
        assert text in entry


def publish(batch):
    batch.is_published = True
    batch.save()


@pytest.mark.parametrize(
    ("total", "lines", "sentence"),
    [
        (491745, [331578, 113253, 46914], "The lines add up to 491,745: the stated total."),
        (100, [60, 39], "The lines add up to 99: 1 fewer than the stated total, 100."),
        (100, [60, 45], "The lines add up to 105: 5 more than the stated total, 100."),
        (None, [60, 45], "The lines add up to 105: the batch states no total."),
        (100, [60, None], "Lines incomplete: 1 of 2 models state a number, together 60."),
        (60, [60, None], "Lines incomplete: 1 of 2 models state a number, together 60, the stated total."),
        (100, [None, None], "Lines incomplete: none of the 2 models states its own number."),
        (100, [60], ""),
        (100, [], ""),
    ],
)
def test_the_lines_are_compared_with_the_stated_total_in_words(total, lines, sentence):
    batch = factory.batch(units=total)
    for number, units in enumerate(lines):
        factory.recalled_product(batch, factory.product_model(f"M{number}"), units=units)
    assert line_sum(batch) == sentence
