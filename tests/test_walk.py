"""Every address of the site, as everybody: nothing that is hidden shows, and nothing is written without the right."""

from functools import cache
from urllib.parse import quote_plus

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from listing.languages import canonical
from suppliers.models import ProductModel
from tests import addresses, hidden_world
from tests.hidden_world import HIDDEN, UNKNOWN
from tests.markup import markup_in
from tests.visits import Answer, Visitor, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
GROUPS = ["reader", "recall editor", "publisher"]
ROLES = ["anonymous", "signed in, not staff", "staff of no group", *GROUPS]
WRITING = ("post", "put", "patch", "delete")


def long(name):
    """Whose rights lie between those of others."""
    return pytest.param(name, marks=pytest.mark.long)


@pytest.fixture(scope="module")
def world(sample_data, django_db_blocker):
    """The hidden records by model."""
    with django_db_blocker.unblock():
        hidden = hidden_world.make()
        for name in ROLES[1:]:
            user = User.objects.create(username=name, is_staff=name != ROLES[1])
            user.groups.set(Group.objects.filter(name=name))
        return hidden


@pytest.fixture(scope="module")
def walked(world, django_db_blocker):
    """What anonymous visitors get at every address: {address: answer}."""
    with django_db_blocker.unblock():
        return walk(Visitor(), world)


@pytest.fixture(scope="module")
def in_admin(world, django_db_blocker):
    """What somebody gets at every address of the admin, asked for once: {address: answer} of a name."""

    @cache
    def answers_for(name):
        client = visitor(name)
        with django_db_blocker.unblock():
            return {address: Answer(client.get(address)) for address in admin_addresses(world)}

    return answers_for


def keys(world, each=2):
    """The records of a model to visit: as many hidden ones as others."""

    def keys_of(model):
        hidden = sorted(world.get(model, ()))
        others = model._base_manager.exclude(pk__in=hidden).order_by("pk").values_list("pk", flat=True)
        return [*hidden[:each], *others[:each]]

    return keys_of


def all_addresses(world, each=2):
    """Every address of every pattern; a pattern of which none can be made fails."""
    for pattern in addresses.patterns():
        found = addresses.addresses(pattern, keys(world, each))
        model = addresses.model_of(pattern)
        assert found or (model and not model._base_manager.exists()), f"No address for {pattern}"
        yield from found
        yield from addresses.list_addresses(pattern)


def walk(client, world):
    """Every address, and every kind of address that their pages name."""
    answers = {address: Answer(client.get(address)) for address in [*all_addresses(world), *searches()]}
    links = addresses.Links(answers)
    waiting = links.new_in(answers)
    while waiting:
        more = {address: Answer(client.get(address)) for address in waiting if is_public(address)}
        answers |= more
        waiting = [address for address in links.new_in(more) if address not in answers]
    return answers


def searches():
    return [f"/search/?q={word}" for word in ("power", "a1", "anker", "2025")]


def one_of_each(kind_of, walked):
    """Public addresses that differ in kind or status."""
    public = {address: answer for address, answer in walked.items() if is_public(address)}
    return list({(kind_of(address), answer.status): address for address, answer in public.items()}.values())


def difference(one, other):
    """The first difference of two bodies; empty if they are the same."""
    if one.body == other.body:
        return ""
    pairs = enumerate(zip(one.body, other.body, strict=False))
    place = next((place for place, (here, there) in pairs if here != there), 0)
    return f"{one.body[max(place - 60, 0) :][:120]} / {other.body[place:][:60]}"


def is_public(address):
    return not canonical(address).startswith("/admin/")


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


@pytest.mark.parametrize("name", [*map(long, ROLES[1:3]), "reader", long("recall editor"), "publisher"])
def test_public_pages_are_the_same_for_whoever_is_signed_in(walked, name, say):
    """Each kind of address for who may do most; one of each pattern for the others."""
    client = visitor(name)
    asked = one_of_each(addresses.kind_of if name == ROLES[-1] else addresses.route_of, walked)
    different = {address: difference(Answer(client.get(address)), walked[address]) for address in asked}
    assert {address: text for address, text in different.items() if text} == {}
    say(f"{len(asked)} public addresses walked as {name}.")


@pytest.mark.parametrize("name", ROLES[1:3])
def test_the_admin_shows_nothing_hidden_to_who_may_see_nothing(in_admin, name, say):
    answers = in_admin(name)
    assert [address for address, answer in answers.items() if HIDDEN in answer] == []
    assert {answer.status for answer in answers.values()} <= {200, 302, 403, 404, 405}
    say(f"{len(answers)} addresses of the admin walked as {name}.")


def admin_addresses(world):
    """With a hidden record of each kind and another one."""
    found = all_addresses(world, each=1)
    return [address for address in found if not is_public(address) and "logout" not in address]


@pytest.mark.parametrize("name", ["reader", long("recall editor"), "publisher"])
def test_the_admin_has_no_fault_and_no_link_that_is_refused(in_admin, name, say):
    direct, client, links = in_admin(name), visitor(name), addresses.Links()
    linked, more = {}, direct
    while more:
        inside = {address: answer for address, answer in more.items() if not is_public(address)}
        new = [address for address in links.new_in(inside) if "logout" not in address]
        more = {address: direct.get(address) or Answer(client.get(address)) for address in new}
        linked |= more
    assert statuses_besides(linked, {200, 302, 405}) == {}
    assert statuses_besides(direct, {200, 302, 403, 404, 405}) == {}
    say(
        f"{len(direct | linked)} addresses of the admin walked as {name}, {len(linked)} of them by its links."
    )


def statuses_besides(answers, expected):
    return {address: answer.status for address, answer in answers.items() if answer.status not in expected}


def test_nothing_is_written_without_signing_in(walked, say):
    client, before, tried = Visitor(), hidden_world.rows_written(), 0
    for address in one_of_each_path(walked):
        for method in WRITING:
            status = getattr(client, method)(address, {}, **kind_of_body(method)).status_code
            tried += 1
            expected = (302, 404, 405) if is_public(address) else (200, 302, 403, 405)
            assert status in expected, (method, address, status)
    assert hidden_world.rows_written() == before
    say(f"{tried} requests that write, sent without signing in: no row written.")


def one_of_each_path(walked):
    """The addresses without their parameters, one of each pattern in the admin: it asks who it is first of all."""
    paths = dict.fromkeys(address.partition("?")[0] for address in walked)
    return {path if is_public(path) else addresses.route_of(path): path for path in paths}.values()


def kind_of_body(method):
    return {} if method == "post" else {"content_type": "application/json"}


def test_a_reader_writes_nothing(world, say):
    client, before = visitor("reader"), hidden_world.rows_written()
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
        for language in ("/", "/zh-hans/"):
            hidden, unknown = (asked(client, language, pattern, slug) for slug in (name, stranger(name)))
            assert hidden == unknown, (language, pattern.name, name)
        tried += 1
    assert tried >= 20
    say(f"{tried} hidden records asked for by name: as unknown as what is not there, by the same queries.")


def stranger(name):
    """As long as the name of a hidden record, and nobody's."""
    return name.replace(HIDDEN, UNKNOWN)


def asked(client, language, pattern, slug):
    """Status, headers, body and queries, without the name itself."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(language + pattern.shape % {"slug": slug})
    assert response.status_code == 404
    assert response.headers.pop("X-Request-ID")  # another for each request
    said = [str(response.headers), response.content.decode(), *(query["sql"] for query in queries)]
    return [text.replace(slug, "NAME") for text in said]


@pytest.mark.long
def test_filters_and_search_tell_a_draft_from_nothing_by_nothing(world, say):
    """Each filter of each list, page, group and file, with the name of a hidden record of its kind and of another."""
    names, tried = dict(hidden_names(world)), 0
    for address, name in filters_for_hidden(names):
        said = [without_name(address, one) for one in (name, stranger(name))]
        assert said[0] == said[1], (address, name)
        tried += 1
    for word in (HIDDEN, HIDDEN[:7]):
        never = UNKNOWN[: len(word)]
        assert without_name("/search/?q=", word) == without_name("/search/?q=", never)
    say(f"{tried} filters asked for hidden records: answered as for unknown ones.")


def filters_for_hidden(names):
    """Addresses that end where a name is due, each with the names to ask for."""
    for pattern in addresses.patterns():
        groups = [f"group={name}&" for name in addresses.groupings_of(pattern)[:1]]
        for parameter, model in addresses.filters_of(pattern).items():
            asked = dict.fromkeys([names.get(model), next(iter(names.values()))])
            for before in ("", "export=csv&", *groups):
                yield from ((f"/{pattern.shape}?{before}{parameter}=", name) for name in asked if name)


def without_name(address, name):
    """What is answered where something is asked for by name, without that name."""
    answer = Answer(Visitor().get(address + quote_plus(name)))
    return answer.status, answer.body.lower().replace(quote_plus(name), "").replace(name, "")


def hidden_names(world):
    for model, hidden in world.items():
        if any(field.name == "slug" for field in model._meta.fields):
            found = model._base_manager.filter(pk__in=hidden, slug__contains=HIDDEN).first()
            if found:
                yield model, found.slug


@pytest.mark.long
def test_other_drafts_and_no_drafts_change_no_byte_of_what_the_public_sees(world, walked, say):
    """Whatever is counted, totalled, drawn or ordered is so without the drafts."""
    asked = {*one_of_each(addresses.kind_of, walked), *orders()}
    before = {address: walked.get(address) or Answer(Visitor().get(address)) for address in asked}
    changed, deleted = hidden_world.change_hidden_figures(world), hidden_world.delete_drafts()
    assert (changed > 50, deleted > 10) == (True, True)
    after = {
        address: difference(Answer(Visitor().get(address)), answer) for address, answer in before.items()
    }
    assert {address: text for address, text in after.items() if text} == {}
    say(
        f"{changed} hidden figures changed and {deleted} hidden rows deleted: {len(asked)} public answers the same."
    )


def orders():
    """Every list by each of its columns, as a file."""
    for pattern in addresses.patterns():
        yield from (f"/{pattern.shape}?sort=-{name}&export=csv" for name in addresses.sorts_of(pattern))


@pytest.mark.parametrize("name", ["anonymous", "publisher"])
def test_texts_from_outside_are_shown_as_texts(walked, in_admin, name, say):
    """Markup stands in every text of every published record, and none in a page."""
    answers = walked if name == "anonymous" else in_admin(name)
    pages = {address: answer for address, answer in answers.items() if answer.is_html}
    assert ProductModel.objects.filter(model_number__contains="<xss").exists()
    assert sum("&lt;xss" in page.body for page in pages.values()) > 20
    assert {address: found for address, page in pages.items() if (found := markup_in(page))} == {}
    say(f"{len(pages)} pages read for markup of others, scripts, styles and odd links as {name}: none.")
