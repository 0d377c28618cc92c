"""Shops that a sold-at sentence clearly names: "Best Buy stores nationwide and online at www.bestbuy.com from ..."."""

import re
from functools import lru_cache

from recalls.importers.cpsc.firm_names import same_name
from recalls.importers.cpsc.places import country_of
from recalls.importers.notice import Firm
from recalls.importers.quantities.phrases import holds_any, words

# "Sold Online At: Amazon.com": the label of the listing's column, which some records repeat in the text.
LABEL = re.compile(r"^Sold\b[\w ]{0,30}\bAt:\s*", re.IGNORECASE)
# Where the channel ends: dates, prices, places, a bracket or the next sentence.
CHANNEL = re.compile(
    r"\s(?:from|between|for|since|during|beginning|starting|through|until|in|prior|by|with)\s|[;:]\s|(?<=\w{3})\.\s|\.$|\("
)
ITEM = re.compile(r",?\s+and\s+|,\s+")
OPENING = re.compile(
    r"^(?:(?:sold|exclusively|online|only|including|at|on|through|via|as well as|also)\s+)+", re.IGNORECASE
)
STORES = re.compile(
    r"\s+(?:retail\s+|outlet\s+)?(?:stores?|warehouses?|locations)(?:\s+(?:nationwide|located|locations))*$"
)
STORE_WORDS = ("store", "warehouse", "location")
# Names that hold the word "and", which otherwise stands between two names.
WITH_AND = re.compile(
    r"\b(Academy Sports|Bed Bath|Bed, Bath|Barnes|Crate|Town|Linens|Dollar) and (?=[BNCTO]|Things)",
    re.IGNORECASE,
)
NAME = re.compile(r"[A-Z0-9][\w.'’&+-]*(?:\s(?:[A-Z0-9&+][\w.'’&+-]*|of|the))*")
ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?([\w-]+)\.(?:com|net|org|co|us|store|shop)(?:/\S*)?", re.IGNORECASE
)
INNER_DOT = re.compile(r"\.[a-z]{2,}|^(?:Inc|LLC|Ltd|Co|Corp)\b")  # a web address, the rest of a firm's name
DEALERS = ("dealer", "distributor", "contractor")
LONGEST_NAME = 5  # words

# Kinds of shops, which stand with a capital letter where they begin the text.
KIND = words(
    "dealer dealers dealership dealerships retailer retailers distributor distributors contractors showrooms website "
    "websites various independent authorized specialty other online store stores sold internet nationwide major "
    "regional multiple many several select seller small local in-store in-stores"
)
GENERIC = words(
    "pet grocery jewelry golf drug sporting goods kitchen lighting garden convenience gift music outdoor marine "
    "motorcycle baby children's children’s book fabric craft electronics appliance appliances pool spa mattress "
    "medical discount dollar department hardware furniture bicycle bike toy toys home improvement clothing shoe "
    "party paint ski snowboard computer camera fireworks farm feed fitness health food supply school office auto "
    "automotive car gun hunting fishing tool building supermarkets pharmacies catalog catalogs exclusively the "
    "bicycles cycling equipment beauty salons restaurants hospitals"
)
# Markets whose address is as good as their name.
MARKETS = {
    name.lower().replace("_", "").replace(".", ""): name.replace("_", " ")
    for name in (
        *(
            "Amazon",
            "Walmart",
            "Target",
            "eBay",
            "Temu",
            "Shein",
            "Wayfair",
            "Costco",
            "Newegg",
            "Overstock",
            "Etsy",
        ),
        *(
            "AliExpress",
            "Macy's",
            "Kohl's",
            "QVC",
            "HSN",
            "Zulily",
            "Woot",
            "TikTok",
            "Houzz",
            "Sears",
            "Kmart",
        ),
        *("Chewy", "Grainger", "Lowe's", "Home_Depot", "Best_Buy", "Sam's_Club", "T.J._Maxx"),
    )
}
MARKETS |= {key.replace("'", ""): name for key, name in MARKETS.items()}


def read_retailers(text: str, named: tuple[Firm, ...] = ()) -> tuple[Firm, ...]:
    """Return the shops that a cleaned sold-at text names, each once; a kind of shop is no shop.

    named: firms that the notice names as retailers already, with their seat; they aren't named again.
    """
    text = LABEL.sub("", text)
    shops = _shops_in(CHANNEL.split(text.partition(" from ")[0], maxsplit=1)[0])
    sellers = [
        name for firm in named if firm.role == "retailer" for name in (firm.name, firm.trading_as) if name
    ]
    return tuple(
        Firm(name, "retailer")
        for name in dict.fromkeys(shop for shop in shops if shop)
        if not any(same_name(name, seller) for seller in sellers)
    )


@lru_cache(maxsize=4096)  # two in five texts begin with nothing but "Amazon.com"
def _shops_in(channel: str) -> list[str]:
    if " and " in channel:
        channel = WITH_AND.sub(r"\1 & ", channel)
    return _shops(ITEM.split(channel.strip()), dealers=holds_any(channel, DEALERS))


def _shops(parts: list[str], dealers: bool) -> list[str]:
    """The shops among the parts of a list.

    "Acme, Zenith and Apex dealers" are dealers of these brands. One word at the text's beginning has its capital
    letter from there: "Heating and plumbing contractors". A state has its town before it: "Brooklyn, NY".
    """
    shops: list[str] = []
    for part in parts:
        name, is_store = _shop(part)
        unsure = (
            part is parts[0] and len(parts) < 3 and name == part and " " not in name and not name.isupper()
        )
        if name and country_of(name):
            shops = shops[:-1]
        elif is_store or (name and not dealers and not unsure):
            shops.append(name)
    return shops


def _shop(part: str) -> tuple[str, bool]:
    """Return the name of a shop or nothing, and whether it is surely one: a known market, or "X stores"."""
    if market := MARKETS.get(part.lower().removesuffix(".com")):
        return market, True
    opening = OPENING.match(part)
    opened = part[opening.end() :] if opening else part
    name = STORES.sub("", opened) if holds_any(opened, STORE_WORDS) else opened
    name = name.removesuffix(" nationwide")
    address = ADDRESS.fullmatch(name.replace(" ", "")) if "." in name else None
    key = (address[1] if address else name).lower().replace("’", "'").replace(" ", "")
    if key in MARKETS or address:
        return MARKETS.get(key, ""), key in MARKETS
    return (name, name != opened) if _is_name(name) else ("", False)


def _is_name(name: str) -> bool:
    parts = name.lower().split()
    return (
        bool(NAME.fullmatch(name))
        and not OPENING.fullmatch(f"{name} ")
        and len(parts) <= LONGEST_NAME
        and not INNER_DOT.search(name)
        and KIND.isdisjoint(parts)
        and not GENERIC.issuperset(parts)
    )
