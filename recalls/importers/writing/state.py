"""A batch as it stands, field by field, in the shape in which notices are compared."""

from recalls.importers.writing.fields import Field

COLUMNS = {
    Field.TITLE: ["title"],
    Field.KIND: ["kind"],
    Field.ANNOUNCED: ["announced_on"],
    Field.COMPANY: ["company_id"],
    Field.UNITS: ["units_low", "units_high", "units_precision", "units_grade", "raw_units"],
    Field.PRICE: ["price_low", "price_high", "price_currency", "price_grade"],
    Field.SOLD: ["sold_from", "sold_until", "raw_sold"],
    Field.HAZARDS: ["hazards"],
    Field.CAUSE: ["cause"],
    Field.REPORTS: ["reports", "raw_harm"],
    Field.INJURIES: ["injuries"],
    Field.DEATHS: ["deaths"],
    Field.DAMAGE_REPORTS: ["damage_reports"],
    Field.DAMAGE: ["damage_low", "damage_high", "damage_precision", "damage_currency"],
}


def state_of(batch) -> dict[Field, dict[str, object]]:
    """Each field's columns with the values that the batch has now."""
    state = {field: {name: getattr(batch, name) for name in names} for field, names in COLUMNS.items()}
    remedies = batch.remedies.values_list("kind", flat=True)
    return {
        **state,
        Field.HAZARDS: {"hazards": sorted(batch.hazards)},
        Field.REMEDIES: {"remedies": tuple(sorted(remedies))},
    }
