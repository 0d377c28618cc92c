"""Lists of phrases that the grammar looks for, each with what it means."""

from collections.abc import Iterable


class Phrases:
    """Phrases and what each means, found by their first word, longer ones first."""

    def __init__(self, meanings: dict[str, str]):
        """meanings: from a meaning to its phrases, as token keys, with "|" between them."""
        self.by_first: dict[str, list[tuple[list[str], str]]] = {}
        for meaning, phrases in meanings.items():
            for phrase in phrases.split("|"):
                words = phrase.split()
                self.by_first.setdefault(words[0], []).append((words, meaning))
        for found in self.by_first.values():
            found.sort(key=lambda phrase: -len(phrase[0]))


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces."""
    return frozenset(text.split())


def holds_any(text: str, pieces: Iterable[str]) -> bool:
    """Tell whether the text holds one of these pieces: asked before an expression that takes longer to fail."""
    for piece in pieces:  # noqa: SIM110 (twice as fast as any(), and called a dozen times for each notice)
        if piece in text:
            return True
    return False
