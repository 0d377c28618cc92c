"""The values of a raw record: a text is a text and a list holds records, or the reason says which is not."""

from recalls.importers.cpsc.text import clean
from recalls.importers.notice import RefusedError

LONGEST_ADDRESS = 2_000  # characters; browsers stop at about the same


def text_of(record: dict, name: str) -> str:
    """Return the cleaned text under that name, empty where it is missing or null."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RefusedError(f"“{name}” is not a text.")
    return clean(value) if value else ""


def texts_of(record: dict, name: str, key: str) -> list[str]:
    """Return the texts that a list of records holds under the key (Hazards: [{Name: ...}]), none empty."""
    return [text for part in records_of(record, name) if (text := text_of(part, key))]


def records_of(record: dict, name: str) -> list[dict]:
    """Return the list of records under that name, empty where it is missing or null."""
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not {dict}.issuperset(map(type, value)):
        raise RefusedError(f"“{name}” is not a list of records.")
    return value


def address(text: str) -> str:
    """Return a web address as it is, and nothing for anything else."""
    whole = text.startswith(("https://", "http://")) and " " not in text and len(text) <= LONGEST_ADDRESS
    return text if whole else ""
