"""Joining the server, which starts it when it does not run, and leaving it."""

import atexit
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from . import ServerError, account, cluster, home, locks, programs

PORT = 5432  # of the socket's name only: nothing listens on TCP

_seats: dict[Path, int] = {}  # our share of each users.lock; a forked child shares it with its parent


def join(folder: Path, throw_away: bool) -> dict:
    """The connection parameters of a running server, which stays for as long as this process does.

    `throw_away` is for tests: without fsync, and deleted with all its data after the last user.
    """
    try:
        place = home.of(folder)
        with locks.held(place / "start.lock"):
            _take_seat(place)
            _ensure_running(place, throw_away)
            socket_folder = str((place / "socket").readlink())
    except (OSError, subprocess.SubprocessError) as error:
        raise ServerError(f"The embedded Postgres failed in {folder}: {error}.") from error
    return {"host": socket_folder, "port": PORT, "user": account.user_name()}


def _take_seat(place: Path) -> None:
    """Waits while a supervisor stops the server. Taken anew every time, as the folder may be a new one."""
    before = _seats.get(place)
    _seats[place] = locks.take(place / "users.lock", locks.SHARED)
    if before is None:
        atexit.register(_leave, place)
    else:
        os.close(before)


def _ensure_running(place: Path, throw_away: bool) -> None:
    while True:
        supervisor = locks.try_take(place / "supervisor.lock", locks.EXCLUSIVE)
        if supervisor is not None:
            try:
                return _start(place, supervisor, throw_away)
            finally:
                os.close(supervisor)  # the supervisor has its copy
        if cluster.is_ready(place / "data"):
            return None
        time.sleep(0.02)  # who started it was killed meanwhile, or it has just ended


def _start(place: Path, supervisor: int, throw_away: bool) -> None:
    cluster.check_owner(place / "data")
    stop(place)  # one whose supervisor was killed
    executables = programs.locate(place)
    log_path = place / "server.log"
    with log_path.open("wb") as log:
        cluster.prepare(place / "data", executables, log, sync=not throw_away)
        # Ends when the supervisor closes its output: the server is ready, or failed.
        subprocess.run(  # noqa: S603
            [sys.executable, "-m", f"{__package__}.supervisor", place, executables, str(int(throw_away))],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            pass_fds=[supervisor],
            start_new_session=True,  # Ctrl-C in the terminal is not for it
        )
    if not cluster.is_ready(place / "data"):
        raise ServerError(f"Postgres did not start: {cluster.last_words(log_path)}")


def stop(place: Path) -> None:
    """Stop the server if it runs, and wait for the last of its processes."""
    for mode in ("fast", "immediate"):  # a fast stop that meets a crash recovery is never done
        if not locks.is_held(place / "server.lock"):
            return
        command = [programs.locate(place) / "pg_ctl", "stop", "-D", place / "data", "-m", mode, "-t", "10"]
        account.run(command, capture_output=True)
    with locks.held(place / "server.lock"):
        pass


def _leave(place: Path) -> None:
    """At exit: when nobody else uses the server, return only after it has stopped."""
    with suppress(FileNotFoundError), locks.held(place / "start.lock"):
        os.close(_seats.pop(place))
        if not _is_used(place):
            with locks.held(place / "supervisor.lock"):  # which now stops the server and ends
                stop(place)  # if the supervisor had been killed


def _is_used(place: Path) -> bool:
    """Nobody can come as long as start.lock is ours."""
    alone = locks.try_take(place / "users.lock", locks.EXCLUSIVE)
    if alone is not None:
        os.close(alone)
        return False
    seat = locks.try_take(place / "users.lock", locks.SHARED)
    if seat is None:
        return False  # the supervisor has it: it is stopping the server
    os.close(seat)
    return True
