"""All settings. What differs between places comes from the environment; a bad value is refused.

- SECRET_KEY: required in production; without it this is a local trial, which answers only to localhost
- PUBLIC_URL: where the site is reached; addresses in files and feeds begin with it
- DATABASE_URL: postgres://user:password@host:5432/name; without it an embedded Postgres is started
- ALLOWED_HOSTS: further names the site answers to, with commas between
- CONTACT: where readers report errors and companies answer: an e-mail address, or a page as https://…
- DEBUG: 1 or 0, if it should not follow from SECRET_KEY
- REQUIRE_SECOND_FACTOR: 1 if staff may do nothing before they have set up a second factor
- FORWARDED_ALLOW_IPS: the proxies that say for whom they ask; 127.0.0.1 unless set
"""

import os
from pathlib import Path
from urllib.parse import urlsplit
from warnings import filterwarnings

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator, validate_email
from environ import Env

from config.proxies import networks

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


def database() -> dict:
    """Never shows the address in an error, as it holds the password."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {"ENGINE": "config.embedded_postgres", "NAME": "recalls", "FOLDER": BASE_DIR / ".postgres"}
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres://")
    try:
        return Env.db_url_config(url)
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:pass@host:5432/name"
        ) from None


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
    "django_otp",
    "django_otp.plugins.otp_totp",
    "staff",
    "evidence",
    "listing",
    "suppliers",
    "recalls",
]

MIDDLEWARE = [
    "config.headers.HeadersMiddleware",
    "config.bodies.BodySizeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "staff.sessions.SessionEndMiddleware",
    "django_otp.middleware.OTPMiddleware",
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

DATABASES = {"default": {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | database()}
# Pages ask many short questions with long texts: compiling them costs more than it gains.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = [  # the first is the one in use: others are read, and replaced at the next sign-in
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
REQUIRE_SECOND_FACTOR = flag("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Recall incident tracker"
TRUSTED_PROXIES = networks(os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1")
SESSION_IDLE = 2 * 60 * 60  # seconds since the last request
SESSION_LONGEST = SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds since signing in

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

LARGEST_SIGN_IN = 100_000  # bytes that a request without a session may send
LARGEST_BODY = 210 * 2**20  # bytes of any request: a spreadsheet and what goes with it
IS_HTTPS = not DEBUG and PUBLIC_URL.startswith("https:")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # a link in a message leads into the admin
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
if IS_HTTPS:  # a browser takes cookies of these names from this very host only, over https only
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

if not DEBUG:
    # Behind a proxy that ends TLS, gunicorn's FORWARDED_ALLOW_IPS says whose X-Forwarded-Proto counts.
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
    SECURE_HSTS_SECONDS = 31_536_000
    # Other names under the same domain, and browsers' built-in lists, are not this site's to decide on.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    LOGGING = {  # Django alone would only mail errors
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["console"], "level": "INFO"},
    }
