"""What the database refuses: in words for the person who tried, or before it is asked."""

import re

from django.db import connection
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

MEANWHILE = _(
    "This clashes with what somebody else has saved meanwhile. Look at it again, then save once more."
)
LARGEST_ID = 2**63 - 1
# What our triggers raise, as they stand in the migrations.
RAISED = (
    gettext_noop("What is published needs at least one citation that supports it."),
    gettext_noop("Counted in is one level deep: a batch that is counted in another holds none itself."),
    gettext_noop("Merging is one level deep: what is merged into another holds none itself."),
)
MERGED = re.compile("“(?P<merged>.*)” has been merged into “(?P<kept>.*)”: choose that one.", re.DOTALL)


def sentence(error):
    """Our triggers raise a sentence of their own; everything else only a clash of two people brings about."""
    report = getattr(error.__cause__, "diag", None)
    raised = report is not None and report.source_function == "exec_stmt_raise"
    return said_by_database(error) if raised else str(MEANWHILE)


def said_by_database(error):
    """The message of the database in the reader's language, as far as it is one of our triggers'."""
    said = error.__cause__.diag.message_primary
    if named := MERGED.fullmatch(said):
        return gettext("“%(merged)s” has been merged into “%(kept)s”: choose that one.") % named.groupdict()
    return gettext(said) if said in RAISED else said


def is_id(text):
    return text.isascii() and text.isdecimal() and int(text) <= LARGEST_ID


def raise_now():
    """Let deferred rules speak before the transaction ends, so that their answer can still be shown."""
    connection.check_constraints()
