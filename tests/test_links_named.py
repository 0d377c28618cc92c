"""What a deletion takes with it is named, the rows that only link two records too."""

import pytest

from tests import factory

pytestmark = pytest.mark.django_db


def test_a_deletion_names_both_records_that_a_row_links(admin_client):
    cause = factory.incident("Crisis").rootcauses.create(text="bad cells", grade="alleged")
    cause.product_models.add(factory.product_model("A1263"))
    page = admin_client.get(f"/admin/recalls/rootcause/{cause.pk}/delete/")
    assert "bad cells – A1263" in page.text and "object (" not in page.text
