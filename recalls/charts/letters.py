"""How many letters of a name a drawing has room for: guessed here, as the library takes longest for measuring them."""

from unicodedata import east_asian_width

HEIGHT = 12
SLIM = " fijlrtI.,:;'|()[]/-"


def cut(text, room, height=HEIGHT):
    """The beginning of a text that fits so many pixels, with a sign where something is left out."""
    kept = ""
    for letter in text:
        room -= height * _share(letter)
        if room < 0:
            return f"{kept[:-1].rstrip()}…"
        kept += letter
    return kept


def width(text, height=HEIGHT):
    return height * sum(map(_share, text))


def _share(letter):
    """The width of a letter by its height: Chinese ones are square."""
    if east_asian_width(letter) in "WF":
        return 1
    if letter in SLIM:
        return 0.34
    return 0.72 if letter.isupper() or letter in "mwMW@%" else 0.56
