"""All settings. What differs between places comes from the environment; a bad value is refused.

- SECRET_KEY: required in production; without it this is a local trial, which answers only to localhost
- PUBLIC_URL: where the site is reached; addresses in files and feeds begin with it
- DATABASE_URL: postgres://user:password@host:5432/name; without it an embedded Postgres is started. The role that
  serves: no superuser, and not the owner of the tables
- OWNER_DATABASE_URL: the same database by the role that owns the tables: for `migrate`, and for nothing else
- ALLOWED_HOSTS: further names the site answers to, with commas between
- CONTACT: where readers report errors and companies answer: an e-mail address, or a page as https://…
- DEBUG: 1 or 0, if it should not follow from SECRET_KEY
"""

import os
from pathlib import Path
from urllib.parse import urlsplit
from warnings import filterwarnings

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator, validate_email
from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in ("", "0", "1", "false", "true"):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be 1 or 0.")
    return value in ("1", "true") if value else default


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


def database(as_owner: bool) -> dict:
    """By the role that serves, or by the one that owns the tables, which is the cluster's own where it is embedded."""
    if not os.environ.get("DATABASE_URL"):
        place = {"ENGINE": "config.embedded_postgres", "NAME": "recalls", "FOLDER": BASE_DIR / ".postgres"}
        return place if as_owner else place | {"USER": "recalls_service"}
    if as_owner and not os.environ.get("OWNER_DATABASE_URL"):
        raise ImproperlyConfigured(
            "OWNER_DATABASE_URL is not set: migrating needs the role that owns the tables. DATABASE_URL names "
            "the one that serves, which may not change them."
        )
    return database_at("OWNER_DATABASE_URL" if as_owner else "DATABASE_URL")


def database_at(name: str) -> dict:
    """Never shows the address in an error, as it holds the password."""
    url = os.environ[name]
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{name} must begin with postgres://")
    try:
        return Env.db_url_config(url)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must look like postgres://user:pass@host:5432/name") from None


SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = flag("DEBUG", default=not SECRET_KEY)
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is not set: production needs a long random one.")
    SECRET_KEY = "for local trials only"  # noqa: S105

PUBLIC_URL = public_url()
CONTACT = contact()
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
if not DEBUG:  # with DEBUG and an empty list, Django answers to localhost alone
    ALLOWED_HOSTS.append(urlsplit(PUBLIC_URL).hostname)
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "recalls.staff_site.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_tables2",
    "history",
    "evidence",
    "listing",
    "suppliers",
    "recalls",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "history.middleware.TellingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "listing.middleware.DatabaseUnreachableMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # lets our own templates draw widgets

AS_OWNER = flag("AS_OWNER", default=False)  # manage.py sets it for the commands that change tables
SERVING_ROLE = database(as_owner=False).get("USER", "")
MAKES_SERVING_ROLE = not os.environ.get("DATABASE_URL")
DATABASES = {"default": {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | database(AS_OWNER)}
# Pages ask many short questions with long texts: compiling them costs more than it gains.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
filterwarnings("ignore", "The FORMS_URLFIELD_ASSUME_HTTPS transitional setting is deprecated")
FORMS_URLFIELD_ASSUME_HTTPS = True  # as Django 6 does; 5.2 warns without it, and of it

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG  # a trial needs no collectstatic
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

if not DEBUG:
    # Behind a proxy that ends TLS, gunicorn's FORWARDED_ALLOW_IPS says whose X-Forwarded-Proto counts.
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
    SECURE_HSTS_SECONDS = 31_536_000
    # Other names under the same domain, and browsers' built-in lists, are not this site's to decide on.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    LOGGING = {  # Django alone would only mail errors
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["console"], "level": "INFO"},
    }
