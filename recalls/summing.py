"""Pieces of SQL for the statements of our own that sum figures by group: open ends stay open, unknown is left out."""

from evidence.figures import Grade, Precision

GRADES = "ARRAY[{}]".format(", ".join(f"'{grade}'" for grade in Grade.values))


def stated(figure):
    return f"num_nonnulls({figure}_low, {figure}_high) > 0"


def sums(figure):
    """The sum of a figure; its high end open where that of a part is. And whether all parts are exact."""
    return f"""
    sum({figure}_low) AS {figure}_low,
    CASE WHEN NOT bool_or({figure}_low IS NOT NULL AND {figure}_high IS NULL)
        THEN sum({figure}_high) END AS {figure}_high,
    bool_and({figure}_precision = '{Precision.EXACT}') FILTER (WHERE {stated(figure)}) AS {figure}_exact"""


def weakest(*grades):
    """The weakest of all grades in these columns."""
    ranks = ", ".join(f"max(array_position({GRADES}, {grade}::text))" for grade in grades)
    return f"({GRADES})[greatest({ranks})]"


def precision(figure):
    """That of a figure made by `sums`."""
    low, high = f"{figure}_low", f"{figure}_high"
    return f"""CASE WHEN {low} IS NULL AND {high} IS NULL THEN '{Precision.UNKNOWN}'
        WHEN {high} IS NULL THEN '{Precision.AT_LEAST}' WHEN {low} IS NULL THEN '{Precision.AT_MOST}'
        WHEN {low} <> {high} THEN '{Precision.RANGE}' WHEN {figure}_exact THEN '{Precision.EXACT}'
        ELSE '{Precision.APPROXIMATE}' END"""


def count(name, condition, what="*"):
    return f"count({what}) FILTER (WHERE {condition}) AS {name}"
