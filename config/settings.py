"""All settings. What differs between places comes from the environment; a bad value is refused.

- SECRET_KEY: required in production; without it this is a local trial, which answers only to localhost
- PUBLIC_URL: where the site is reached; addresses in files and feeds begin with it
- DATABASE_URL: postgres://user:password@host:5432/name; without it an embedded Postgres is started, in production
  only if it says `embedded`. The role that serves: no superuser, and not the owner of the tables
- OWNER_DATABASE_URL: the same database by the role that owns the tables: for `migrate`, and for nothing else
- REPLICA_DATABASE_URL: a streaming replica of it, for what is read without signing in
- ALLOWED_HOSTS: further names the site answers to, with commas between
- CONTACT: where readers report errors and companies answer: an e-mail address, or a page as https://…
- DEBUG: 1 or 0, if it should not follow from SECRET_KEY
- PAGE_SECONDS: how long a query of a public page may take
- EXPORTS_AT_ONCE, EXPORT_SECONDS: how many files at once for each database, and how long one may take
- EXPORT_LEAST_SPEED, EXPORT_PATIENCE: a client slower than so many bytes a second for so many seconds is cut off
- REQUIRE_SECOND_FACTOR: 1 if staff may do nothing before they have set up a second factor
- METRICS_TOKEN: what Prometheus has to bring for /metrics; without it there is no such page
- FORWARDED_ALLOW_IPS: the proxies that say for whom they ask; 127.0.0.1 unless set
"""

import os
from pathlib import Path
from urllib.parse import urlsplit
from warnings import filterwarnings

from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    check_production,
    contact,
    database_at,
    flag,
    public_url,
    token,
    whole_number,
)
from config.logs import settings_of_logs
from config.proxies import networks

BASE_DIR = Path(__file__).resolve().parent.parent


EMBEDDED = os.environ.get("DATABASE_URL") in (None, "", "embedded")


def database(as_owner: bool) -> dict:
    """By the role that serves, or by the one that owns the tables, which is the cluster's own where it is embedded."""
    if EMBEDDED:
        place = {"ENGINE": "config.embedded_postgres", "NAME": "recalls", "FOLDER": BASE_DIR / ".postgres"}
        return place if as_owner else place | {"USER": "recalls_service"}
    if as_owner and not os.environ.get("OWNER_DATABASE_URL"):
        raise ImproperlyConfigured(
            "OWNER_DATABASE_URL is not set: migrating needs the role that owns the tables. DATABASE_URL names "
            "the one that serves, which may not change them."
        )
    return database_at("OWNER_DATABASE_URL" if as_owner else "DATABASE_URL")


SECRET_KEY = os.environ.get("SECRET_KEY") or "for local trials only"
DEBUG = flag("DEBUG", default=not os.environ.get("SECRET_KEY"))
if not DEBUG:
    check_production()

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
    "django.contrib.sitemaps",
    "django.forms",
    "django_filters",
    "django_htmx",  # its static file alone
    "django_tables2",
    "history",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "staff",
    "evidence",
    "listing",
    "suppliers",
    "recalls",
]

MIDDLEWARE = [
    "config.requests.RequestsMiddleware",  # before all others, so that every answer has its line
    "config.health.HealthMiddleware",  # before all that asks for a host name or for https
    "config.metrics.MetricsMiddleware",
    "config.headers.HeadersMiddleware",
    "listing.languages.LanguageMiddleware",  # before all that answers in words or looks up addresses
    "config.refusals.RefusalsMiddleware",
    "api.middleware.ApiMiddleware",
    "config.bodies.BodySizeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "history.middleware.TellingMiddleware",
    "staff.sessions.SessionEndMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "listing.middleware.DatabaseUnreachableMiddleware",
    "config.public_reads.PublicReadsMiddleware",  # the last, as it may ask the view a second time
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

MEMORY, NOTHING = (
    f"django.core.cache.backends.{name}" for name in ("locmem.LocMemCache", "dummy.DummyCache")
)
CACHES = {
    "default": {"BACKEND": MEMORY},  # counts of lists, each under its version of the data
    "pages": {  # whole pages, in each process
        "BACKEND": NOTHING if DEBUG else MEMORY,
        "LOCATION": "pages",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": whole_number("PAGES_KEPT", 300)},
    },
}

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # lets our own templates draw widgets

AS_OWNER = flag("AS_OWNER", default=False)  # manage.py sets it for the commands that change tables
SERVING_ROLE = database(as_owner=False).get("USER", "")
MAKES_SERVING_ROLE = EMBEDDED
DATABASES = {"default": database(AS_OWNER)}
if os.environ.get("REPLICA_DATABASE_URL"):
    DATABASES["replica"] = database_at("REPLICA_DATABASE_URL") | {"TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["config.replica.Router"]
for address in DATABASES.values():
    address.update({"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | address)
    # Pages ask many short questions with long texts: compiling them costs more than it gains.
    # A server that is gone without a word is noticed after seconds, not minutes.
    # In memory or on a solid-state disk a page that is read out of turn costs no more than the next one.
    usual = {
        "options": "-c jit=off -c random_page_cost=1.1",
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
    }
    address["OPTIONS"] = usual | address.get("OPTIONS", {})
PAGE_SECONDS = whole_number("PAGE_SECONDS", 5)
METRICS_TOKEN = token("METRICS_TOKEN")
EXPORTS_AT_ONCE = whole_number("EXPORTS_AT_ONCE", 4)
EXPORT_SECONDS = whole_number("EXPORT_SECONDS", 1800)
EXPORT_LEAST_SPEED = whole_number("EXPORT_LEAST_SPEED", 32_000)
EXPORT_PATIENCE = whole_number("EXPORT_PATIENCE", 20)
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
LANGUAGES = [("en", "English"), ("zh-hans", "中文")]  # how each calls itself
LOCALE_PATHS = [BASE_DIR / "locale"]
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

LOGGING = settings_of_logs(as_json=not DEBUG)
