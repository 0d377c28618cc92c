"""The regulators whose files are read, and the regions that notices name, as records."""

from recalls.importers.quantities.regions import country_names
from recalls.models import Region, Regulator
from recalls.models.place import ELSEWHERE

# slug: abbreviation, name, region
REGULATORS = {
    "cpsc": ("CPSC", "Consumer Product Safety Commission", "US"),
    "health-canada": ("Health Canada", "Health Canada", "CA"),
    "safety-gate": ("Safety Gate", "Safety Gate, the EU rapid alert system for dangerous products", "EU"),
}
NAMES = {"EU": "European Union", ELSEWHERE: "Elsewhere, not named"}


def regulator_of(slug: str) -> Regulator:
    """The regulator of a format, made with its region if need be."""
    abbreviation, name, region = REGULATORS[slug]
    values = {"abbreviation": abbreviation, "name": name, "region_id": region_ids([region])[region]}
    return Regulator.objects.get_or_create(slug=slug, defaults=values)[0]


def region_ids(codes: list[str]) -> dict[str, int]:
    """Primary keys of regions by code; those that no record has named yet are made."""
    found = dict(Region.objects.filter(code__in=codes).values_list("code", "pk"))
    for code in set(codes) - set(found):
        name = NAMES.get(code) or country_names()[code]
        found[code] = Region.objects.get_or_create(code=code, defaults={"name": name})[0].pk
    return found
