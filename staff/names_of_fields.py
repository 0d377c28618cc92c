"""What Django calls this app's models and columns where they name none themselves: `listing.naming`."""

from django.utils.translation import pgettext_lazy

NAMES = [
    pgettext_lazy("model or column", "account"),
    pgettext_lazy("model or column", "at"),
    pgettext_lazy("model or column", "failed sign-ins"),
    pgettext_lazy("model or column", "recovery code"),
    pgettext_lazy("model or column", "recovery codes"),
    pgettext_lazy("model or column", "user"),
]
