"""One request to one checked address. The TLS certificate has to be the host's, not the address's."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPResponse, IncompleteRead

from urllib3 import HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError
from urllib3.response import BaseHTTPResponse

from recalls.importers.fetching.deadline import Deadline
from recalls.importers.fetching.rules import FetchError, Rules, TryAgainError

HEADERS = {"User-Agent": "recall-incident-tracker", "Accept": "*/*", "Accept-Encoding": "gzip"}


class CheckedResponse(HTTPResponse):
    """A chunk of a length below 0 would be read into memory to the end of the connection."""

    def _safe_read(self, amt):
        if amt < 0:
            raise IncompleteRead(b"")
        return super()._safe_read(amt)


class WatchedConnection(HTTPSConnection):
    """A connection that the deadline can cut from its first byte on, so also within the TLS handshake."""

    response_class = CheckedResponse

    def __init__(self, *args, deadline: Deadline, **kwargs):
        super().__init__(*args, **kwargs)
        self.deadline = deadline

    def _new_conn(self):
        connected = super()._new_conn()
        self.deadline.watch(connected)
        return connected


@contextmanager
def answered(host: str, target: str, rules: Rules, deadline: Deadline) -> Iterator[BaseHTTPResponse]:
    """Ask a host for a target and yield its answer, the body still to come, as it was sent.

    TryAgainError for what another attempt may mend, FetchError for what none will.
    """
    with deadline.watching():
        try:
            response = _ask(host, target, rules, deadline)
            try:
                yield response
            finally:
                response.close()
        except (HTTPError, OSError) as error:
            deadline.left()
            raise _explained(error, host) from error


def _ask(host: str, target: str, rules: Rules, deadline: Deadline) -> BaseHTTPResponse:
    """The addresses one after the other, as they were checked: the name is not looked up again."""
    failure: Exception = TryAgainError(f"The name {host} has no address in the DNS")
    for address in rules.addresses(host):
        try:
            return _ask_at(address, host, target, rules, deadline)
        except (HTTPError, OSError) as error:
            deadline.left()
            failure = error
    raise failure


def _ask_at(address: str, host: str, target: str, rules: Rules, deadline: Deadline) -> BaseHTTPResponse:
    pool = HTTPSConnectionPool(
        address,
        rules.port,
        timeout=Timeout(connect=min(rules.connect, deadline.left()), read=rules.read),
        ssl_context=rules.context(),
        server_hostname=host,
    )
    pool.ConnectionCls = partial(WatchedConnection, deadline=deadline)
    return pool.urlopen(
        "GET",
        target,
        headers={**HEADERS, "Host": host},
        retries=False,
        redirect=False,
        preload_content=False,
        decode_content=False,
    )


def _explained(error: Exception, host: str) -> Exception:
    if isinstance(error, SSLError) and isinstance(error.args[0], ssl.SSLCertVerificationError):
        return FetchError(f"The certificate of {host} is not valid: {error.args[0].verify_message}.")
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return TryAgainError(f"{host} did not answer in time")
    return TryAgainError(f"The connection to {host} failed or broke off")
