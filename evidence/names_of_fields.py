"""What Django calls this app's models and columns where they name none themselves: `evidence.naming`."""

from django.utils.translation import gettext_noop as _

NAMES = [
    _("by"),
    _("credited publisher"),
    _("kind"),
    _("language"),
    _("note"),
    _("number"),
    _("published on"),
    _("publisher"),
    _("search text"),
    _("slug"),
    _("source"),
    _("source reference"),
    _("source references"),
    _("sources"),
    _("title"),
    _("to"),
]
