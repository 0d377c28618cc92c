"""Two people at once: nobody's work is lost, and everybody is told."""

import re

import pytest
from django.contrib.auth.models import User

from tests import factory
from tests.admin_pages import page, sign_in

pytestmark = pytest.mark.django_db


def sent(client, record, **fields):
    """What the browser sends of a page that was opened now."""
    content = client.get(page(record)).text
    seen = re.search(r'name="seen" value="([^"]+)"', content)[1]
    return {"seen": seen.replace("&amp;", "&"), **fields}


def test_quick(client):
    staff = sign_in(client)
    batch = factory.batch(units=5)
    line = factory.recalled_product(batch, factory.product_model())
    r = staff.get(page(batch))
    assert r.status_code == 200
    h = staff.get(page(batch, "history"))
    print(h.text[h.text.find('class="versions"') :][:3000])
    r = staff.get(page(User.objects.get()))
    assert r.status_code == 200
    assert 'name="reason"' in r.text
