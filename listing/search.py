"""How a search text is read in every list: each of its words must be found."""

from django.db.models import F, Func, Q, TextField, Value


def every_word(text, condition):
    """A Q that holds where `condition(word)` holds for each word of the text."""
    found = Q()
    for word in text.split():
        found &= condition(word)
    return found


def any_of(word, *paths):
    """A Q that finds a word as a part of any of these texts, in any letter case."""
    found = Q()
    for path in paths:
        found |= Q(**{f"{path}__icontains": word})
    return found


def without_hyphens(path):
    """A code as people type it: 25-338 and 25338 are the same."""
    return Func(F(path), Value("-"), Value(""), function="replace", output_field=TextField())
