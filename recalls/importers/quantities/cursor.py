"""A place in the tokens, with the small steps that the rules are made of."""

from collections.abc import Iterable

from recalls.importers.quantities.phrases import Phrases
from recalls.importers.quantities.reading import RefusedError, quoted
from recalls.importers.quantities.tokens import Token

END = Token("end", "", "", 0, 0)


class Cursor:
    """Walks over the tokens of one clause; text is the cleaned text that they were cut from."""

    __slots__ = ("count", "position", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token]):
        self.text = text
        self.tokens = tokens
        self.count = len(tokens)
        self.position = 0

    def peek(self, ahead: int = 0) -> Token:
        index = self.position + ahead
        return self.tokens[index] if index < self.count else END

    @property
    def done(self) -> bool:
        return self.position >= self.count

    def take(self, *keys: str) -> bool:
        """Step over the next token if its key is one of these."""
        if self.position < self.count and self.tokens[self.position].key in keys:
            self.position += 1
            return True
        return False

    def take_all(self, keys: Iterable[str]) -> bool:
        """Step over all next tokens whose keys are among these; tell whether there was one."""
        start = self.position
        while not self.done and self.peek().key in keys:
            self.position += 1
        return self.position > start

    def take_words(self, *keys: str) -> bool:
        """Step over exactly this sequence of tokens, or nothing."""
        for ahead, key in enumerate(keys):
            if self.peek(ahead).key != key:
                return False
        self.position += len(keys)
        return True

    def take_phrase(self, phrases: Phrases) -> str | None:
        """Step over the longest of these phrases that stands here and return its meaning."""
        for words, meaning in phrases.by_first.get(self.peek().key, ()):
            if self.take_words(*words):
                return meaning
        return None

    def holds(self, keys: Iterable[str]) -> bool:
        """Tell whether one of these words stands anywhere in the clause."""
        return any(token.key in keys for token in self.tokens)

    def written(self, start: int, end: int | None = None) -> str:
        """Return the text from token number start to before number end, as written."""
        end = self.position if end is None else end
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if end > start else ""

    def rest(self, start: int | None = None) -> str:
        """Return what is written from here, or from token number start, to the end of the clause."""
        return self.written(self.position if start is None else start, len(self.tokens))

    def finish(self) -> None:
        """Raise RefusedError unless everything was understood."""
        if not self.done:
            raise RefusedError(f"Not understood: {quoted(self.rest())}.")
