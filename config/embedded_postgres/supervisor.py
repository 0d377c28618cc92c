"""Runs the server: starts it, and stops it when its last user is gone, however that one ended.

A process of its own, in its own session, so that neither Ctrl-C nor the end of who started it reaches it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

from . import account, cluster, locks, server

LONGEST_SOCKET_PATH = 103  # bytes; 107 on Linux


def main(place: Path, programs: Path, throw_away: bool) -> None:
    if os.fork():
        return  # the starter waits for this half, and is not left with a child
    unused = Event()
    with tempfile.TemporaryDirectory(prefix="recalls-", dir=_short_folder()) as socket_folder:
        postgres = _start(place, programs, Path(socket_folder), throw_away)
        while postgres.poll() is None and not cluster.is_ready(place / "data"):
            time.sleep(0.01)
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # tells the starter to go on
        watch = Thread(target=_stop_after_last_user, args=(place, unused), daemon=True)
        watch.start()
        postgres.wait()
    if throw_away and unused.is_set():
        watch.join()
        shutil.rmtree(place)


def _short_folder() -> str:
    """Where a socket's path is short enough and the server's account gets through."""
    usual = tempfile.gettempdir()
    longest = os.fsencode(f"{usual}/recalls-12345678/.s.PGSQL.{server.PORT}")
    fits = len(longest) <= LONGEST_SOCKET_PATH and account.can_reach(Path(usual))
    return usual if fits else "/tmp"  # noqa: S108


def _start(place: Path, programs: Path, socket_folder: Path, throw_away: bool) -> subprocess.Popen:
    account.give(socket_folder)
    _link(place / "socket", socket_folder)
    running = locks.take(place / "server.lock", locks.EXCLUSIVE)
    command = [programs / "postgres", "-D", place / "data", "-p", str(server.PORT)]
    command += ["-c", "listen_addresses=", "-c", f"unix_socket_directories={socket_folder}"]
    command += ["-c", "log_min_messages=log"]  # not statements that failed, with what somebody typed in them
    command += ["-F"] if throw_away else []
    postgres = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=sys.stderr, pass_fds=[running], **account.options()
    )
    os.close(running)  # from here on it is the server's alone
    return postgres


def _link(link: Path, socket_folder: Path) -> None:
    """How users find the socket; what a killed server left at the old place goes."""
    if link.is_symlink():
        shutil.rmtree(link.readlink(), ignore_errors=True)
        link.unlink()
    link.symlink_to(socket_folder)


def _stop_after_last_user(place: Path, unused: Event) -> None:
    locks.take(place / "users.lock", locks.EXCLUSIVE)  # kept until we end: newcomers wait for that
    unused.set()
    server.stop(place)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "1")
