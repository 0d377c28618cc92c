"""The addresses of the list that are measured: what its own table and filters offer, with values that the data has."""

from django.db import connection
from django.utils.http import urlencode

from recalls.lists import RecallBatchList

PATH = "/recalls/"
PAIRS = [
    {"region": "US", "hazard": "fire"},
    {"company": "anker-0", "region": "JP"},
    {"regulator": "cpsc", "announced_after": "2025-01-01"},
    {"category": "power-banks", "remedy": "refund"},
    {"hazard": "burn", "units_min": "100000"},
]
# Some value of each filter; the list says which filters there are.
VALUES = {
    "q": "A1263",
    "region": "US",
    "regulator": "health-canada",
    "company": "anker-0",
    "incident": "incident-1",
    "category": "power-banks",
    "hazard": "fire",
    "remedy": "refund",
    "grade": "official",
    "announced_after": "2025-01-01",
    "announced_before": "2013-01-01",
    "units_min": "100000",
    "units_max": "50",
    "amount_min": "1000000",
    "amount_max": "5000",
    "currency": "EUR",
}
# Those whose record is one of many: the one that most of them name.
MOST = {
    "supplier": "SELECT slug FROM suppliers_company WHERE id = (SELECT supplier_id FROM suppliers_cellsource "
    "GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)",
    "model": "SELECT slug FROM suppliers_productmodel WHERE model_number = 'A1263'",
}


def address(**params) -> str:
    query = urlencode({name: value for name, value in params.items() if value})
    return f"{PATH}?{query}" if query else PATH


def sorts(only_headings: bool) -> list[str]:
    """The columns that a reader can click, or those of the file alone, each both ways."""
    columns = RecallBatchList.table_class.base_columns
    names = [n for n in RecallBatchList.table_class.sortable() if columns[n].visible == only_headings]
    return [f"{sign}{name}" for name in names for sign in ("", "-")]


def filters() -> list[dict]:
    """Each filter of the list alone; one that we have no value for stands there with None."""
    values = VALUES | {name: _asked(sql) for name, sql in MOST.items()}
    return [{name: values.get(name)} for name in RecallBatchList.filterset_class.base_filters]


def pages(rows: int) -> list[int]:
    return [1, 100, -(-rows // RecallBatchList.default_per_page)]


def _asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = cursor.fetchone()
    return found and found[0]
