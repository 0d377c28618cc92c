"""What django-otp calls its model and its columns, and Django the tables between accounts: in the reader's language."""

from django.apps import apps
from django.utils.translation import gettext_lazy, pgettext_lazy

from listing.naming import CONTEXT, name_in_every_language

NAMES = [
    pgettext_lazy("model or column", "TOTP device"),
    pgettext_lazy("model or column", "TOTP devices"),
    pgettext_lazy("model or column", "confirmed"),
    pgettext_lazy("model or column", "created at"),
    pgettext_lazy("model or column", "digits"),
    pgettext_lazy("model or column", "drift"),
    pgettext_lazy("model or column", "last t"),
    pgettext_lazy("model or column", "last used at"),
    pgettext_lazy("model or column", "name"),
    pgettext_lazy("model or column", "step"),
    pgettext_lazy("model or column", "t0"),
    pgettext_lazy("model or column", "throttling failure count"),
    pgettext_lazy("model or column", "throttling failure timestamp"),
    pgettext_lazy("model or column", "tolerance"),
    gettext_lazy("A timestamp of the last failed verification attempt. Null if last attempt succeeded."),
    gettext_lazy("A hex-encoded secret key of up to 40 bytes."),
    gettext_lazy("Is this device ready for use?"),
    gettext_lazy("Number of successive failed attempts."),
    gettext_lazy("The Unix time at which to begin counting steps."),
    gettext_lazy("The date and time when this device was initially created in the system."),
    gettext_lazy("The human-readable name of this device."),
    gettext_lazy("The most recent date and time this device was used."),
    gettext_lazy("The number of digits to expect in a token."),
    gettext_lazy("The number of time steps in the past or future to allow."),
    gettext_lazy("The number of time steps the prover is known to deviate from our clock."),
    gettext_lazy("The t value of the latest verified token. The next token must be at a higher time step."),
    gettext_lazy("The time step in seconds."),
    gettext_lazy("The user that this device belongs to."),
]


def name_django_otp():
    """To be called when all models are there. In English each is called as before, so no migration is missing."""
    config = apps.get_app_config("otp_totp")
    name_in_every_language(apps.get_app_config("auth"))
    config.verbose_name = gettext_lazy("Second factor")
    name_in_every_language(config)
    for model in config.get_models():
        model._meta.verbose_name = pgettext_lazy(CONTEXT, str(model._meta.verbose_name))
        for field in model._meta.concrete_fields:
            field.help_text = field.help_text and gettext_lazy(field.help_text)
