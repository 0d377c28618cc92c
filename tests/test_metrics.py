"""Figures for Prometheus: of all processes together, for whoever brings the token, and for nobody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from config.environment import token
from tests import factory
from tests.postgres_servers import until
from tests.served import NAME, served_database
from tests.site_process import running

pytestmark = pytest.mark.django_db
TOKEN = "for-these-tests-and-nothing-else"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def fill():
    factory.batch(published=True, note="long " * 4_000_000)
    for days, state in ((3, "finished"), (1, "failed")):
        at = timezone.now() - timedelta(days=days)
        whose = factory.regulator()
        factory.import_run(regulator=whose, retrieved_at=at, started_at=at, finished_at=at, state=state)


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with served_database(django_db_blocker, fill) as server:
        yield server


@pytest.fixture(scope="module")
def site(server, tmp_path_factory):
    with running(tmp_path_factory, DATABASE_URL=server.url(NAME), METRICS_TOKEN=TOKEN) as site:
        yield site


def figures(site):
    """Each figure by its name and the values of its labels."""
    page = site.get("/metrics", **BEARER)
    assert page.status == 200, page.body
    families = text_string_to_metric_families(page.body)
    samples = [sample for family in families for sample in family.samples]
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def test_requests_are_counted_over_all_processes_by_route_and_status(site):
    key = ("recalls_requests_total", "GET", "/suppliers/", "200")
    for _ in range(12):
        site.get("/suppliers/?q=typed")
    seen = until(lambda: (found := figures(site)).get(key) == 12 and found)
    assert seen["recalls_request_seconds_count", "/suppliers/"] == 12
    assert 0 < seen["recalls_request_seconds_sum", "/suppliers/"] < 120


def test_records_and_unknown_addresses_make_no_figures_of_their_own(site):
    site.get("/recalls/no-such-batch/")
    site.get("/nobody/knows/this/")
    seen = until(
        lambda: (
            (found := figures(site)) and ("recalls_requests_total", "GET", "none", "404") in found and found
        )
    )
    assert ("recalls_requests_total", "GET", "/recalls/<slug:slug>/", "404") in seen
    assert not [key for key in seen if "no-such-batch" in str(key) or "nobody" in str(key)]


def test_files_under_way_and_those_that_were_cut_are_told(site):
    with site.slow_client("/recalls/?export=csv") as client:
        assert client.recv(12) == b"HTTP/1.1 200"
        until(lambda: figures(site)["recalls_exports_running", "default"] == 1)
    until(lambda: figures(site)["recalls_exports_running", "default"] == 0)
    assert figures(site)["recalls_answers_cut_total", "/recalls/"] == 1


def test_the_age_of_imports_and_what_waits_are_told(site):
    seen = figures(site)
    (age,) = [value for key, value in seen.items() if key[0] == "recalls_import_age_seconds"]
    assert 259_200 <= age < 260_200  # three days, not the one of the run that failed
    (last,) = [key for key in seen if key[0] == "recalls_import_last_run"]
    assert "failed" in last
    assert seen["recalls_waiting", "Imports that failed or broke off"] == 1
    assert seen["recalls_waiting", "Possible duplicates"] == 0


def test_connections_are_told_also_that_there_are_none(site, server):
    assert figures(site)["recalls_database_up", "default"] == 1
    assert 0 < figures(site)["recalls_database_connections", "default"] < 100
    assert figures(site)["recalls_database_connections_limit", "default"] == 100
    server.stop()
    try:
        seen = figures(site)
    finally:
        server.start()
    assert seen["recalls_database_up", "default"] == 0
    assert ("recalls_waiting", "Possible duplicates") not in seen
    until(lambda: figures(site)["recalls_database_up", "default"] == 1)


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN} ", "Bearer für"]
)
def test_without_the_token_there_is_no_such_page(client, settings, given):
    settings.METRICS_TOKEN = TOKEN
    unknown = client.get("/metrics-of-nobody", headers={"Authorization": given})
    answer = client.get("/metrics", headers={"Authorization": given})
    assert (answer.status_code, answer.text) == (404, unknown.text)


def test_without_the_setting_there_is_no_such_page(client):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("value", ["short", "with blanks in it for so long", "ümläute-ümläute-ümläute-ü"])
def test_a_weak_token_is_refused_and_not_shown(monkeypatch, value):
    monkeypatch.setenv("METRICS_TOKEN", value)
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN is weak") as refusal:
        token("METRICS_TOKEN")
    assert value not in str(refusal.value)
