"""Whose X-Forwarded-For and X-Forwarded-Proto count."""

from ipaddress import ip_network

from django.core.exceptions import ImproperlyConfigured


def networks(value: str) -> list:
    """Addresses and networks with commas between; `*` would let everybody say where they come from."""
    try:
        return [ip_network(part.strip()) for part in value.split(",") if part.strip()]
    except ValueError:
        raise ImproperlyConfigured(
            f"FORWARDED_ALLOW_IPS is {value!r}: it must be the addresses of your proxies, such as 127.0.0.1 or "
            "10.0.0.0/8, with commas between."
        ) from None
