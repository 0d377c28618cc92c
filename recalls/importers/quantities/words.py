"""The closed lists of words that the grammar knows, as token keys: lower case, without dots and quotes."""

from recalls.importers.quantities.phrases import Phrases, words

MONTHS = words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
SEASONS = words("spring summer fall autumn winter")
ABBREVIATIONS = MONTHS | words("approx inc co corp ltd mfg no est")

EXACT, APPROXIMATE, AT_LEAST, AT_MOST = "exact", "approximate", "at_least", "at_most"

_ABOUT = (
    "about|approximately|approx|around|roughly|nearly|almost|close to|estimated|an estimated|circa|"
    "just under|some|est"
)
ABOUT = Phrases({APPROXIMATE: _ABOUT})
HEDGES = Phrases(
    {
        APPROXIMATE: _ABOUT,
        AT_LEAST: (
            "more than|over|at least|in excess of|greater than|upwards of|just over|slightly more than|"
            "slightly over|no fewer than|no less than|not less than|not fewer than|a little over|well over"
        ),
        AT_MOST: (
            "up to|less than|fewer than|under|at most|no more than|not more than|as many as|below|"
            "a maximum of|maximum of"
        ),
        EXACT: "a total of|total of",
    }
)
AFTERTHOUGHTS = Phrases({APPROXIMATE: "or so", AT_LEAST: "or more", AT_MOST: "or fewer|or less"})
ADDITIONAL = Phrases({"additional": "an additional|additional|another|a further"})

ONES = words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
NUMBER_WORDS = ONES | SCALES.keys()

UNKNOWN = Phrases(
    {
        "unknown": (
            "unknown|undetermined|not known|not available|not stated|not specified|not reported|not determined|"
            "to be determined|tbd|n/a|unspecified|an unknown|an undetermined|unknown at this time"
        )
    }
)
UNKNOWN_NOUNS = words("number quantity amount")

# What is counted, where it is no product of its own: as written, to the plural.
_PACKS = words(
    "pairs sets pieces packs packages cases cartons bags bottles cans jars tubes rolls kits containers"
)
UNITS = {pack: pack for pack in _PACKS} | {pack[:-1]: pack for pack in _PACKS}
UNITS |= {"box": "boxes", "boxes": "boxes"}
UNITS |= dict.fromkeys(words("unit units product products item items"), "units")
PLAIN = words("unit units product products item items affected recalled total individual")

SOLD = words("sold distributed shipped imported purchased delivered")
MADE = SOLD | words("manufactured made produced assembled branded")
OTHERS = words("another other a the different")
AUXILIARIES = words("was were has have had been being be is are")
ADVERBS = words("previously already originally first initially earlier also")
RECALLED = words("recalled")
ANNOUNCED = words("announced reannounced re-announced issued reissued re-issued released")
NOTICES = words("recall alert warning notice announcement")

JOINTS = words("with for on by")
ANDS = words("and &")

# A product's name may hold any word but these: they could change what a number means or where it belongs.
NOT_IN_NAMES = words(
    "in on at to from per each every of or not no nor none without except excluding minus less plus than only "
    "including include includes included another additional more fewer extra further combined both "
    "either which that who whose this these those it they there a an as so out above "
    "worldwide nationwide globally global domestically internationally abroad overseas elsewhere outside "
    "within throughout nation country countries states world "
    "about approximately approx around roughly nearly almost estimated over under up between circa "
    "remaining unsold sold-out returned destroyed unknown undetermined various several few many some most "
    "couple half quarter third double triple twice hundreds thousands millions billions dozens gross score "
    "mil mill mio mln mm m k b bn thou doz "
    "percent annually yearly monthly weekly daily ago but however if while until since before after during "
    "through recall recalls announced reannounced re-announced covered canadian american mexican european"
)
NOT_IN_NAMES |= SOLD | AUXILIARIES | RECALLED | NUMBER_WORDS | (ADVERBS - {"first"})

# Plurals that are counted but are no recalled units.
NOT_PRODUCTS = words(
    "years months weeks days hours minutes dollars cents times consumers customers people persons children "
    "incidents reports complaints injuries deaths fires claims retailers stores dealers locations households "
    "homes cities models styles types kinds brands lots batches versions varieties sizes colors inches feet "
    "yards meters pounds ounces gallons tons liters grams watts volts others is us"
)
PLURALS_WITHOUT_S = words(
    "sleepwear clothing furniture equipment jewelry luggage footwear swimwear loungewear underwear apparel "
    "cookware headgear hardware merchandise lighting outerwear bedding dinnerware glassware drinkware mice"
)
