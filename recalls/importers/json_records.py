"""JSON records one by one, so that a file of any size is read in little memory.

The standard library's decoder finds where a value ends; only the text around it is held. A streaming library
such as ijson does that in the same memory, but gives up on a file for one byte that is not UTF-8, sets no limit to a
record, and keeps the path to every level: a record nested 100,000 deep takes gigabytes.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from recalls.importers.notice import RefusedError

PIECE = 1 << 16  # bytes read at a time
LONGEST = 1 << 23  # characters of one record; the longest real one has about 20,000
BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
DECODER = json.JSONDecoder()


def json_records(stream: BinaryIO) -> Iterator[object]:
    """Yield the values of an array, of arrays one after another, or of a file with a record a line.

    Raise RefusedError where the file breaks off or isn't JSON; what came before has been yielded.
    """
    window = _Window(stream)
    while window.step_to_value():
        yield window.take_value()


class _Window:
    """The part of the file that is held: the text from `position` on is still to be read."""

    def __init__(self, stream: BinaryIO):
        self.stream, self.decode = stream, codecs.getincrementaldecoder("utf-8")("replace").decode
        self.text, self.position, self.open_arrays, self.ended = "", 0, 0, False

    def step_to_value(self) -> bool:
        """Step over what stands between values; False at the file's end."""
        while True:
            gap = BETWEEN.match(self.text, self.position)
            self.open_arrays += gap.group().count("[") - gap.group().count("]")
            self.position = gap.end()
            if self.position < len(self.text):
                return True
            if self.ended:
                break
            self._read()
        if self.open_arrays:
            raise RefusedError("The file breaks off: its list of records isn't closed.")
        return False

    def take_value(self) -> object:
        while True:
            try:
                value, end = DECODER.raw_decode(self.text, self.position)
            except RecursionError:
                raise RefusedError("The file holds a record that is nested too deeply.") from None
            except ValueError:
                self._refuse_at_end()
            else:
                # A number at the very end may go on in the next piece.
                if end < len(self.text) or self.ended:
                    self.position = end
                    return value
            self._read()

    def _refuse_at_end(self) -> None:
        if self.ended or len(self.text) - self.position > LONGEST:
            near = self.text[self.position : self.position + 40]
            raise RefusedError(f"The file breaks off or isn't JSON, here: “{near}”.")

    def _read(self) -> None:
        """Double what is held, so that a long record isn't tried anew for every piece."""
        self.text = self.text[self.position :]
        self.position = 0
        piece = self.stream.read(max(PIECE, len(self.text)))
        self.ended = not piece
        self.text += self.decode(piece, self.ended)
