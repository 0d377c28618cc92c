"""The site as `make serve` runs it, in processes of its own, its visitors, and clients that behave badly."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import psutil

from tests.postgres_servers import until

ROOT = Path(__file__).parents[1]
SECRET = "for these tests and nothing else, 0123456789 0123456789"
TINY = 4096  # bytes that a slow client's side holds before it has read them


class Site:
    """gunicorn on a free port, until it is closed."""

    def __init__(self, log, **environment):
        self.log = log
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.port = taken.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        own = {"SECRET_KEY": SECRET, "DEBUG": "0", "PUBLIC_URL": self.address, "PORT": str(self.port)}
        self.environment = os.environ | own | environment
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        with (ROOT / "manage.py").open() as alone:  # two at a time would take each other's files
            fcntl.flock(alone, fcntl.LOCK_EX)
            subprocess.run(collect, cwd=ROOT, env=self.environment, check=True)
        command = [sys.executable, "-m", "gunicorn", "--config", "config/serving.py", "config.wsgi"]
        with log.open("wb") as file:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=file, stderr=file)
        until(self.is_up, 30)

    def is_up(self):
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def get(self, path, **headers):
        """The response, of whatever status; its body is in `body`."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + path, headers=names)
        try:
            answer = urllib.request.urlopen(request, timeout=15)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            answer.body = answer.read().decode()
        return answer

    def slow_client(self, path, version="1.1"):
        """A connection that has asked for a path and reads nothing by itself."""
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, TINY)
        client.settimeout(15)
        client.connect(("127.0.0.1", self.port))
        client.sendall(f"GET {path} HTTP/{version}\r\nHost: 127.0.0.1\r\n\r\n".encode())
        return client

    def workers(self):
        return psutil.Process(self.process.pid).children()

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            for process in [*self.workers(), self.process]:
                process.kill()
            self.process.wait()


@contextmanager
def running(tmp_path_factory, **environment):
    """A site of two workers, with its log."""
    log = tmp_path_factory.mktemp("site") / "log"
    with closing(Site(log, WEB_CONCURRENCY="2", **environment)) as site:
        yield site


@contextmanager
def visitors(site, paths, count=2):
    """Anonymous visitors all the while; gives the list of what they were answered."""
    answers, done = [], Event()

    def visit():
        while not done.is_set():
            answers.extend(site.get(path) for path in paths)

    threads = [Thread(target=visit) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        done.set()
        for thread in threads:
            thread.join()
