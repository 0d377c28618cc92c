"""What every test stands on."""

import atexit
import os
import shutil
import tempfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import get_resolver
from hypothesis import settings

from config.words.compiled import compile_words

compile_words()

pytest_plugins = ["tests.browser"]  # what the tests that open pages stand on

# The same examples in every run, so that a failure is the change's; HYPOTHESIS_PROFILE=wide looks further.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("wide", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """The tests' own server, gone with its data when they end; `make run` may go on beside it."""
    if connection.settings_dict["ENGINE"] == "config.embedded_postgres":
        folder = Path(tempfile.mkdtemp(prefix="recalls-tests-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # when the start itself was interrupted
        connection.settings_dict |= {"FOLDER": folder, "THROW_AWAY": True, "USER": ""}


@pytest.fixture(scope="session", autouse=True)
def pages_imported():
    """Else a module that a test's first page imports would keep the names that this test has replaced elsewhere."""
    assert get_resolver().url_patterns


def pytest_runtest_setup(item):
    """A test that stops servers may have lost its connection: the next one begins with a new one."""
    if connection.connection and connection.connection.closed and not connection.in_atomic_block:
        connection.close()


@pytest.fixture(autouse=True)
def as_the_service(request, _django_db_marker):
    """Tests run as the role that serves, which may change no table and no history."""
    marker = request.node.get_closest_marker("django_db")
    if not marker or request.node.get_closest_marker("as_owner"):
        yield
        return
    connection.ensure_connection()
    _act_as("recalls_service")
    yield
    if marker.kwargs.get("transaction") and connection.connection and not connection.connection.closed:
        _act_as("NONE")  # other tests' transactions are rolled back, and their role with them


@pytest.fixture(autouse=True)
def no_file_left_open(as_the_service):
    """A file that a test asks for and does not close would keep its transaction open for all tests that follow."""
    begun = list(connection.savepoint_ids)
    yield
    assert connection.savepoint_ids == begun, "A file that this test asked for was not closed."


def _act_as(role):
    """Beside Django's cursor: it is no query of the test."""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")


@pytest.fixture(scope="module")
def sample_data(django_db_setup, django_db_blocker):
    """The sample data, loaded once for the tests of a file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_sample_data", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def say(request):
    """Prints a sentence after the tests, also those of other processes."""
    return lambda sentence: request.node.user_properties.append(("said", sentence))


def pytest_terminal_summary(terminalreporter):
    reports = terminalreporter.stats.get("passed", [])
    for sentence in [text for report in reports for name, text in report.user_properties if name == "said"]:
        terminalreporter.write_line(sentence)
