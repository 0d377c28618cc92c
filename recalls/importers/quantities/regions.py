"""Countries as notices name them, to ISO 3166-1 alpha-2 codes ("EU" for the union, "ZZ" for elsewhere)."""

from recalls.importers.quantities.cursor import Cursor
from recalls.importers.quantities.phrases import Phrases
from recalls.importers.quantities.reading import RefusedError

ELSEWHERE = "ZZ"

_NAMES = """
AE united arab emirates|uae; AR argentina; AT austria; AU australia; BB barbados; BE belgium; BG bulgaria;
BH bahrain; BM bermuda; BO bolivia; BR brazil; BS bahamas; BZ belize; CA canada; CH switzerland; CL chile;
CN china; CO colombia; CR costa rica; CY cyprus; CZ czech republic|czechia; DE germany; DK denmark;
DO dominican republic; EC ecuador; EE estonia; EG egypt; ES spain; EU european union|eu; FI finland; FR france;
GB united kingdom|uk|great britain|britain; GR greece; GT guatemala; GU guam; HK hong kong; HN honduras;
HR croatia; HU hungary; ID indonesia; IE ireland; IL israel; IN india; IS iceland; IT italy; JM jamaica;
JO jordan; JP japan; KR south korea|korea|republic of korea; KW kuwait; KY cayman islands; LB lebanon;
LT lithuania; LU luxembourg; LV latvia; MT malta; MX mexico; MY malaysia; NG nigeria; NI nicaragua;
NL netherlands; NO norway; NZ new zealand; OM oman; PA panama; PE peru; PH philippines; PK pakistan; PL poland;
PR puerto rico; PT portugal; PY paraguay; QA qatar; RO romania; RU russia; SA saudi arabia; SE sweden;
SG singapore; SI slovenia; SK slovakia; SV el salvador; TH thailand; TR turkey|türkiye;
TT trinidad and tobago; TW taiwan; UA ukraine; US united states|us|usa|united states of america; UY uruguay;
VE venezuela; VI us virgin islands; VN vietnam; ZA south africa
"""
_BY_CODE = dict(entry.strip().split(maxsplit=1) for entry in _NAMES.replace("\n", " ").split(";"))
NAMES = Phrases(_BY_CODE)
INTO = ("in", "into", "to", "within", "throughout", "across")
SOMEWHERE = Phrases({ELSEWHERE: "elsewhere|overseas|abroad|internationally|other countries"})
HOME = Phrases({"own": "nationwide|nation wide|domestically"})


def take_place(cursor: Cursor, own: str) -> str | None:
    """Step over "in Canada", "outside the U.S.", "nationwide" or a bare name; return the region's code.

    Return None where no place stands here. A figure for two countries at once is refused, since nobody
    can tell how many of the units belong to either.
    """
    start = cursor.position
    if cursor.take_phrase(HOME):
        return own
    if cursor.take("outside"):
        return _outside(cursor, own)
    inside = cursor.take(*INTO)
    if cursor.take_phrase(SOMEWHERE):
        return ELSEWHERE
    region = _take_name(cursor)
    if region is None or not (inside or _ends_part(cursor)):
        cursor.position = start
        return None
    _refuse_joint(cursor)
    return region


def country_names() -> dict[str, str]:
    """Return the name of each country by its code: {"TT": "Trinidad and Tobago"}."""
    firsts = {code: names.split("|")[0] for code, names in _BY_CODE.items()}
    return {code: " ".join(map(_titled, name.split())) for code, name in firsts.items()}


def _titled(word: str) -> str:
    return {"and": "and", "us": "US"}.get(word, word.capitalize())


def names_region(cursor: Cursor, ahead: int = 0) -> bool:
    """Tell whether a country's name begins at that token, without a step."""
    start = cursor.position
    cursor.position += ahead
    found = bool(cursor.take_phrase(NAMES))
    cursor.position = start
    return found


def _outside(cursor: Cursor, own: str) -> str:
    cursor.take("of")
    region = _take_name(cursor)
    if region != own:
        raise RefusedError("“Outside” is understood only for the notice's own country.")
    _refuse_joint(cursor)
    return ELSEWHERE


def _take_name(cursor: Cursor) -> str | None:
    cursor.take("the")
    return cursor.take_phrase(NAMES)


def _ends_part(cursor: Cursor) -> bool:
    """A bare name is a place only where nothing else can follow: "500 Canada", not "500 Canada Goose coats"."""
    token = cursor.peek()
    return cursor.done or token.kind in ("sign", "number") or token.key in ("and", "unit", "units")


def _refuse_joint(cursor: Cursor) -> None:
    """Look behind a comma, "and" or "or": another country there shares the figure.

    Only after a comma may it have its own: "In the U.S., 5,000", "5,000 in the U.S., Canada 300".
    """
    start = cursor.position
    comma = cursor.take(",")
    joined = cursor.take("and", "or", "&", "/")
    if comma or joined:
        cursor.take(*INTO)
        own_figure = _take_name(cursor) is None or (not joined and cursor.peek().kind == "number")
        if not own_figure:
            raise RefusedError("One figure stands for two countries.")
    cursor.position = start
