"""Whatever stands in a filter, a form of the admin or a spreadsheet: a page, rows, or a sentence on why not."""

import re
from functools import cache
from io import BytesIO
from itertools import chain

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recalls.spreadsheets.columns import BY_NAME
from recalls.spreadsheets.limits import FileError
from recalls.spreadsheets.reading import read
from recalls.spreadsheets.staging import preview_next, store
from tests import addresses, factory, hostile
from tests.spreadsheets import NEW, csv_bytes, xlsx_bytes
from tests.test_admin_hostile import MODELS, READ_ONLY
from tests.visits import visitor

pytestmark = pytest.mark.django_db
NAME = re.compile(r"""<(?:input|select|textarea)\b[^>]*\sname=["']([^"']+)["']""")
TEXTS = st.sampled_from([*chain.from_iterable(hostile.TEXTS.values())]).filter(
    lambda text: text.isprintable()
)
ANY = TEXTS | st.text(st.characters(codec="utf-8"), max_size=30)
LISTS = [pattern for pattern in addresses.patterns() if addresses.list_of(pattern)]
FORMS = [model for model in MODELS if model not in READ_ONLY and "add" in model._meta.default_permissions]
HEADER = b"title,company,announced_on\n"
XLSX = xlsx_bytes([*NEW], [*NEW.values()])


def names_of(pattern):
    return [*addresses.filters_of(pattern), "sort", "per_page", "page"]


@pytest.mark.parametrize("pattern", LISTS, ids=lambda pattern: pattern.name)
@settings(max_examples=20)
@given(data=st.data())
def test_any_filters_give_rows_or_sentences(pattern, data):
    asked = data.draw(st.dictionaries(st.sampled_from(names_of(pattern)), st.lists(ANY, max_size=3)))
    query = QueryDict(mutable=True)
    for name, values in asked.items():
        query.setlist(name, values)
    records = addresses.list_of(pattern)(query)
    assert len(records.page) <= 500
    assert all(error[-1:] in ".!”" for error in records.errors)


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model._meta.label)
@settings(max_examples=8)
@given(data=st.data())
def test_any_values_in_a_form_of_the_admin_are_taken_or_refused(model, data):
    address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add")
    client = staff()
    fields, counts = fields_of(address)
    sent = data.draw(st.dictionaries(st.sampled_from(fields), ANY))
    with transaction.atomic():
        status = client.post(address, counts | sent).status_code
        transaction.set_rollback(True)
    assert status in (200, 302, 400)


@cache
def fields_of(address):
    """The names of a form's fields, and one row for each of its tables."""
    names = dict.fromkeys(NAME.findall(staff().get(address).text))
    counts = {name: int("TOTAL" in name) for name in names if name.endswith(("TOTAL_FORMS", "INITIAL_FORMS"))}
    return [name for name in names if not name.endswith("_FORMS")], counts


def staff():
    User.objects.get_or_create(username="root", defaults={"is_staff": True, "is_superuser": True})
    return visitor("root")


@given(st.binary(max_size=200))
@example(b'"never closed')
def test_any_bytes_after_a_header_give_rows_or_a_sentence(content):
    rows_or_sentence(HEADER + content)


@given(st.integers(0, len(XLSX)), st.binary(max_size=30))
def test_any_damage_to_an_xlsx_gives_rows_or_a_sentence(place, garbage):
    rows_or_sentence(XLSX[:place] + garbage + XLSX[place + len(garbage) :])


def rows_or_sentence(content):
    try:
        rows = [*read(BytesIO(content)).rows]
    except FileError as error:
        assert str(error).endswith(".")
    else:
        assert all(isinstance(text, str) for _, cells in rows for text in cells)


@settings(max_examples=20)
@given(st.lists(st.dictionaries(st.sampled_from([*BY_NAME]), ANY), min_size=1, max_size=4))
def test_any_cells_of_a_spreadsheet_are_read_or_refused_in_the_preview(rows):
    content = csv_bytes(*(dict.fromkeys(BY_NAME, "") | NEW | row for row in rows))
    with transaction.atomic():
        try:
            upload = store(SimpleUploadedFile("a.csv", content), "a.csv", None)
        except FileError as error:
            assert str(error).endswith(".")
        else:
            factory.company("Anker")
            while preview_next(upload.pk, may_publish=True):
                pass
            refused = upload.rows.filter(outcome="refused").values("position")
            assert not upload.cells.filter(position__in=refused, reason="").exists()
        transaction.set_rollback(True)
