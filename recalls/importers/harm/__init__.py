"""Incident texts ("19 reports of fires, including 2 burn injuries") as counts of reports, injuries and deaths.

Each count is read on its own, and is left out wherever the text may mean another number.

    sentences.py  a text's sentences, and what each speaks of: the own country, others, the time since a recall
    counts.py     numbers in front of what they count: "two reports of minor burn injuries"
    reports.py    how many incidents there were in all, not how many of them ended in what
    zeros.py      what the text says there was none of
    victims.py    injuries and deaths
    damage.py     property damage: in how many reports, and how much money
"""

from functools import lru_cache

from recalls.importers.harm.damage import read_damage, read_damage_reports
from recalls.importers.harm.reports import read_reports
from recalls.importers.harm.sentences import split_sentences
from recalls.importers.harm.victims import read_deaths, read_injuries
from recalls.importers.harm.zeros import find_zeros
from recalls.importers.notice import Harm
from recalls.importers.quantities.reading import RefusedError
from recalls.importers.quantities.tokens import clean

__all__ = ["read_harm"]


@lru_cache(maxsize=4096)  # half of all texts say “None reported”
def read_harm(text: str, currency: str = "USD") -> Harm:
    """Read an incident text of the country with this currency (ISO 4217); never raises for a text.

    The field is called “Incidents/Injuries”, so “None reported” is 0 reports and 0 injuries; deaths are
    not named there and stay None. Counts are plain: “at least 115 incidents” and “about 20” give None, and
    so do counts that hold another country's, unless the own country's is given beside it. What happened
    since an earlier recall is not all that happened: None.
    """
    try:
        sentences = split_sentences(clean(text), currency)
    except RefusedError:
        return Harm()
    zeros = find_zeros(sentences)
    reports = read_reports(sentences, zeros)
    if zeros.nothing:
        return Harm(reports=reports, injuries=reports)
    low, high, precision = read_damage(sentences, currency)
    return Harm(
        reports=reports,
        injuries=read_injuries(sentences, zeros),
        deaths=read_deaths(sentences, zeros),
        damage_reports=read_damage_reports(sentences, zeros),
        damage_low=low,
        damage_high=high,
        damage_precision=precision,
        damage_currency="" if precision == "unknown" else currency,
    )
