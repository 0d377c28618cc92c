"""Noticing that a client has gone away, also while there is nothing to send to it yet."""

import select
import socket
from contextlib import contextmanager
from threading import Thread

LEFT = getattr(select, "POLLRDHUP", 0)  # its end is closed; elsewhere than on Linux only a reset is noticed
AGAIN = 200  # milliseconds


@contextmanager
def watched(client, left):
    """Call `left` when the other side of the socket `client` is closed, again and again until this ends.

    Again, since what it ends may not have begun yet. A `client` of None is not watched.
    """
    if client is None:
        yield
        return
    ours, watchers = socket.socketpair()
    thread = Thread(target=_watch, args=(client, watchers, left), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ours.close()
        thread.join()


def _watch(client, end, left):
    with end:
        either = select.poll()
        either.register(client, LEFT)
        either.register(end, select.POLLIN)
        if end.fileno() in dict(either.poll()):
            return
        either.unregister(client)
        while not either.poll(AGAIN):
            left()
