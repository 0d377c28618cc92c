"""What a price is said to be for: kinds of one product can be compared, sets and parts can't."""

import re

from recalls.importers.quantities.phrases import words
from recalls.importers.quantities.reading import RefusedError, quoted

# More or less than one unit of the product, or perhaps something else.
OTHER_THINGS = re.compile(
    r"\b(?:with|without|w/|sets?|kits?|(?:\d+-?|multi-?)?packs?|packages?|pairs?|bundles?|bundled|only|alone|"
    r"replacements?|parts?|spares?|accessor(?:y|ies)|individual|individually|separate|separately|singles?|doubles?|"
    r"cases?|box|boxes|cartons?|combos?|combinations?|systems?|includ\w+|plus|refurbished|used|extras?|upgrades?|"
    r"(?:un)?installed|installation|collections?|sold|dozens?|subscriptions?|coupons?|discount\w*|shipping|"
    r"components?|batter(?:y|ies)|covers?|remotes?|of \w+|\w+ of)\b|\d-(?:piece|pc|count)",
    re.IGNORECASE,
)
# The recalled product may be only a part of what the price buys, or the price may not be one.
PART_OF_MORE = re.compile(
    r"\b(?:bundle[sd]?\b|sold (?:with|inside|as)\b|in (?:sets|pairs|packs|packages|boxes|cases) of\b"
    r"|(?:came|comes|come|packaged|equipped|included|shipped|supplied|provided|fitted) (?:with|in|on|inside|as)\b"
    r"|(?:with|ha[sd]|have|having|us(?:es?|ing)|contain\w*|includ\w+|featuring) (?:the |these |this )?recalled\b"
    r"|contain\w* (?:the|these|this|those)\b|sold (?:on|in) (?:\w+ ){0,2}(?:bicycles|bikes|vehicles|cars|trucks|"
    r"boats|furnaces|homes|laptops|computers|sets|kits|packages|systems|units)\b"
    r"|as (?:a |an )?(?:\w+ ){0,2}(?:part|component|accessory|gift|set|kit|replacement|option|upgrade|equipment)\b"
    r"|separately\b|individually\b|installed\b|installation\b|service parts?\b|replacement\b"
    r"|for free\b|free (?:of charge|with|to|gift)\b|(?:no|without) (?:cost|charge)\b|given? away\b"
    r"|giveaways?\b|coupons?\b|rebates?\b|per (?:month|year|week)\b|monthly\b|leased?\b|rented\b"
    r"|Canad(?:a|ian)\b|(?<!new )mexico\b)",
    re.IGNORECASE,
)
# One of these words stands in whatever the expression above finds: most texts have none.
TRIGGERS = words(
    "bundle bundles bundled sold came comes come packaged equipped included shipped supplied "
    "provided fitted recalled contain contains contained containing as separately individually "
    "installed installation service replacement free cost charge away sets pairs packs packages "
    "boxes cases giveaway giveaways coupon coupons rebate rebates per monthly lease leased rented "
    "canada canadian mexico"
)
WORD = re.compile(r"[a-z]+")
KIND = re.compile(r"\b(?:models?|versions?|styles?|sizes?|editions?)\b", re.IGNORECASE)
LAST_WORD = re.compile(r"([^\W\d_]+?)s?$")


def refuse_part_of_more(text: str) -> None:
    """Raise RefusedError if a price of this text may buy more than the product, or nothing was paid."""
    if TRIGGERS.isdisjoint(WORD.findall(text.lower())):
        return
    if found := PART_OF_MORE.search(text):
        raise RefusedError(f"It may not be what one unit costs: {quoted(found.group())}.")


def refuse_other_things(label: str) -> None:
    if found := OTHER_THINGS.search(label):
        raise RefusedError(f"It may not be for one unit: {quoted(found.group())}.")


def refuse_different_kinds(labels: list[str]) -> None:
    """ "For the youth model … for the adult model" can be compared, "scooters … chargers" can't."""
    for label in labels:
        refuse_other_things(label)
    ends = {match[1].casefold() for label in labels if (match := LAST_WORD.search(label))}
    same_end = len(ends) == 1 and all(LAST_WORD.search(label) for label in labels)
    if not (same_end or all(KIND.search(label) for label in labels)):
        raise RefusedError("Nothing says that the prices are those of kinds of one product.")
