"""Reading XML as a stream of its innermost texts. A document type is refused, and so every entity of its own."""

from collections.abc import Iterator
from xml.parsers import expat

from recalls.importers.notice import RefusedError

CHUNK = 1 << 16
DEEPEST = 50
LONGEST = 1_000_000  # characters in one text


def elements(stream) -> Iterator[tuple[str, str, str]]:
    """Yield parent, name and own text of each element as it ends, names without their namespace.

    RefusedError for what is not whole XML or declares a document type.
    """
    reader = _Reader()
    try:
        while chunk := stream.read(CHUNK):
            reader.parser.Parse(chunk, False)
            yield from reader.ended()
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise RefusedError(
            f"The file is not whole XML: it breaks off or is damaged in line {reader.line}."
        ) from error
    yield from reader.ended()


class _Reader:
    """What is open: names and texts from the root inwards; what has ended waits to be taken."""

    def __init__(self):
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.names, self.texts, self.done = [], [], []

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def ended(self) -> list:
        done, self.done = self.done, []
        return done

    def _start(self, name, _attributes):
        if len(self.names) == DEEPEST:
            raise RefusedError(f"The file nests deeper than {DEEPEST} elements.")
        self.names.append(name.rpartition(":")[2])
        self.texts.append([0])

    def _end(self, _name):
        name, (_, *pieces) = self.names.pop(), self.texts.pop()
        self.done.append((self.names[-1] if self.names else "", name, "".join(pieces)))

    def _text(self, piece):
        text = self.texts[-1]
        if len(text) == 1 and piece.isspace():
            return  # the indents of a long file would add up in its root
        text[0] += len(piece)
        if text[0] > LONGEST:
            raise RefusedError(f"A text in the file is longer than {LONGEST:,} characters.")
        text.append(piece)

    def _refuse(self, *_declared):
        raise RefusedError("The file declares a document type (DOCTYPE), which reports never do.")
