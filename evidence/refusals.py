"""What the database refuses: in words for the person who tried, or before it is asked."""

from django.db import connection

MEANWHILE = "This clashes with what somebody else has saved meanwhile. Look at it again, then save once more."
LARGEST_ID = 2**63 - 1


def sentence(error):
    """Our triggers raise a sentence of their own; everything else only a clash of two people brings about."""
    report = getattr(error.__cause__, "diag", None)
    raised = report is not None and report.source_function == "exec_stmt_raise"
    return report.message_primary if raised else MEANWHILE


def is_id(text):
    return text.isascii() and text.isdecimal() and int(text) <= LARGEST_ID


def raise_now():
    """Let deferred rules speak before the transaction ends, so that their answer can still be shown."""
    connection.check_constraints()
