"""The slowest statements of the list's pages, each with the plan that Postgres chose and what it took."""

from django.db import connection

from bench.addresses import PAIRS, address, filters, sorts
from bench.database import LARGE, using
from bench.pages import statements

SLOWEST = 5


def explained() -> str:
    """The plans of the slowest statements, as text to read."""
    with using(LARGE):
        pages = [address(**chosen) for chosen in ({}, *filters(), *PAIRS)]
        pages += [address(sort=sort) for sort in sorts(only_headings=True)]
        found = {s.sql: (s, page) for page in pages for s in statements(page) if s.sql.startswith("SELECT")}
        slowest = sorted(found.values(), key=lambda pair: -pair[0].seconds)[:SLOWEST]
        return "\n\n".join(_plan(statement, page) for statement, page in slowest)


def _plan(statement, page):
    """Asked without a limit and without a clock at each step, which takes longer than the page may."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) {statement.sql}", statement.params)
        lines = [line for (line,) in cursor.fetchall()]
    return "\n".join([f"{page}: {statement.seconds * 1000:.0f} ms", statement.sql, *lines])
