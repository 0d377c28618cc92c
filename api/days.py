"""What an answer as of a day says of the sources that do not count for it."""

from api.rows import closed
from recalls.incident_records import IncidentRecords

NAME = "sources_left_out"
WORDS = (
    "Of an answer as of a day: how many sources of the page of now do not count for it, as they have no date "
    "or were published later. Null without “as_of”."
)
COUNTS = {
    "undated": {"type": "integer", "description": "Without a date of publication."},
    "later": {"type": "integer", "description": "Published after that day."},
}
SCHEMA = closed(COUNTS) | {"type": ["object", "null"], "description": WORDS}


def left_out(incident, page):
    """The counts that the page of that day states; None of now."""
    return IncidentRecords(incident, page.as_of).left_out() if page.asked_day else None
