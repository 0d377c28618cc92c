"""Where a request comes from, also behind proxies, and not where it says that it comes from."""

from ipaddress import ip_address, ip_network

from django.conf import settings

NETWORK_OF_ONE = 64  # bits of an IPv6 address that one household or server has to itself


def address_of(request) -> str:
    """The client's address: the first, from our end on, that is none of our proxies'; of IPv6 the network.

    A proxy adds to X-Forwarded-For whom it got the request from, so an entry counts only as far as each later one is
    a proxy of ours. What the client itself wrote there is never reached.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    hops += reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(","))
    found = ""
    for hop in hops:
        address = _parsed(hop)
        if address is None and hop:
            break
        found = address or found
        if address and not _is_proxy(address):
            break
    return _as_text(found)


def _parsed(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_proxy(address):
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _as_text(address):
    if not address or address.version == 4:
        return str(address)
    return str(ip_network((address, NETWORK_OF_ONE), strict=False))
