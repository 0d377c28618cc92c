from recalls.admin import batch, incident, incident_parts, analysis, place  # isort: skip  # the order of the index

__all__ = ["analysis", "batch", "incident", "incident_parts", "place"]
