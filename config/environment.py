"""Settings as the environment gives them; a bad value is refused by its name."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator, validate_email
from environ import Env

LONG, DIFFERENT = 50, 5  # characters of a secret, as Django's own check counts them
SHORTEST_TOKEN = 24
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")
NEEDED = {
    "PUBLIC_URL": "https://recalls.example",
    "DATABASE_URL": "postgres://user:password@host:5432/name, or `embedded` for the Postgres that comes with it",
}


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in ("", "0", "1", "false", "true"):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be 1 or 0.")
    return value in ("1", "true") if value else default


def whole_number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isascii() or not value.isdecimal() or not 0 < int(value) < 2**31:
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be a whole number above 0.")
    return int(value)


def token(name: str) -> str:
    """A secret that somebody else brings; empty where it is not set."""
    value = os.environ.get(name, "")
    if value and (
        len(value) < SHORTEST_TOKEN or not value.isascii() or not value.isprintable() or " " in value
    ):
        raise ImproperlyConfigured(f"{name} is weak: it must be {SHORTEST_TOKEN} random characters or more.")
    return value


def public_url() -> str:
    url = os.environ.get("PUBLIC_URL", "http://localhost:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured(f"PUBLIC_URL is {url!r}: it must look like https://recalls.example")
    return url


def contact() -> str:
    """As the address of a link; empty where the operator names none."""
    value = os.environ.get("CONTACT", "").strip()
    try:
        if value.startswith("https://"):
            URLValidator(schemes=["https"])(value)
        elif value:
            validate_email(value.removeprefix("mailto:"))
            value = f"mailto:{value.removeprefix('mailto:')}"
    except ValidationError:
        raise ImproperlyConfigured(
            f"CONTACT is {value!r}: it must be an e-mail address, or a page that begins with https://"
        ) from None
    return value


def database_at(name: str) -> dict:
    """Never shows the address in an error, as it holds the password."""
    url = os.environ[name]
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{name} must begin with postgres://")
    try:
        return Env.db_url_config(url)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must look like postgres://user:pass@host:5432/name") from None


def check_production() -> None:
    """Refuse what a trial may leave out, or have weak."""
    key = os.environ.get("SECRET_KEY")
    if not key:
        raise ImproperlyConfigured("SECRET_KEY is not set: production needs a long random one.")
    if len(key) < LONG or len(set(key)) < DIFFERENT:
        raise ImproperlyConfigured(
            f"SECRET_KEY is weak: production needs a random one of {LONG} characters or more, such as "
            "python3 -c 'import secrets; print(secrets.token_hex(50))' prints."
        )
    for name, shape in NEEDED.items():
        if not os.environ.get(name):
            raise ImproperlyConfigured(f"{name} is not set: production needs it, as {shape}.")
    site = urlsplit(public_url())
    if site.scheme != "https" and site.hostname not in OWN_MACHINE:
        raise ImproperlyConfigured(
            f"PUBLIC_URL is {site.geturl()!r}: production needs https, but for {OWN_MACHINE[0]}."
        )
