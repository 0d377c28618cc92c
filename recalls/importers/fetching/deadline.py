"""The end of a whole fetch, which cuts the connection however slowly a server drips its bytes."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from recalls.importers.fetching.rules import FetchError


class Deadline:
    """So many seconds from now. Timeouts of a socket begin anew with each byte; this one doesn't."""

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.ends = time.monotonic() + seconds
        self.lock = threading.Lock()
        self.watched: list[socket.socket] = []
        self.over = False

    def left(self) -> float:
        """Return the seconds that are left; FetchError where none are."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise FetchError(f"The file did not come within {self.seconds:g} seconds.")
        return left

    def wait(self, seconds: float) -> None:
        """Sleep; FetchError at once where that would outlast the deadline."""
        if seconds >= self.left():
            raise FetchError(
                f"A further attempt in {seconds:g} seconds would come after {self.seconds:g} seconds."
            )
        time.sleep(seconds)

    def watch(self, connected: socket.socket) -> None:
        """Cut this connection when time is up: by a copy of the socket, since TLS takes the socket itself."""
        with self.lock:
            self.watched.append(connected.dup())
            if self.over:
                _shut(self.watched[-1])

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Be ready to cut what is connected within the block."""
        timer = threading.Timer(self.left(), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._forget()

    def _cut(self) -> None:
        with self.lock:
            self.over = True
            for connected in self.watched:
                _shut(connected)

    def _forget(self) -> None:
        with self.lock:
            while self.watched:
                self.watched.pop().close()


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
