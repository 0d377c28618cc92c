from recalls.admin import batch, incident, incident_parts, analysis, place, imports  # isort: skip  # the order of the index
from recalls.admin import duplicates, differences, left_over, saved_views, accounts  # isort: skip

__all__ = [
    "accounts",
    "analysis",
    "batch",
    "differences",
    "duplicates",
    "imports",
    "incident",
    "incident_parts",
    "left_over",
    "place",
    "saved_views",
]
