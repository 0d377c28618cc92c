"""The switch between grades, as a page shows it."""

from evidence.figures import Grade
from listing.shape import kept_params

SURE = [Grade.OFFICIAL.value, Grade.COMPANY.value]


def switch_context(params):
    """What `recalls/_grade_switch.html` shows beside `grades`."""
    switch = {"choices": Grade.choices, "sure": SURE, "kept": kept_params(params, {"grade", "page"})}
    return {"grade_switch": switch}
