"""Real Postgres servers for tests that stop them: a primary and its streaming replica, on Unix sockets only."""

import shutil
import subprocess
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg2
from django.db import connection

from config.embedded_postgres import account, cluster, programs

# A replica that cancels what stands in the way of its primary's changes at once, but tells what it still reads.
OPTIONS = {
    "listen_addresses": "",
    "max_standby_streaming_delay": "0",
    "wal_receiver_status_interval": "1",
    "wal_retrieve_retry_interval": "100",
    "fsync": "off",
}


class Server:
    """A running copy of the server whose socket is in `source`; it follows that one if it is a `replica`."""

    def __init__(self, source, *, replica=False):
        self.folder = Path(tempfile.mkdtemp(prefix="recalls-server-"))
        self.data = self.folder / "data"
        self.programs = programs.locate(self.folder)
        copy = [self.programs / "pg_basebackup", "-D", self.data, "-h", source, "-c", "fast", "--no-sync"]
        subprocess.run([*copy, *(["-R"] if replica else [])], check=True)
        # Nobody else can enter the folder; the replica's account is not the one that made the copy.
        (self.data / "pg_hba.conf").write_text("local all all trust\nlocal replication all trust\n")
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write("hot_standby_feedback = on\n")  # there, as what the start names can't be changed later
        for path in (self.folder, self.data, *self.data.rglob("*")):
            account.give(path)
        self.start()

    def start(self):
        options = OPTIONS | {"unix_socket_directories": self.folder}
        words = " ".join(f"-c {name}={value}" for name, value in options.items())
        self._control("start", "-o", words, "-l", self.folder / "log")

    def stop(self):
        self._control("stop", "-m", "immediate")

    def kill(self):
        """All its processes with -9, at once, as when the machine goes."""
        postmaster = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, 10)

    def _control(self, what, *more):
        command = [self.programs / "pg_ctl", what, "-D", self.data, "-w", *more]
        account.run(command, stdout=subprocess.DEVNULL, check=True)

    def close(self):
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def url(self, name):
        """By the role that serves."""
        return f"postgres://{cluster.SERVICE}@/{self.folder}/{name}"

    def connect(self, name, role=None):
        link = psycopg2.connect(host=str(self.folder), dbname=name, user=role or account.user_name())
        link.autocommit = True
        return closing(link)

    def ask(self, name, query):
        """The first value of the answer, if there is one; the query is a transaction of its own."""
        with self.connect(name) as link, link.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] if cursor.rowcount > 0 and cursor.description else None


def socket_folder():
    """Where the tests' own server listens."""
    return connection.get_connection_params()["host"]


def until(holds, seconds=10):
    """Wait until `holds()` is true, and give it back."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "It did not come about in time."
        time.sleep(0.02)
    return found
