"""What the list is compared with: Django's own list of the same records, and a template written by hand."""

import statistics
import time

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.template import engines
from django.test import Client

from bench.pages import median, statements
from recalls.models import RecallBatch

ADMIN = "/admin/recalls/recallbatch/"
COLUMNS = [
    *("announced_on", "title", "slug", "name", "code", "abbreviation", "notice_number"),
    *("units_low", "units_high", "amount_low", "price_low", "exposure_low", "hazards"),
]
ROW = "".join(f"<td>{{{{ row.{name} }}}}</td>" for name in COLUMNS)
PAGE = f"<html><body><table>{{% for row in rows %}}<tr>{ROW}</tr>{{% endfor %}}</table></body></html>"


def admin_seconds() -> float:
    """The changelist of batches as the admin has it, with as many rows as our page; its reader leaves again."""
    admin.site._registry[RecallBatch].list_per_page = 50
    client = Client()
    reader = get_user_model().objects.create(username="bench", is_superuser=True, is_staff=True)
    try:
        client.force_login(reader)
        return median(ADMIN, cookies=f"sessionid={client.cookies['sessionid'].value}")
    finally:
        client.session.delete()
        reader.delete()


def hand_written_seconds(address: str) -> float:
    """The statements of this page, asked again one by one, and the rows of the page in a plain template."""
    asked = statements(address)
    page = engines["django"].from_string(PAGE)
    return statistics.median(_once(asked, page) for _ in range(7))


def _once(asked, page):
    began = time.perf_counter()
    answers = [_rows(statement) for statement in asked]
    page.render({"rows": max(answers, key=_is_of_the_page)})
    return time.perf_counter() - began


def _rows(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()] if names else []


def _is_of_the_page(rows):
    """The widest answer of up to 50 rows."""
    return len(rows) <= 50 and bool(rows) and len(rows[0])
