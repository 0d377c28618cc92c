"""How many letters of a name a drawing has room for: guessed here, as the library takes longest for measuring them."""

from unicodedata import east_asian_width

HEIGHT = 12
BROAD = "mwMW@%"
SLIM = " fijlrtI.,:;'|()[]/-"


def cut(text, room, height=HEIGHT):
    """The beginning of a text that fits so many pixels, with a sign where something is left out."""
    if width(text, height) <= room:
        return text
    kept, room = "", room - height
    for letter in text:
        room -= height * _share(letter)
        if room < 0:
            break
        kept += letter
    return f"{kept.rstrip()}…"


def width(text, height=HEIGHT):
    return height * sum(map(_share, text))


def _share(letter):
    """The width of a letter by its height: Chinese ones are square."""
    if east_asian_width(letter) in "WF":
        return 1
    if letter in SLIM:
        return 0.34
    if letter in BROAD:
        return 0.9
    return 0.72 if letter.isupper() else 0.56
