"""CSV in the encodings and with the separators that spreadsheets write."""

import codecs
import csv
from io import TextIOWrapper

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing.retelling import kept
from recalls.spreadsheets.columns import ignored
from recalls.spreadsheets.limits import LONGEST_CELL, FileError

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
GUESSED = ["utf-8", "gb18030"]
NAMES = {"utf-8-sig": kept("UTF-8 with a mark"), "utf-16": "UTF-16", "utf-8": "UTF-8", "gb18030": "GB18030"}
SEPARATORS = {",": kept("commas"), ";": kept("semicolons"), "\t": kept("tabs")}
BLOCK = 1 << 20
UNREADABLE = _("Its text is neither UTF-8, UTF-16 nor GB18030: save it as “CSV UTF-8”.")
NUL = _("It holds NUL bytes: it is no text, or UTF-16 without its mark. Save it as “CSV UTF-8”.")


def rows(file):
    """What the file is read as, and its rows as (row number, texts)."""
    encoding = _encoding(file)
    separator = _separator(_text(file, encoding))
    return kept(f"CSV, {NAMES[encoding]}, {SEPARATORS[separator]}"), _rows(_text(file, encoding), separator)


def _text(file, encoding):
    file.seek(0)
    return TextIOWrapper(_Kept(file), encoding, newline="")


class _Kept:
    """A file that the reader of its text does not close."""

    closed = False
    readable = staticmethod(lambda: True)
    writable = seekable = staticmethod(lambda: False)

    def __init__(self, file):
        self.read = self.read1 = file.read

    def flush(self):
        pass

    close = flush


def _encoding(file):
    file.seek(0)
    start = file.read(4)
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return _tried(file, encoding) or _refuse(UNREADABLE)
    for encoding in GUESSED:
        if _tried(file, encoding):
            return encoding
    raise FileError(UNREADABLE)


def _refuse(sentence):
    raise FileError(sentence)


def _tried(file, encoding):
    """The encoding, if the whole file can be read in it."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    usual = odd = 0
    try:
        while block := file.read(BLOCK):
            text = decoder.decode(block)
            if "\0" in text:
                raise FileError(NUL)
            if encoding == "gb18030":
                usual, odd = usual + _usual(text), odd + _odd(text)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return ""
    return "" if odd > usual else encoding


def _usual(text):
    """Characters that everyday Chinese is written with, which a Western encoding read as GB18030 has not."""
    return len(text.encode("gb2312", "ignore")) - len(text.encode("ascii", "ignore"))


def _odd(text):
    return 2 * (len(text) - len(text.encode("ascii", "ignore"))) - _usual(text)


def _separator(text):
    """The one that makes most known names of the header line."""
    line = text.readline(LONGEST_CELL)
    found = {}
    for separator in SEPARATORS:
        names = next(csv.reader([line], delimiter=separator), []) if line else []
        found[separator] = sum(ignored(name.strip().lower()) is not None for name in names)
    return max(found, key=found.get)


def _rows(text, separator):
    reader = csv.reader(text, delimiter=separator, strict=True)
    position = 0
    try:
        for position, cells in enumerate(reader, 1):
            yield position, cells
    except csv.Error as error:
        raise FileError(
            gettext("The row after row %(row)s can't be read: %(error)s.") % {"row": position, "error": error}
        ) from error
