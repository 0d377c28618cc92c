"""From an address to a file: redirects are followed and checked, what may pass by itself is tried again."""

from typing import BinaryIO
from urllib.parse import urljoin

from urllib3 import Retry
from urllib3.exceptions import InvalidHeader
from urllib3.response import BaseHTTPResponse

from recalls.importers.fetching.body import copy
from recalls.importers.fetching.connection import answered
from recalls.importers.fetching.deadline import Deadline
from recalls.importers.fetching.rules import FetchError, Rules, TryAgainError
from recalls.importers.plain_text import plain

MOVED = {301, 302, 303, 307, 308}
TOO_MANY = 429


class _Moved(Exception):  # noqa: N818 - not an error
    def __init__(self, address: str):
        super().__init__(address)
        self.address = address


def fetch(address: str, spool: BinaryIO, rules: Rules) -> tuple[str, str, int]:
    """Fetch an address into a file; return the address in the end, SHA-256 and size. FetchError if refused."""
    deadline = Deadline(rules.total)
    for _ in range(rules.redirects + 1):
        try:
            return address, *_patiently(address, spool, rules, deadline)
        except _Moved as moved:
            address = moved.address
    raise FetchError(f"The address leads on more than {rules.redirects} times.")


def _patiently(address: str, spool: BinaryIO, rules: Rules, deadline: Deadline) -> tuple[str, int]:
    for attempt in range(1, rules.attempts + 1):
        try:
            return _once(address, spool, rules, deadline)
        except TryAgainError as failure:
            if attempt == rules.attempts:
                raise FetchError(f"{failure}, at {attempt} attempts.") from failure
            deadline.wait(max(failure.wait, rules.wait * 2 ** (attempt - 1)))
    raise FetchError("No attempt was made.")


def _once(address: str, spool: BinaryIO, rules: Rules, deadline: Deadline) -> tuple[str, int]:
    host, target = rules.check(address)
    with answered(host, target, rules, deadline) as response:
        _require_success(response, host, address)
        found = copy(response, spool, rules.largest)
    deadline.left()  # a connection that was cut can look like the end of a file
    return found


def _require_success(response: BaseHTTPResponse, host: str, address: str) -> None:
    status = response.status
    said = f"{host} answered {status} {plain(response.reason)[:60]}".strip()
    if status in MOVED and response.headers.get("Location"):
        raise _Moved(_completed(address, response.headers["Location"]))
    if status == TOO_MANY or status >= 500:
        raise TryAgainError(said, _asked_to_wait(response))
    if status != 200:
        raise FetchError(f"{said}.")


def _completed(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FetchError("The address leads on to one that can't be read.") from error


def _asked_to_wait(response: BaseHTTPResponse) -> float:
    """Seconds of Retry-After, which names them or a moment."""
    try:
        return Retry().parse_retry_after(response.headers.get("Retry-After", "0"))
    except (InvalidHeader, ValueError, OverflowError):
        return 0
