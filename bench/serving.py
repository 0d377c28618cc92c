"""A real server for measurements over HTTP: gunicorn with threads, as in production."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.database import NAMED_BY

ROOT = Path(__file__).parents[1]
CONFIGURED = ROOT / "gunicorn.conf.py"
THREADED = ["--worker-class", "gthread", "--workers", "2", "--threads", "8", "--timeout", "600"]


@dataclass
class Server:
    port: int
    process: subprocess.Popen

    def connection(self, timeout=600) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def memory(self) -> float:
        """MB that the server's processes hold, without what they share being counted twice."""
        return sum(_own_memory(pid) for pid in [self.process.pid, *_children(self.process.pid)])


@contextmanager
def serving(name: str):
    """A server on a free port that reads this database; it has answered once when it is handed out."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "bench.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--log-level", "warning", *([] if CONFIGURED.exists() else THREADED)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, NAMED_BY: name})
    try:
        server = Server(port, process)
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _wait(server):
    deadline = time.monotonic() + 60
    while True:
        try:
            with closing(server.connection()) as connection:
                connection.request("GET", "/method/")
                return connection.getresponse().read()
        except ConnectionRefusedError:
            if time.monotonic() > deadline or server.process.poll() is not None:
                raise
            time.sleep(0.1)


def _children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _own_memory(pid):
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
