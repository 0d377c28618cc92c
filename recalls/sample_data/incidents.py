"""Incidents with their causes and all that followed."""

from recalls.models import Incident
from suppliers.models import ProductModel

PARTS = {
    "root_causes": "rootcauses",
    "contributing_factors": "contributingfactors",
    "impacts": "impacts",
    "measures": "measures",
    "recovery_phases": "recoveryphases",
    "financial_indicators": "financialindicators",
    "events": "events",
}


def add_incident(loading, slug, **values):
    parts = {accessor: values.pop(section, []) for section, accessor in PARTS.items()}
    incident = loading.add(Incident, slug, {"slug": slug, "is_published": True, **values}, [["slug"]])
    if incident:
        for accessor, entries in parts.items():
            for entry in entries:
                add_part(loading, getattr(incident, accessor), **entry)


def add_part(loading, parts, sources, product_models=(), **values):
    part = loading.add_part(parts, values)
    loading.cite(part, sources)
    if product_models:
        part.product_models.set(loading.find(ProductModel, slug) for slug in product_models)


SECTIONS = {"incidents": add_incident}
