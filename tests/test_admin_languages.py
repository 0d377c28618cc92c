"""The admin in Chinese: none of its words is left unmarked, nor those of the packages whose pages it shows."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from recalls.models import RefusedRow
from staff.models import FailedSignIn, RecoveryCode
from tests import addresses, factory, pseudo
from tests.browser import FILES
from tests.spreadsheets import NEW, previewed
from tests.test_chinese_words import not_chinese

OF_DJANGO = {"Search", "True", "False"}  # of its pictures
CODES = [
    "at_most",
    "at_least",
    "approximate",
    "voluntary",
    "ordered",
    "recall",
    "warning",
]  # as a spreadsheet has them
UNREAD = re.compile(r"/noticerecord/\d+/change/")  # which shows JSON
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_data")]


def everything_there_is(staff):
    """A record of what the sample data have none of."""
    user = User.objects.create(username="other")
    TOTPDevice.objects.create(user=user, name="phone")
    FailedSignIn.objects.create(account="root", address="192.0.2.1")
    RecoveryCode.objects.create(user=user, digest="x")
    batch = factory.batch("A draft")
    imported = factory.imported(batch, units_refused="“x” is no number of units.", problems="No price: “y”.")
    RefusedRow.objects.create(run=imported.record.run, position=1, reason="“x” is not a date.", raw="{}")
    factory.revision(batch)
    previewed(staff, NEW | {"kind": "rumour", "models": "A9"})


def admin_pages():
    def keys(model):
        return model._base_manager.order_by("pk").values_list("pk", flat=True)[:1]

    found = (address for pattern in addresses.patterns() for address in addresses.addresses(pattern, keys))
    found = [address for address in found if address.startswith("/admin/")]
    return [
        address
        for address in found
        if not UNREAD.search(address) and not any(part in address for part in FILES)
    ]


def words_left(page, data):
    """But for names that Django cuts short."""
    return [text for text in pseudo.unmarked(page, data) if text not in OF_DJANGO and not text.endswith("…")]


def test_no_word_of_the_admin_is_left_unmarked(monkeypatch, say):
    staff = Client()
    staff.force_login(User.objects.create_superuser("root"))
    everything_there_is(staff)
    data, left, read = [*pseudo.texts_of_data(), *CODES], {}, 0
    with pseudo.everything_marked(monkeypatch):
        for address in admin_pages():
            page = staff.get(f"/zh-hans{address}")
            read += page.status_code == 200
            if page.status_code == 200 and (texts := words_left(page.text, data)):
                left[address] = texts
    assert left == {} and read > 150
    say(f"{read} pages of the admin read for words that are not marked for translation: none.")


def test_what_django_otp_calls_its_own_is_chinese_too():
    config = apps.get_app_config("otp_totp")

    def words():
        yield config.verbose_name
        for model in config.get_models():
            yield from (model._meta.verbose_name, model._meta.verbose_name_plural)
            for field in model._meta.concrete_fields:
                yield from [] if field.name in ("id", "key", "t0") else [field.verbose_name, field.help_text]

    assert not_chinese(words) == []
