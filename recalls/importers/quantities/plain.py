"""The forms that most texts have, without the grammar, which reads them the same but slower.

"About 5,700" and "About 5,700 (In addition, about 450 were sold in Canada)".
"""

import re

from recalls.importers.quantities.figures import MOST
from recalls.importers.quantities.reading import Figure, Reading
from recalls.importers.quantities.words import APPROXIMATE

_NUMBER = r"([1-9]\d{0,2}(?:,\d{3}){1,3}|[1-9]\d{0,9})"
ABOUT = re.compile(
    rf"[Aa]bout {_NUMBER}(?: \([Ii]n addition, about {_NUMBER} were sold in Canada\))?", re.ASCII
)


def read_plain(text: str, region: str) -> Reading | None:
    """Return the reading of a text of these forms, None for any other text."""
    match = ABOUT.fullmatch(text)
    if not match or (match[2] and region == "CA"):
        return None
    own, canadian = (int(number.replace(",", "")) if number else None for number in match.groups())
    if own > MOST or (canadian or 0) > MOST:
        return None
    figure = Figure(region, own, own, APPROXIMATE)
    beside = canadian and Figure("CA", canadian, canadian, APPROXIMATE, relation="additional")
    return Reading((figure, beside) if beside else (figure,))
