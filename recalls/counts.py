"""Numbers of things in words, where several pages say them."""

from django.utils.translation import ngettext

from listing.words import with_count


def batches_counted(count):
    """“1 batch”, “1,204 batches”."""
    return with_count(ngettext("%(count)s batch", "%(count)s batches", count), count)
