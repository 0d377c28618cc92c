"""The page that explains the method, and the way to answer that every page offers."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as project

from evidence.figures import Grade, Precision
from evidence.models import Stance
from tests import factory

pytestmark = pytest.mark.django_db

UNNAMED = "The operator of this copy has named no contact."


def check(contact):
    """Django's own check in a process of its own, with this CONTACT."""
    command = [sys.executable, "manage.py", "check"]
    environment = {**os.environ, "CONTACT": contact}
    return subprocess.run(command, cwd=project.BASE_DIR, env=environment, capture_output=True, text=True)


def test_the_method_page_explains_every_grade_precision_and_stance(client):
    text = client.get("/method/").text.lower()
    for value in [*Grade, *Stance]:
        assert f">{value}<" in text, value
    for precision in Precision:
        assert f"<dt>{precision.label}</dt>" in text, precision


def test_the_method_page_says_what_exposure_is_not_and_under_which_licence_the_data_are(client):
    text = client.get("/method/").text
    for said in (
        "not a loss, a cost or a forecast",
        "CC BY 4.0",
        "public domain",
        "“up to”",
        "merely alleged",
    ):
        assert said in text, said


def test_a_contact_stands_on_the_method_page_and_at_the_foot_of_every_page(client, settings):
    settings.CONTACT = "mailto:desk@recalls.example"
    assert (
        '<a class="address" href="mailto:desk@recalls.example">desk@recalls.example</a>'
        in client.get("/method/").text
    )
    assert 'href="mailto:desk@recalls.example">Report an error or answer' in client.get("/recalls/").text
    assert UNNAMED not in client.get("/method/").text


def test_without_a_contact_the_page_says_so_and_the_foot_leads_there(client, settings):
    settings.CONTACT = ""
    assert UNNAMED in client.get("/method/").text
    assert 'href="/method/#contact">Report an error or answer' in client.get("/recalls/").text


def test_wherever_a_company_is_named_there_is_a_way_to_answer(client):
    apex = factory.company("Apex", slug="apex")
    factory.claim(apex, published=True)
    for address in ("/suppliers/apex/", "/suppliers/", "/nowhere/"):
        assert "Report an error or answer" in client.get(address).text, address


@pytest.mark.parametrize(
    "contact", ["desk@recalls.example", "mailto:a@b.example", "https://recalls.example/x", ""]
)
def test_an_address_or_a_page_is_taken(contact):
    assert check(contact).returncode == 0


@pytest.mark.parametrize(
    "contact", ["desk", "http://recalls.example", "javascript:alert(1)", "https://", "https://a b", "mailto:"]
)
def test_anything_else_is_refused_with_a_sentence(contact):
    refused = check(contact)
    assert refused.returncode != 0
    assert "it must be an e-mail address, or a page that begins with https://" in refused.stderr
