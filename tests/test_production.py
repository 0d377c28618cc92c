"""What production asks for, and how it says that it lives and is ready."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from config.environment import check_production, whole_number

STRONG = "for these tests and nothing else, 0123456789 0123456789"


@pytest.fixture
def production(monkeypatch):
    """An environment that lacks nothing."""
    monkeypatch.setenv("SECRET_KEY", STRONG)
    monkeypatch.setenv("PUBLIC_URL", "https://recalls.example")
    monkeypatch.setenv("DATABASE_URL", "embedded")
    check_production()
    return monkeypatch


@pytest.mark.parametrize("name", ["SECRET_KEY", "PUBLIC_URL", "DATABASE_URL"])
def test_a_missing_setting_is_refused_by_its_name(production, name):
    production.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        check_production()


@pytest.mark.parametrize("key", ["short", "x" * 100])
def test_a_weak_secret_is_refused_and_not_shown(production, key):
    production.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is weak") as refusal:
        check_production()
    assert key not in str(refusal.value)


def test_readers_elsewhere_are_served_by_https_only(production):
    production.setenv("PUBLIC_URL", "http://127.0.0.1:8000")
    check_production()
    production.setenv("PUBLIC_URL", "http://recalls.example")
    with pytest.raises(ImproperlyConfigured, match="production needs https"):
        check_production()


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "9" * 20])
def test_a_limit_is_a_whole_number(monkeypatch, value):
    monkeypatch.setenv("EXPORTS_AT_ONCE", value)
    with pytest.raises(ImproperlyConfigured, match="EXPORTS_AT_ONCE"):
        whole_number("EXPORTS_AT_ONCE", 4)


def test_a_process_that_lives_says_so_without_the_database_under_any_name(client):
    answer = client.get("/healthz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.text) == (200, "alive\n")


@pytest.mark.django_db
@pytest.mark.as_owner
def test_it_is_ready_when_the_database_has_all_migrations(client):
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "default: right\n")
    MigrationRecorder(connection).record_unapplied("recalls", "0001_initial")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "default: not migrated: recalls.0001_initial\n")


def test_it_is_not_ready_without_its_database(client, monkeypatch):
    def fail(recorder):
        raise OperationalError

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", fail)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "default: unreachable\n")
