"""What every test stands on."""

import atexit
import shutil
import tempfile
from pathlib import Path

import pytest
from django.db import connection


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The tests' own server, gone with its data when they end; `make run` may go on beside it."""
    if connection.settings_dict["ENGINE"] == "config.embedded_postgres":
        folder = Path(tempfile.mkdtemp(prefix="recalls-tests-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # when the start itself was interrupted
        connection.settings_dict |= {"FOLDER": folder, "THROW_AWAY": True}
