"""psql, the yardstick of every file."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass

from django.db import connection

from config.embedded_postgres import home, programs


@dataclass
class Copied:
    first_row: float
    seconds: float
    size: int


def copy(select: str, only_first: bool = False) -> Copied:
    r"""What `\copy (SELECT …) TO STDOUT` takes, to its first row and to its end."""
    statement = f"COPY ({select}) TO STDOUT WITH (FORMAT csv)"
    began = time.perf_counter()
    process = _started(statement)
    size = len(process.stdout.readline())
    first = time.perf_counter() - began
    if only_first:
        process.terminate()
    while not only_first and (chunk := process.stdout.read1(1 << 16)):
        size += len(chunk)
    process.stdout.close()
    if process.wait() and not only_first:
        raise RuntimeError("psql could not copy the rows.")
    return Copied(first, time.perf_counter() - began, size)


def _started(statement):
    """It reads the statement from its input, as one with so many columns is too long for an argument."""
    command = [_program(), "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, env=os.environ | _address(), **pipes)
    process.stdin.write(f"{statement};\n".encode())
    process.stdin.close()
    return process


def _program():
    folder = connection.settings_dict.get("FOLDER")
    if folder:
        return programs.locate(home.of(folder)) / "psql"
    installed = shutil.which("psql")
    return installed or programs.locate(home.OUTSIDE) / "psql"


def _address():
    """Where the server is, with the session settings that the pages have."""
    at = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    place = {variable: str(at[name]) for name, variable in names.items() if at.get(name)}
    return place | {"PGDATABASE": connection.settings_dict["NAME"], "PGOPTIONS": at.get("options", "")}
