"""Pages in Chinese: each has its own address, and what is no page is the same as in English."""

import re

import pytest
from django.contrib.auth.models import User

from tests import addresses, pseudo
from tests.visits import Answer, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SWITCH = re.compile(r'<a class="language" href="([^"]*)" lang="([^"]*)"')
NO_PAGES = [
    "healthz",
    "metrics",
    "sitemap.xml",
    "robots.txt",
    "favicon.ico",
    "api/v1/recalls/",
    "api/v1/openapi.json",
]
MORE = ["recalls/?group=region", "recalls/?chart=units", "recalls/?part=totals", "search/?q=power", "api/v1/"]


def keys(model):
    return model._base_manager.order_by("pk").values_list("pk", flat=True)[:1]


def public_pages():
    """One of each pattern, without their slash at the beginning."""
    found = (
        address[1:] for pattern in addresses.patterns() for address in addresses.addresses(pattern, keys)
    )
    others = ("admin/", "api/", "sitemap", "robots", "favicon")
    return [address for address in found if not address.startswith(others)] + MORE


def test_every_page_is_there_in_chinese_and_none_of_its_words_is_left_unmarked(monkeypatch, say):
    data, left = pseudo.texts_of_data(), {}
    with pseudo.everything_marked(monkeypatch):
        for address in public_pages():
            answer = Answer(Visitor().get(f"/zh-hans/{address}"))
            assert answer.status == 200, address
            assert '<html lang="zh-Hans">' in answer.body or "part=" in address, address
            if texts := pseudo.unmarked(answer.body, data):
                left[address] = texts
    assert left == {}
    say(f"{len(public_pages())} pages read for words that are not marked for translation: none.")


def test_the_pages_are_in_chinese():
    page = Answer(Visitor().get("/zh-hans/recalls/")).body
    assert '<html lang="zh-Hans">' in page
    assert "召回事件追踪" in page and "跳到正文" in page and "Skip to the content" not in page


def test_a_page_links_itself_in_the_other_language_with_its_filters(client):
    page = client.get("/recalls/?region=JP&sort=-units").content.decode()
    (address, tag), *others = SWITCH.findall(page)
    assert (address, tag, others) == ("/zh-hans/recalls/?region=JP&amp;sort=-units", "zh-Hans", [])
    back = client.get("/zh-hans/recalls/?region=JP&sort=-units").content.decode()
    assert SWITCH.findall(back) == [("/recalls/?region=JP&amp;sort=-units", "en")]


def test_search_engines_are_told_both_languages(client, settings):
    page = client.get("/zh-hans/incidents/anker-2025/").content.decode()
    told = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"', page))
    assert told == {
        "en": f"{settings.PUBLIC_URL}/incidents/anker-2025/",
        "zh-Hans": f"{settings.PUBLIC_URL}/zh-hans/incidents/anker-2025/",
    }


def test_the_browser_s_own_language_is_not_asked(client):
    answer = client.get("/", headers={"accept-language": "zh-CN"})
    assert (answer["Content-Language"], answer["Vary"]) == ("en", "Cookie")
    assert b'<html lang="en">' in answer.content


def test_an_error_in_chinese_repeats_no_address(client):
    answer = client.get("/zh-hans/recalls/nobody/")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()
    assert SWITCH.findall(answer.content.decode()) == [("/", "en")]


@pytest.mark.parametrize("address", NO_PAGES)
def test_what_is_no_page_has_one_address(client, address):
    assert client.get(f"/zh-hans/{address}").status_code == 404


def test_every_file_is_the_same_byte_for_byte(say):
    files = [a for p in addresses.patterns() for a in addresses.list_addresses(p) if "export=csv" in a]
    files += ["/recalls/?chart=units&export=csv", "/suppliers/apex/contagion/?export=csv"]
    files = [address for address in files if not address.startswith("/api/")]
    both = {a: (Answer(Visitor().get(f"/zh-hans{a}")), Answer(Visitor().get(a))) for a in files}
    assert {a for a, (chinese, english) in both.items() if chinese.body != english.body} == set()
    assert len(files) > 15
    say(f"{len(files)} files are the same in Chinese and in English.")


def test_a_feed_names_its_entries_alike_in_both_languages(client):
    ids = [
        re.findall("<id>(.*?)</id>", client.get(f"{language}/recalls/?export=atom").content.decode())
        for language in ("", "/zh-hans")
    ]
    assert ids[0] == ids[1] and len(ids[0]) > 20
    feed = client.get("/zh-hans/recalls/?export=atom").content.decode()
    assert 'xml:lang="zh-Hans"' in feed and "/zh-hans/recalls/" in feed


def test_json_links_of_a_chinese_page_lead_to_the_one_api(client):
    page = client.get("/zh-hans/recalls/?region=JP").content.decode()
    assert 'href="/api/v1/recalls/?region=JP"' in page
    told = client.get("/api/v1/recalls/?region=JP").json()
    assert "/zh-hans/" not in str(told) and not CHINESE.search(told["description"])


def test_no_word_of_one_language_is_kept_for_the_other():
    """What is worked out once for all requests is asked for in the one language, then in the other, then again."""
    pages = [
        "recalls/",
        "recalls/?group=hazard",
        "recalls/?chart=exposure",
        "suppliers/",
        "sources/conflicts/",
        "api/v1/",
    ]
    for address in pages:
        first, chinese, again, twice = (
            Answer(Visitor().get(f"/{language}{address}")).body
            for language in ("", "zh-hans/", "", "zh-hans/")
        )
        assert (first == again, chinese == twice, first == chinese) == (True, True, False), address


def test_the_admin_speaks_chinese_and_has_the_switch(client):
    login = client.get("/zh-hans/admin/login/").content.decode()
    assert SWITCH.findall(login) == [("/admin/login/", "en")] and "登录" in login
    client.force_login(User.objects.create_superuser("staff"))
    page = client.get("/zh-hans/admin/recalls/recallbatch/?region__id__exact=1")
    assert page.status_code == 200
    assert SWITCH.findall(page.content.decode())[0][0] == "/admin/recalls/recallbatch/?region__id__exact=1"
    assert page["Cache-Control"].startswith("private") or "no-store" in page["Cache-Control"]
