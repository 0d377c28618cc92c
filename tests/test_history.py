"""Every change of every record is kept, whoever made it and however."""

import json

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django_otp.plugins.otp_totp.models import TOTPDevice

from history.kept import APPS, NOT_KEPT, kept_models, secret_columns
from history.models import Version
from history.telling import telling
from history.triggers import ROWS
from recalls.importers.writing.copying import copy_rows
from recalls.models import BatchRemedy, RecallBatch, Region
from staff.models import RecoveryCode, digest
from tests import factory
from tests.admin_pages import sign_in

pytestmark = pytest.mark.django_db


def versions(record_or_model, **fields):
    table = record_or_model._meta.db_table
    return list(Version.objects.filter(table=table, **fields).select_related("change").order_by("pk"))


def done(record_or_model, **fields):
    return [version.operation for version in versions(record_or_model, **fields)]


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_every_table_of_ours_has_a_history_or_a_stated_reason():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'history%'")
        standing = set(cursor.fetchall())
    models = [m for app in APPS for m in apps.get_app_config(app).get_models(include_auto_created=True)]
    concrete = [model for model in models if model._meta.managed and not model._meta.proxy]
    for model in concrete:
        has_all = all((model._meta.db_table, f"history_{operation}") in standing for operation in ROWS)
        assert has_all != (model._meta.label in NOT_KEPT), model._meta.label


def test_what_has_no_history_are_models_that_exist_each_with_its_reason():
    for label, reason in NOT_KEPT.items():
        assert apps.get_model(label)
        assert len(reason) > 20


def test_every_table_with_a_history_has_the_key_that_its_versions_name():
    assert {model._meta.pk.column for model in kept_models()} == {"id"}


def test_a_record_is_entered_changed_and_deleted():
    batch = factory.batch("First")
    RecallBatch.objects.filter(pk=batch.pk).update(title="Second")
    batch.delete()
    assert done(RecallBatch) == ["insert", "update", "delete"]
    assert [version.old and version.old["title"] for version in versions(RecallBatch)] == [
        None,
        "First",
        "Second",
    ]


def test_plain_sql_is_kept_with_the_role_that_was_signed_in():
    batch = factory.batch()
    run("SET application_name = 'psql'")
    run("UPDATE recalls_recallbatch SET note = 'by hand' WHERE id = %s", batch.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    change = versions(RecallBatch)[-1].change
    assert (change.origin, change.name, change.role, change.place) == ("sql", role, role, "psql")


def test_an_update_that_changes_nothing_makes_no_version():
    batch = factory.batch()
    batch.save()
    RecallBatch.objects.filter(pk=0).update(title="nobody's")
    assert done(RecallBatch) == ["insert"]


def test_rows_that_are_copied_in_are_kept_one_by_one():
    batch = factory.batch()
    copy_rows(BatchRemedy, [{"batch_id": batch.pk, "kind": kind} for kind in ("refund", "repair", "replace")])
    keys = list(BatchRemedy.objects.order_by("pk").values_list("pk", flat=True))
    assert [version.row_id for version in versions(BatchRemedy)] == keys
    assert len({version.change_id for version in versions(BatchRemedy)}) == 1


def test_many_rows_changed_at_once_are_kept_each_with_what_it_said():
    first, second = factory.batch("First"), factory.batch("Second")
    RecallBatch.objects.update(title="Same")
    old = {version.row_id: version.old["title"] for version in versions(RecallBatch, operation="update")}
    assert old == {first.pk: "First", second.pk: "Second"}


def test_a_primary_key_that_is_changed_is_a_row_that_goes_and_one_that_comes():
    region = factory.region()
    run("UPDATE recalls_region SET id = id + 1000 WHERE id = %s", region.pk)
    kept = {(version.row_id, version.operation) for version in versions(Region)[1:]}
    assert kept == {(region.pk, "delete"), (region.pk + 1000, "insert")}


def test_what_the_database_works_out_is_in_no_version():
    batch = factory.batch(units=5)
    RecallBatch.objects.filter(pk=batch.pk).update(units_low=4, units_high=4)
    old = versions(RecallBatch)[-1].old
    assert "units_low" in old
    assert not [column for column in old if column.startswith("value_")]


def test_signing_in_makes_no_version_of_the_account(client):
    user = sign_in(client) and User.objects.get()
    assert user.last_login is not None
    assert done(User) == ["insert"]


def test_a_password_that_is_changed_is_told_and_never_kept():
    user = User.objects.create_user("anna", password="a long first one")
    first = user.password
    user.set_password("another long one")
    user.save()
    version = versions(User)[-1]
    assert version.old["password"].startswith("not kept: ")
    assert first.rpartition("$")[2] not in json.dumps(version.old)


def test_groups_and_who_is_in_them_are_kept():
    user, group = User.objects.create(username="anna"), Group.objects.get(name="publisher")
    user.groups.add(group)
    user.groups.clear()
    assert done(User.groups.through) == ["insert", "delete"]


def test_who_gave_whom_which_right_and_who_took_it_is_kept():
    user, group = User.objects.create(username="anna"), Group.objects.get(name="publisher")
    right = Permission.objects.get(codename="delete_user")
    for name in ("berta", "carla"):
        with telling(name=name, origin="page"):
            change = "add" if name == "berta" else "remove"
            getattr(user.user_permissions, change)(right)
            getattr(group.permissions, change)(right)
    for table, holder in (
        (User.user_permissions.through, "user_id"),
        (Group.permissions.through, "group_id"),
    ):
        last = {version.operation: version for version in versions(table)[-2:]}
        assert [last[done].change.name for done in ("insert", "delete")] == ["berta", "carla"]
        held = {"user_id": user.pk, "group_id": group.pk}[holder]
        assert (last["delete"].old[holder], last["delete"].old["permission_id"]) == (held, right.pk)


def test_who_was_made_mightier_and_by_whom_is_kept():
    user = User.objects.create(username="anna")
    with telling(name="berta", why="She leads the team now."):
        User.objects.filter(pk=user.pk).update(is_superuser=True)
    version = versions(User)[-1]
    assert (version.old["is_superuser"], version.change.name) == (False, "berta")
    assert version.change.why == "She leads the team now."


def test_a_second_factor_is_kept_and_its_key_is_not():
    user = User.objects.create(username="anna")
    with telling(name="anna"):
        device = TOTPDevice.objects.create(user=user, name="app")
    codes = RecoveryCode.objects.renew(user)
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=5, drift=1)  # signing in: no version
    with telling(name="berta"):
        TOTPDevice.objects.filter(pk=device.pk).update(key="ab" * 20, confirmed=False)
        device.delete()
    RecoveryCode.objects.use(user, codes[0])
    kept = versions(TOTPDevice)
    assert [version.operation for version in kept] == ["insert", "update", "delete"]
    assert [version.change.name for version in kept] == ["anna", "berta", "berta"]
    text = json.dumps([version.old for version in [*kept, *versions(RecoveryCode)]])
    assert text.count("not kept: ") == 3
    assert not [secret for secret in (device.key, "ab" * 20, digest(codes[0])) if secret in text]


SECRETS = ("password", "key", "token", "secret", "digest", "hash")


def test_no_column_of_an_account_that_sounds_like_a_secret_is_kept_readable():
    models = [model for model in kept_models() if model._meta.app_label in ("auth", "otp_totp", "staff")]
    sounding = {
        f"{model._meta.label}.{field.column}"
        for model in models
        for field in model._meta.concrete_fields
        if any(word in field.column for word in SECRETS) and field.column not in secret_columns(model)
    }
    assert len(models) == 8
    assert sounding == set()


def test_who_from_where_and_why_are_kept_with_the_change():
    with telling(user=7, name="anna", origin="page", place="/admin/", why="As the notice says."):
        factory.region()
    change = versions(Region)[0].change
    assert (change.user_key, change.name, change.origin) == (7, "anna", "page")
    assert (change.place, change.why) == ("/admin/", "As the notice says.")


def test_what_was_told_ends_with_its_block():
    with telling(name="anna", why="once"):
        pass
    factory.region()
    assert versions(Region)[0].change.origin == "sql"
    assert versions(Region)[0].change.why == ""


def test_two_reasons_in_one_transaction_are_two_changes():
    for why in ("one", "two"):
        with telling(name="anna", why=why):
            factory.region("US" if why == "one" else "CN")
    assert [version.change.why for version in versions(Region)] == ["one", "two"]


@pytest.mark.as_owner
def test_a_new_column_is_in_the_next_version_without_anything_being_made_anew():
    batch = factory.batch()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE recalls_recallbatch ADD COLUMN colour text DEFAULT 'red' NOT NULL")
    run("UPDATE recalls_recallbatch SET colour = 'blue' WHERE id = %s", batch.pk)
    assert versions(RecallBatch)[-1].old["colour"] == "red"
