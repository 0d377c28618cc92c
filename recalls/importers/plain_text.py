"""Cleaning what regulators' files hold: markup, entities, signs nobody sees, placeholders for “not stated”."""

import html
import re
import unicodedata
from urllib.parse import urljoin, urlsplit

TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")
BLOCK = re.compile(r"<(?:/?(?:p|li|ul|ol|div|h\d|tr|td)|br)\b[^<>]*>", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LONGEST_ADDRESS = 2000
LONGEST_PLACEHOLDER = 40
LINK = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
# Cf: zero-width spaces and the like; Cs: halves of characters, which no database takes.
UNSEEN = {"Cf", "Cs", "Co", "Cn"}
PLACEHOLDERS = frozenset(
    """none|null|nil|nan|na|n a|nd|unknown|not known|not available|not applicable|not specified|not stated
    |not indicated|not provided|no data|no information|various|multiple|see description|see above|other|others
    |unbranded|no brand|no brand name|no name|noname|without brand|without a brand|brandless|brand unknown
    |unknown brand|generic|generic brand|no mark|without mark|none indicated
    |sans marque|sans nom|marque inconnue|inconnu|inconnue|aucun|aucune|aucune marque|non precise|non communique
    |ohne marke|ohne markenname|ohne markenbezeichnung|keine marke|keine|keine angabe|keine angaben|unbekannt
    |markenlos|nicht bekannt|sin marca|desconocido|desconocida|marca desconocida|ninguna|sem marca|desconhecido
    |desconhecida|senza marca|senza marchio|sconosciuto|sconosciuta|marca sconosciuta|marchio sconosciuto|nessuna
    |nessuno|zonder merk|geen merk|onbekend|merkloos|geen|uden maerke|ukendt|intet maerke|utan marke|okand|okant
    |inget varumarke|uten merke|ukjent|ei merkkia|tuntematon|ei tiedossa|bez marki|brak marki|brak|nieznana
    |nieznany|marka nieznana|bez znacky|neznama|neznamy|neznacka|bez znamke|neznana|neznano|bez marke|nepoznato
    |nepoznata|nepoznat|marka nelkul|markanev nelkul|ismeretlen|fara marca|necunoscut|necunoscuta
    |kaubamargita|teadmata|tundmatu|bez zimola|nezinams|nezinama|be prekes zenklo|nezinomas|nezinoma
    |χωρις μαρκα|αγνωστο|αγνωστη|αγνωστη μαρκα|ανωνυμο|без марка|неизвестна|неизвестно|неизвестен|няма
    |bla marka|mhux maghruf|gan bhranda""".replace("\n", "").split("|")
)


def plain(value) -> str:
    """Return a text without markup, entities and unseen signs, one kind of space; "" for what is no text."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else ""
    if not isinstance(value, str):
        return ""
    text = CONTROL.sub(" ", TAG.sub("", BLOCK.sub(" ", _unescaped(value))))
    return " ".join((text if text.isascii() else "".join(map(_seen, text))).split())


def stated(value) -> str:
    """Return a cleaned text, or "" where it only says in some language that there is none."""
    text = plain(value)
    if len(text) > LONGEST_PLACEHOLDER:
        return text
    words = "".join(sign if sign.isalnum() else " " for sign in _bare(text))
    folded = " ".join(words.split())
    return "" if not folded or folded in _FOLDED else text


def links(value) -> list[str]:
    """Return the web addresses in a text, in its markup too, in their order and each once."""
    text = _unescaped(value) if isinstance(value, str) else ""
    found = (web_address(match.rstrip(".,;:)]")) for match in LINK.findall(text))
    return list(dict.fromkeys(address for address in found if address))


def web_address(value, base: str = "") -> str:
    """Return an http or https address, completed by `base`, or "" for anything else (javascript:, spaces)."""
    try:
        address = urljoin(base, plain(value))
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        return ""
    usable = named and len(address) <= LONGEST_ADDRESS and not re.search(r"[\s\"'<>\\]", address)
    return address if usable else ""


def _unescaped(text: str) -> str:
    """Twice, since exports escape what was escaped already (&amp;nbsp;)."""
    return html.unescape(html.unescape(text))


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    return " " if kind == "Cc" else "" if kind in UNSEEN else sign


def _bare(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("æ", "ae").replace("ł", "l"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("ø", "o")


_FOLDED = frozenset(" ".join(_bare(phrase).split()) for phrase in PLACEHOLDERS)
