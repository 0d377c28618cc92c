"""Battery cells, and what is said of their makers.

These records have no slug. What tells one from another is chosen so that a record still counts as the same one
after staff filled in its cell, its date, its number or its state.
"""

from functools import partial

from suppliers.models import BatteryCell, CellSource, Certificate, Claim, Ownership, SupplyAgreement


def add_cell(loading, designation, sources=(), **values):
    values = {"designation": designation, **values}
    cell = loading.add(BatteryCell, designation, values, [["supplier", "designation"]])
    if cell:
        loading.cite(cell, sources)


def add_statement(model, once, loading, place, sources=(), **values):
    statement = loading.add(model, place, {"is_published": bool(sources), **values}, once)
    if statement:
        loading.cite(statement, sources)


SECTIONS = {
    "cells": add_cell,
    "cell_sources": partial(add_statement, CellSource, [["product_model", "supplier"]]),
    "ownership": partial(add_statement, Ownership, [["owner", "owned"]]),
    "supply_agreements": partial(add_statement, SupplyAgreement, [["supplier", "buyer"]]),
    "certificates": partial(add_statement, Certificate, [["company", "scheme"]]),
    "claims": partial(add_statement, Claim, [["about", "kind", "text"], ["about", "kind", "said_by"]]),
}
