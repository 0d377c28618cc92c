"""Every address of the site, as everybody: nothing that is hidden shows, and nothing is written without the right."""

import re
from html.parser import HTMLParser
from urllib.parse import quote_plus, urlsplit

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from suppliers.models import ProductModel
from tests import addresses, hidden_world
from tests.hidden_world import HIDDEN, UNKNOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
GROUPS = ["reader", "recall editor", "publisher"]
ROLES = ["anonymous", "signed in, not staff", "staff of no group", *GROUPS]
SCHEMES = ("", "http", "https", "mailto", "data")
ADDRESSES = ("href", "src", "action", "formaction")
WRITING = ("post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def world(sample_data, django_db_blocker):
    """The hidden records by model."""
    with django_db_blocker.unblock():
        hidden = hidden_world.make()
        for name in ROLES[1:]:
            user = User.objects.create(username=f"role {name}", is_staff=name != ROLES[1])
            user.groups.set(Group.objects.filter(name=name))
        return hidden


@pytest.fixture(scope="module")
def walked(world, django_db_blocker):
    """What anonymous visitors get at every address: {address: answer}."""
    with django_db_blocker.unblock():
        return walk(Client(raise_request_exception=False), world)


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, response):
        self.status = response.status_code
        self.headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        self.is_html = response.get("Content-Type", "").startswith("text/html")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        self.body = content.decode("utf-8", "replace")

    def around(self, word):
        """Where the word stands."""
        text = f"{self.headers}\n{self.body}"
        place = text.lower().index(word)
        return text[max(place - 80, 0) : place + 40]

    def __contains__(self, word):
        return word in self.headers.lower() or word in self.body.lower()


def role(name):
    client = Client(raise_request_exception=False)
    if name != "anonymous":
        client.force_login(User.objects.get(username=f"role {name}"))
    return client


def keys(world):
    """The records of a model to visit: two that are hidden, two others."""

    def keys_of(model):
        hidden = sorted(world.get(model, ()))
        others = model._base_manager.exclude(pk__in=hidden).order_by("pk").values_list("pk", flat=True)
        return [*hidden[:2], *others[:2]]

    return keys_of


def all_addresses(world):
    """Every address of every pattern; a pattern of which none can be made fails."""
    for pattern in addresses.patterns():
        found = addresses.addresses(pattern, keys(world))
        model = addresses.model_of(pattern)
        assert found or (model and not model._base_manager.exists()), f"No address for {pattern}"
        yield from found
        yield from addresses.list_addresses(pattern)


def walk(client, world):
    """Every address, and every kind of address that their pages name."""
    links = addresses.Links()
    answers = {address: Answer(client.get(address)) for address in [*all_addresses(world), *searches()]}
    waiting = links.new_in(answers)
    while waiting:
        more = {address: Answer(client.get(address)) for address in waiting if is_public(address)}
        answers |= more
        waiting = [address for address in links.new_in(more) if address not in answers]
    return answers


def searches():
    return [f"/search/?q={word}" for word in ("power", "a1", "anker", "2025")]


def one_of_each_kind(walked):
    """Public addresses that differ in pattern, parameters or status; who asks can't change an order."""
    kinds = {
        (addresses.kind_of(address), answer.status): address
        for address, answer in walked.items()
        if is_public(address) and "sort=" not in address
    }
    return list(kinds.values())


def difference(one, other):
    """The first difference of two bodies; empty if they are the same."""
    if one.body == other.body:
        return ""
    pairs = enumerate(zip(one.body, other.body, strict=False))
    place = next((place for place, (here, there) in pairs if here != there), 0)
    return f"{one.body[max(place - 60, 0) :][:120]} / {other.body[place:][:60]}"


def is_public(address):
    return not address.startswith("/admin/")


def test_every_address_shows_anonymous_visitors_nothing_hidden(walked, say):
    assert {address: answer.around(HIDDEN) for address, answer in walked.items() if HIDDEN in answer} == {}
    statuses = {address: answer.status for address, answer in walked.items()}
    assert {a: s for a, s in statuses.items() if is_public(a) and s not in (200, 301, 302, 404)} == {}
    assert {a: s for a, s in statuses.items() if not is_public(a) and s != 302} == {"/admin/login/": 200}
    say(f"{len(walked)} addresses walked as anonymous visitor, for a word in {hidden_texts()} hidden texts.")


def hidden_texts():
    return sum(
        model._base_manager.filter(**{f"{field.name}__icontains": HIDDEN}).count()
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if hidden_world._takes(field, HIDDEN)
    )


def test_drafts_of_every_publishable_kind_carry_the_word(world):
    for model in hidden_world.publishable():
        texts = [field.name for field in model._meta.concrete_fields if hidden_world._takes(field, HIDDEN)]
        drafts = model.objects.filter(is_published=False)
        assert drafts.exists() and model.objects.published().exists(), model
        for name in texts:
            assert drafts.filter(**{f"{name}__icontains": HIDDEN}).exists(), f"{model.__name__}.{name}"


@pytest.mark.long
@pytest.mark.parametrize("name", ROLES[1:])
def test_public_pages_are_the_same_for_whoever_is_signed_in(walked, name, say):
    client = role(name)
    asked = one_of_each_kind(walked)
    different = {address: difference(Answer(client.get(address)), walked[address]) for address in asked}
    assert {address: text for address, text in different.items() if text} == {}
    say(f"{len(asked)} public addresses walked as {name}.")


@pytest.mark.long
@pytest.mark.parametrize("name", ROLES[1:3])
def test_the_admin_shows_nothing_hidden_to_who_may_see_nothing(world, name, say):
    client = role(name)
    answers = {address: Answer(client.get(address)) for address in admin_addresses(world)}
    assert [address for address, answer in answers.items() if HIDDEN in answer] == []
    assert {answer.status for answer in answers.values()} <= {200, 302, 403, 404, 405}
    say(f"{len(answers)} addresses of the admin walked as {name}.")


def admin_addresses(world):
    return [address for address in all_addresses(world) if not is_public(address) and "logout" not in address]


@pytest.mark.parametrize("name", [*GROUPS[:-1], pytest.param(GROUPS[-1], marks=pytest.mark.long)])
def test_the_admin_has_no_fault_and_no_link_that_is_refused(world, name, say):
    client = role(name)
    links, waiting, faults, counted = addresses.Links(), ["/admin/"], {}, 0
    direct = {address: Answer(client.get(address)) for address in admin_addresses(world)}
    while waiting:
        more = {address: Answer(client.get(address)) for address in waiting}
        faults |= {a: answer.status for a, answer in more.items() if answer.status not in (200, 302, 405)}
        counted += len(more)
        waiting = [address for address in links.new_in(more) if "logout" not in address]
    assert faults == {}
    odd = {a: answer.status for a, answer in direct.items() if answer.status not in (200, 302, 403, 404, 405)}
    assert odd == {}
    say(f"{len(direct) + counted} addresses of the admin walked as {name}, {counted} of them by its links.")


def test_nothing_is_written_without_signing_in(walked, say):
    client, before, tried = Client(raise_request_exception=False), hidden_world.rows_written(), 0
    for address in {address.partition("?")[0] for address in walked}:
        for method in WRITING:
            status = getattr(client, method)(address, {}, **kind_of_body(method)).status_code
            tried += 1
            expected = (302, 404, 405) if is_public(address) else (200, 302, 403, 405)
            assert status in expected, (method, address, status)
    assert hidden_world.rows_written() == before
    say(f"{tried} requests that write, sent without signing in: no row written.")


def kind_of_body(method):
    return {} if method == "post" else {"content_type": "application/json"}


def test_a_reader_writes_nothing(world, say):
    client, before = role("reader"), hidden_world.rows_written()
    found = [address for address in admin_addresses(world) if "password" not in address]
    for address in found:
        for data in ({}, {"action": "publish", "_selected_action": 1, "post": "yes"}, {"_save": "1"}):
            assert client.post(address, data).status_code in (200, 302, 403, 404, 405), address
    assert hidden_world.rows_written() == before
    say(f"{3 * len(found)} requests that write, sent by a reader: no row written.")


def slugs(world):
    """Patterns with a short name in the address, and that of each hidden record there."""
    for pattern in addresses.patterns():
        model = addresses.model_of(pattern)
        if pattern.arguments == ["slug"] and model:
            names = model._base_manager.filter(pk__in=world.get(model, ())).values_list("slug", flat=True)
            yield from ((pattern, name) for name in names[:5])


def test_a_draft_and_an_unknown_name_take_the_same_path(world, client, say):
    tried = 0
    for pattern, name in slugs(world):
        hidden, unknown = (asked(client, pattern, slug) for slug in (name, stranger(name)))
        assert hidden == unknown, (pattern.name, name)
        tried += 1
    assert tried >= 20
    say(f"{tried} hidden records asked for by name: as unknown as what is not there, by the same queries.")


def stranger(name):
    """As long as the name of a hidden record, and nobody's."""
    return name.replace(HIDDEN, UNKNOWN)


def asked(client, pattern, slug):
    """Status, headers, body and queries, without the name itself."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get("/" + pattern.shape % {"slug": slug})
    assert response.status_code == 404
    said = [str(response.headers), response.content.decode(), *(query["sql"] for query in queries)]
    return [text.replace(slug, "NAME") for text in said]


@pytest.mark.long
def test_filters_and_search_tell_a_draft_from_nothing_by_nothing(world, client, say):
    """Each filter of each list, page and file, with the name of each kind of hidden record."""
    names = dict(hidden_names(world))
    tried = 0
    for pattern in addresses.patterns():
        for parameter in addresses.filters_of(pattern):
            for name in names.values():
                for more in ("", "&export=csv", "&group=company"):
                    said = [
                        filtered(client, pattern, parameter, slug, more) for slug in (name, stranger(name))
                    ]
                    assert said[0] == said[1], (pattern.name, parameter, name)
                    tried += 1
    for word in (HIDDEN, HIDDEN[:7]):
        never = UNKNOWN[: len(word)]
        said = [Answer(client.get(f"/search/?q={text}")).body.replace(text, "") for text in (word, never)]
        assert said[0] == said[1]
    say(f"{tried} filters asked for hidden records: answered as for unknown ones.")


def filtered(client, pattern, parameter, slug, more):
    """What a list answers to a filter, without what was asked for."""
    answer = Answer(client.get(f"/{pattern.shape}?{parameter}={quote_plus(slug)}{more}"))
    return answer.body.lower().replace(quote_plus(slug), "").replace(slug, "")


def hidden_names(world):
    for model, hidden in world.items():
        if any(field.name == "slug" for field in model._meta.fields):
            found = model._base_manager.filter(pk__in=hidden, slug__contains=HIDDEN).first()
            if found:
                yield model, found.slug


@pytest.mark.long
def test_other_drafts_and_no_drafts_change_no_byte_of_what_the_public_sees(world, walked, client, say):
    """Whatever is counted, totalled, drawn or ordered is so without the drafts."""
    changed = hidden_world.change_hidden_figures(world)
    assert changed > 50
    deleted = hidden_world.delete_drafts()
    assert deleted > 10
    assert differing(walked, client) == []
    say(f"{changed} hidden figures changed and {deleted} hidden rows deleted: every public answer the same.")


def differing(walked, client):
    public = ((address, answer) for address, answer in walked.items() if is_public(address))
    found = ((address, difference(Answer(client.get(address)), answer)) for address, answer in public)
    return [(address, text) for address, text in found if text]


class Markup(HTMLParser):
    """Collects what should not be in a page: our mark as markup, scripts and styles in it, odd addresses."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], None

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.inside = tag
        if tag == "xss" or any(name.startswith("on") or name == "style" for name in values):
            self.found.append(self.get_starttag_text())
        for name in ADDRESSES:
            if name in values and scheme_of(values[name]) not in SCHEMES:
                self.found.append(values[name])

    def handle_data(self, data):
        if self.inside in ("script", "style") and data.strip() and self.inside_is_code():
            self.found.append(data)

    def inside_is_code(self):
        return "application/" not in self.get_starttag_text()

    def handle_endtag(self, tag):
        self.inside = None


def scheme_of(address):
    return urlsplit(re.sub(r"[\x00-\x20]", "", address or "")).scheme


def markup_in(answer):
    page = Markup()
    page.feed(answer.body)
    return page.found


@pytest.mark.long
@pytest.mark.parametrize("name", ["anonymous", "publisher"])
def test_texts_from_outside_are_shown_as_texts(world, walked, name, say):
    """Markup stands in every text of every published record, and none in a page."""
    client = role(name)
    answers = walked if name == "anonymous" else {a: Answer(client.get(a)) for a in admin_addresses(world)}
    pages = {address: answer for address, answer in answers.items() if answer.is_html}
    assert ProductModel.objects.filter(model_number__contains="<xss").exists()
    assert sum("&lt;xss" in page.body for page in pages.values()) > 20
    assert {address: found for address, page in pages.items() if (found := markup_in(page))} == {}
    say(f"{len(pages)} pages read for markup of others, scripts, styles and odd links as {name}: none.")
