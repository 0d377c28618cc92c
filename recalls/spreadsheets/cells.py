"""What a cell of each kind of column says: from its text to a value, or a sentence on why not."""

import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from evidence.forms import today_anywhere
from listing.languages import in_english
from listing.retelling import kept
from recalls.models import RecallBatch

DISARMED = re.compile(r"'(?=[=+\-@\t\r])")
LIST = re.compile(r"\s*;\s*")
WHOLE_NUMBER = re.compile(r"-?\d{1,30}(\.0+)?", re.ASCII)
AMOUNT = re.compile(r"-?\d{1,30}(\.\d+)?", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}

FORMULA = gettext_noop(
    "A formula is not read: put its value here, or an apostrophe before a text that begins with “=”."
)
ERROR = gettext_noop("This cell holds an error of the spreadsheet.")
EMPTY = gettext_noop("This can't be empty.")
NUMBER = gettext_noop("Write a whole number in digits without separators, such as 1158000.")
MONEY = gettext_noop(
    "Write an amount in digits without separators and with at most two decimals, such as 1158.50."
)
DAY = gettext_noop("Write the day as 2025-06-12.")
FUTURE = gettext_noop("This day is still in the future.")
# What Django says of a value that its column does not take.
OF_DJANGO = (
    kept("Ensure this value has at most {0} characters (it has {1})."),
    kept("Ensure this value is greater than or equal to {0}."),
    kept("Ensure this value is less than or equal to {0}."),
    kept("Ensure that there are no more than {0} digits in total."),
    kept("Ensure that there are no more than {0} digits before the decimal point."),
)
MANGLED = gettext_noop(
    "The spreadsheet has made a date of this number: format the column as text and write it again."
)


class CellError(Exception):
    """A cell that can't be read; the message is the sentence that staff see at it."""


def plain(text):
    """A cell's text without the apostrophe that keeps it from running as a formula."""
    return DISARMED.sub("", text, count=1).replace("\r\n", "\n").strip() if text else ""


def checked(text):
    """The plain text of a cell that is neither a formula nor an error."""
    if text.startswith("="):
        raise CellError(FORMULA)
    if text.strip() in EXCEL_ERRORS:
        raise CellError(ERROR)
    return plain(text)


def listed(text):
    """The different texts of a list in one cell, in its order."""
    return list(dict.fromkeys(part for part in LIST.split(text) if part))


class Column:
    """A column that is a field of the batch."""

    is_part = False
    allowed = ""  # what may be written, for the template

    def __init__(self, name, field="", needed=False, explained=""):
        self.name = name
        self.field = RecallBatch._meta.get_field(field or name)
        self.needed = needed
        self.explained = explained or self.field.help_text

    def read(self, text, known):
        """The value of a plain text; `CellError` where it has none."""
        if self.needed and not text:
            raise CellError(EMPTY)
        try:
            return self.field.clean(self.value(text, known), None)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from error

    def value(self, text, known):
        return text

    def is_of(self, batch, value):
        """Whether the batch says so already."""
        return getattr(batch, self.field.attname) == value

    def assign(self, batch, value):
        setattr(batch, self.field.attname, value)


class NoticeColumn(Column):
    def value(self, text, known):
        if ISO_DAY.fullmatch(text):
            raise CellError(MANGLED)
        return text


class ChoiceColumn(Column):
    """One of a closed list, by its value or its words; `empty` is what an empty cell means."""

    def __init__(self, *args, empty="", **kwargs):
        super().__init__(*args, **kwargs)
        self.empty = empty
        with in_english():
            choices = [(value, str(label)) for value, label in self.field.choices]
        self.values = {word.lower(): value for value, label in choices for word in (label, value)}
        self.allowed = ", ".join(value for value, label in choices)

    def value(self, text, known):
        if not text:
            return self.empty
        if text.lower() not in self.values:
            raise CellError(f"Write one of: {self.allowed}.")
        return self.values[text.lower()]


class NumberColumn(Column):
    allowed = _("a whole number in digits")

    def value(self, text, known):
        if not text:
            return None
        if not WHOLE_NUMBER.fullmatch(text):
            raise CellError(NUMBER)
        return int(text.split(".")[0])


class MoneyColumn(Column):
    allowed = _("an amount such as 1158.50")

    def value(self, text, known):
        if not text:
            return None
        if not AMOUNT.fullmatch(text):
            raise CellError(MONEY)
        amount = Decimal(text)
        if amount != round(amount, 2):
            raise CellError(MONEY)
        return round(amount, 2)


class DayColumn(Column):
    allowed = _("a day such as 2025-06-12")

    def value(self, text, known):
        try:
            day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise CellError(DAY)
        if day > today_anywhere():
            raise CellError(FUTURE)
        return day


class PartialDateColumn(Column):
    allowed = _("2025, 2025-H1, 2025-06, 2025-06-12 or “2025-01 to 2025-09”")

    def value(self, text, known):
        return text or None


class HazardsColumn(Column):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = dict.fromkeys(value for value, _ in self.field.base_field.choices)
        self.allowed = format_lazy(_("any of these, joined by “; ”: {words}"), words=", ".join(self.choices))

    def value(self, text, known):
        hazards = listed(text.lower())
        for hazard in hazards:
            if hazard not in self.choices:
                raise CellError(f"“{hazard}” is no hazard of the list: {', '.join(self.choices)}.")
        return hazards

    def is_of(self, batch, value):
        return sorted(batch.hazards) == sorted(value)


class LinkColumn(Column):
    """Another record, by a name that `known` looks up under the column's own name."""

    def __init__(self, *args, allowed, **kwargs):
        super().__init__(*args, **kwargs)
        self.allowed = allowed

    def read(self, text, known):
        if not text:
            if self.needed:
                raise CellError(EMPTY)
            return None
        return known.one(self.name, text).pk
