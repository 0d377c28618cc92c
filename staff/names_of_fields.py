"""What Django calls this app's models and columns where they name none themselves: `evidence.naming`."""

from django.utils.translation import gettext_noop as _

NAMES = [
    _("account"),
    _("at"),
    _("failed sign-ins"),
    _("recovery code"),
    _("recovery codes"),
    _("user"),
]
