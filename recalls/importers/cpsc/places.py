"""Countries of seats: "Boston, Massachusetts" is in the US, "Hunan of China" in China, else nothing."""

from functools import lru_cache

STATES = """
alabama ala al; alaska ak; arizona ariz az; arkansas ark ar; california calif ca; colorado colo co;
connecticut conn ct; delaware del de; florida fla fl; hawaii hi; idaho id; illinois ill il; indiana ind in;
iowa ia; kansas kan ks; kentucky ky; louisiana la; maine me; maryland md; massachusetts mass ma;
michigan mich mi; minnesota minn mn; mississippi miss ms; missouri mo; montana mont mt; nebraska neb ne;
nevada nev nv; new+hampshire nh; new+jersey nj; new+mexico nm; new+york ny; north+carolina nc;
north+dakota nd; ohio oh; oklahoma okla ok; oregon ore or; pennsylvania pa; rhode+island ri;
south+carolina sc; south+dakota sd; tennessee tenn tn; texas tex tx; utah ut; vermont vt; virginia va;
washington wash wa; west+virginia wva wv; wisconsin wis wi; wyoming wyo wy; district+of+columbia dc;
ga; new+york+city; usa us united+states united+states+of+america
"""
COUNTRIES = """
AE united+arab+emirates uae; AM armenia; AR argentina; AT austria; AU australia; BA bosnia bosnia+and+herzegovina;
BD bangladesh; BE belgium; BG bulgaria; BR brazil; CA canada; CH switzerland; CL chile; CN china prc p+r+china
people's+republic+of+china; CO colombia; CR costa+rica; CZ czech+republic czechia; DE germany; DK denmark;
DO dominican+republic; EC ecuador; EE estonia; EG egypt; ES spain; FI finland; FR france;
GB united+kingdom uk great+britain england scotland wales northern+ireland; GR greece; GT guatemala;
HK hong+kong; HN honduras; HR croatia; HU hungary; ID indonesia; IE ireland; IL israel; IN india; IS iceland;
IT italy; JP japan; KH cambodia; KR south+korea korea republic+of+korea; LK sri+lanka; LT lithuania;
LU luxembourg; LV latvia; MA morocco; MO macau macao; MT malta; MX mexico; MY malaysia; NI nicaragua;
NL netherlands holland; NO norway; NZ new+zealand; PE peru; PH philippines; PK pakistan; PL poland;
PR puerto+rico; PT portugal; RO romania; RS serbia; RU russia; SE sweden; SG singapore; SI slovenia;
SK slovakia; SV el+salvador; TH thailand; TN tunisia; TR turkey türkiye turkiye; TW taiwan; UA ukraine;
UY uruguay; VN vietnam; XK kosovo; ZA south+africa
"""
PROVINCES = "ontario quebec québec alberta manitoba saskatchewan british+columbia nova+scotia new+brunswick"


SHORT = 5  # letters; below, a name may be an abbreviation or a word


def _named() -> dict[str, str]:
    named = dict.fromkeys(STATES.replace(";", " ").split(), "US")
    named |= dict.fromkeys(PROVINCES.split(), "CA")
    for entry in COUNTRIES.split(";"):
        code, *names = entry.split()
        named |= dict.fromkeys(names, code)
    return {name.replace("+", " "): code for name, code in named.items()}


NAMED = _named()
SPELT_OUT = {name for name in NAMED if len(name) > SHORT}
GEORGIA = "georgia"  # a state where a town stands before it, a state or a country where none does


@lru_cache(maxsize=4096)  # the same towns and countries come again and again
def country_of(place: str, town: bool = False) -> str:
    """Return the ISO 3166-1 alpha-2 code of a state or country as a notice writes it, empty if unknown.

    town: whether a town's name stood before the place.
    """
    key = place.lower().replace(".", "").removeprefix("the ").strip()
    if key in NAMED:
        return NAMED[key]
    if key == GEORGIA:
        return "US" if town else ""
    before, _, last = key.rpartition(" of ")
    return NAMED.get(last, "") if before else _behind_town(place)


def _behind_town(place: str) -> str:
    """ "Medina Minnesota": a place whose comma was left out; only names in full are sure."""
    words = place.split()
    for length in (2, 1):
        name = " ".join(words[-length:]).lower().rstrip(".")
        if len(words) > length and name in SPELT_OUT:
            return NAMED[name]
    return ""
