"""Which addresses are fetched, and how much of time and bytes that may take."""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

# The regulators' sites, as their documentation names them for download.
HOSTS = frozenset({"www.saferproducts.gov", "www.cpsc.gov", "recalls-rappels.canada.ca", "ec.europa.eu"})


class FetchError(Exception):
    """A file that isn't fetched; the message is the reason in one plain sentence, for staff."""


class TryAgainError(Exception):
    """What another attempt may mend: what happened, without a full stop, and how long the server asks to wait."""

    def __init__(self, happened: str, wait: float = 0):
        super().__init__(happened)
        self.wait = wait


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host as the DNS gives them, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, also where it wraps an IPv4 address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1]) or _translated(ip)
        if wrapped:
            return is_public(str(wrapped))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address behind NAT64, with the prefix for everybody or for one network."""
    inside = any(ip in ipaddress.ip_network(prefix) for prefix in ("64:ff9b::/96", "64:ff9b:1::/48"))
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if inside else None


@dataclass(frozen=True)
class Rules:
    """What holds for one fetch. Times in seconds, sizes in bytes; tests put in their own server.

    largest: of the file as it comes and as it is after decompression. total: for everything together, with
    redirects, waits and further attempts. wait: before the second attempt, twice that before each further one.
    """

    hosts: frozenset[str] = HOSTS
    port: int = 443
    resolve: Callable[[str, int], list[str]] = resolve
    is_allowed: Callable[[str], bool] = is_public
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    largest: int = 200 * 1024 * 1024
    connect: float = 10
    read: float = 30
    total: float = 300
    attempts: int = 4
    redirects: int = 5
    wait: float = 1

    def check(self, address: str) -> tuple[str, str]:
        """Return host and target (path and query) of an address that may be fetched; FetchError otherwise."""
        if not (address.isascii() and address.isprintable()):
            raise FetchError("The address holds signs that stand in none: write them as %C3%A9.")
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise FetchError("The address can't be read.") from error
        if parts.scheme != "https":
            raise FetchError(f"Only https addresses are fetched, not {parts.scheme[:20] or 'this one'}.")
        if parts.username is not None or parts.password is not None:
            raise FetchError("An address with a user name is not fetched.")
        if host not in self.hosts or port not in (None, self.port):
            allowed = ", ".join(sorted(self.hosts))
            raise FetchError(f"{_short(parts.netloc)} is not one of the regulators' hosts ({allowed}).")
        return host, f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"

    def addresses(self, host: str) -> list[str]:
        """Return the IP addresses to connect to; FetchError where one of them is not public."""
        try:
            found = self.resolve(host, self.port)
        except (OSError, UnicodeError) as error:
            raise TryAgainError(f"The name {host} is not found in the DNS") from error
        if not found:
            raise TryAgainError(f"The name {host} has no address in the DNS")
        for address in found:
            if not self.is_allowed(address):
                raise FetchError(f"{host} leads to {address}, which is not a public address.")
        return found


def _short(text: str) -> str:
    return text[:100] or "The address"
