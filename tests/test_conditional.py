"""Tags of pages: 304 as long as the data are the same, never after they have changed, however they were changed."""

from contextlib import ExitStack, closing
from threading import Thread
from time import sleep

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction

from config import public_reads
from tests import factory

pytestmark = pytest.mark.django_db
STAGED = {
    "recalls_spreadsheetupload",
    "recalls_spreadsheetrow",
    "recalls_spreadsheetcell",
}  # no page shows them


def version():
    with connection.cursor() as cursor:
        cursor.execute("SELECT data_version()")
        return cursor.fetchone()[0]


def run(link, *statements):
    with link.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def another():
    """A connection of its own to the same database."""
    link = connection.get_new_connection(connection.get_connection_params())
    link.autocommit = True
    return closing(link)


def tables():
    for label in ("evidence", "suppliers", "recalls"):
        models = apps.get_app_config(label).get_models(include_auto_created=True)
        yield from (model._meta.db_table for model in models if model._meta.managed)


@pytest.fixture
def batch():
    return factory.batch("Power bank", slug="us-1", published=True, units=5)


@pytest.mark.parametrize("table", sorted(set(tables()) - STAGED))
@pytest.mark.as_owner
@pytest.mark.parametrize("statement", ["DELETE FROM {} WHERE false", "TRUNCATE {} CASCADE"])
def test_the_version_changes_with_every_table_that_pages_show(table, statement):
    before = version()
    run(connection, statement.format(table))
    assert version() != before


@pytest.mark.parametrize(
    "path", ["/", "/recalls/", "/recalls/us-1/", "/recalls/?export=csv", "/search/?q=bank"]
)
def test_what_is_asked_again_is_304_without_any_query_of_the_page(
    client, batch, path, django_assert_num_queries
):
    first = client.get(path)
    if first.streaming:
        first.getvalue()
    assert first["Cache-Control"] == "public, no-cache"
    assert "Cookie" in first["Vary"]
    with django_assert_num_queries(1):
        again = client.get(path, headers={"If-None-Match": f'"other", {first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.django_db(transaction=True)
def test_what_is_edited_by_staff_or_by_plain_sql_is_seen_at_once(client):
    with transaction.atomic():
        batch = factory.batch(published=True)
    tags = {client.get("/recalls/")["ETag"]}
    batch.title = "Edited"
    batch.save()
    tags.add(client.get("/recalls/")["ETag"])
    run(connection, "UPDATE recalls_recallbatch SET title = 'By SQL'")
    page = client.get("/recalls/", headers={"If-None-Match": ", ".join(tags)})
    assert (len(tags), page.status_code) == (2, 200)
    assert "By SQL" in page.text


@pytest.fixture
def pages_are_kept(settings):
    memory = {"BACKEND": settings.MEMORY, "LOCATION": "pages of tests"}
    settings.CACHES = settings.CACHES | {"pages": memory}
    yield
    caches["pages"].clear()


@pytest.mark.parametrize(
    "path", ["/", "/recalls/?region=US&sort=-units", "/recalls/us-1/", "/api/v1/recalls/"]
)
def test_what_another_asked_for_is_not_made_again(
    client, batch, path, pages_are_kept, django_assert_num_queries
):
    first = client.get(path)
    with django_assert_num_queries(1):
        again = client.get(path)
    assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    assert (again["Cache-Control"], again["Content-Type"]) == (first["Cache-Control"], first["Content-Type"])


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_kept_is_gone_with_the_next_change(client, pages_are_kept):
    with transaction.atomic():
        factory.batch("Power bank", published=True)
    assert "Power bank" in client.get("/recalls/").text
    run(connection, "UPDATE recalls_recallbatch SET title = 'By SQL'")
    assert "By SQL" in client.get("/recalls/").text
    run(connection, "UPDATE recalls_recallbatch SET is_published = false")
    assert "By SQL" not in client.get("/recalls/").text


def test_staff_files_faults_and_other_hosts_get_no_page_that_is_kept(
    client, admin_client, batch, pages_are_kept, settings
):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.get("/recalls/"), client.get("/recalls/nothing/")
    client.get("/recalls/?export=csv").getvalue()
    kept = len(caches["pages"]._cache)
    elsewhere = client.get("/recalls/", headers={"Host": "other.example"})
    assert (kept, len(caches["pages"]._cache), elsewhere.status_code) == (1, 2, 200)
    assert "no-store" in admin_client.get("/recalls/")["Cache-Control"]


def test_another_release_makes_other_tags(client, batch, monkeypatch):
    tag = client.get("/recalls/")["ETag"]
    monkeypatch.setattr(public_reads, "release", lambda: "another")
    client.handler.load_middleware()
    assert client.get("/recalls/", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/recalls/nothing/", "/recalls/?region=QQ&export=csv", "/admin/"])
def test_what_is_no_page_has_no_tag(client, path):
    assert "ETag" not in client.get(path).headers
    assert client.get(path, headers={"If-None-Match": "*"}).status_code in (404, 400, 302)


@pytest.mark.parametrize("path", ["/recalls/", "/recalls/?export=csv", "/admin/"])
def test_what_staff_see_is_kept_by_no_one(admin_client, batch, path):
    page = admin_client.get(path, headers={"If-None-Match": "*"})
    if page.streaming:
        page.getvalue()
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]
    assert "ETag" not in page.headers


def test_a_tag_of_a_visitor_is_worth_nothing_to_staff(client, admin_client, batch):
    tag = client.get("/recalls/")["ETag"]
    assert admin_client.get("/recalls/", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_is_none():
    factory.region()
    before = version()
    with transaction.atomic():
        run(connection, "UPDATE recalls_region SET name = 'Nowhere'")
        assert version() != before
        transaction.set_rollback(True)
    assert version() == before
    run(connection, "UPDATE recalls_region SET name = 'Nowhere'")
    assert version() != before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["READ COMMITTED", "SERIALIZABLE"])
def test_two_importers_never_wait_for_each_other_and_each_commit_is_another_version(level):
    factory.region("US"), factory.region("JP")
    versions = [version()]
    with another() as one, another() as two:
        run(one, f"BEGIN ISOLATION LEVEL {level}", "UPDATE recalls_region SET name = 'A' WHERE code = 'US'")
        run(two, f"BEGIN ISOLATION LEVEL {level}", "SET LOCAL lock_timeout = '2s'")
        run(two, "UPDATE recalls_region SET name = 'B' WHERE code = 'JP'")
        assert version() == versions[0]
        for link in (two, one):
            run(link, "COMMIT")
            versions.append(version())
    assert len(set(versions)) == 3


@pytest.mark.django_db(transaction=True)
def test_one_version_is_one_state_of_the_data_however_many_write():
    """Read the way a request does: the version first, then the data, and the version once more."""
    for code in ("US", "JP", "CN"):
        factory.region(code)
    with ExitStack() as links:
        writers = [Thread(target=write, args=(links.enter_context(another()), c)) for c in ("US", "JP", "CN")]
        reader = links.enter_context(another())
        for writer in writers:
            writer.start()
        read = []
        while any(writer.is_alive() for writer in writers):
            read.append((version_by(reader), names(reader), version_by(reader)))
        for writer in writers:
            writer.join()
        read.append((version_by(reader), names(reader), version_by(reader)))
    steady = {before: data for before, data, after in read if before == after}
    assert len(steady) > 3
    assert all(steady[before] == data for before, data, after in read if before == after)


def write(link, code):
    for number in range(20):
        sleep(0.02)
        run(
            link,
            "BEGIN",
            f"UPDATE recalls_region SET name = '{code} {number}' WHERE code = '{code}'",
            "COMMIT",
        )


def version_by(link):
    with link.cursor() as cursor:
        cursor.execute("SELECT data_version()")
        return cursor.fetchone()[0]


def names(link):
    with link.cursor() as cursor:
        cursor.execute("SELECT string_agg(name, ' ' ORDER BY code) FROM recalls_region")
        return cursor.fetchone()[0]
