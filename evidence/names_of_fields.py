"""What Django calls this app's models and columns where they name none themselves: `listing.naming`."""

from django.utils.translation import pgettext_lazy

NAMES = [
    pgettext_lazy("model or column", "by"),
    pgettext_lazy("model or column", "credited publisher"),
    pgettext_lazy("model or column", "kind"),
    pgettext_lazy("model or column", "language"),
    pgettext_lazy("model or column", "note"),
    pgettext_lazy("model or column", "number"),
    pgettext_lazy("model or column", "published on"),
    pgettext_lazy("model or column", "publisher"),
    pgettext_lazy("model or column", "search text"),
    pgettext_lazy("model or column", "slug"),
    pgettext_lazy("model or column", "source"),
    pgettext_lazy("model or column", "source reference"),
    pgettext_lazy("model or column", "source references"),
    pgettext_lazy("model or column", "sources"),
    pgettext_lazy("model or column", "title"),
    pgettext_lazy("model or column", "to"),
]
