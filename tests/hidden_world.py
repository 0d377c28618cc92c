"""A database in which a word stands in every text that nobody may see, and markup in every text that everybody may.

Made of the sample data: every third record of each publishable kind becomes a draft, so that drafts hang together
with what is published as they do in life. What shows is told by each model's own `visible()`, or by what it is part of.
"""

from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Func, Q, Value
from django.db.models.functions import Cast

from evidence.models import Publishable
from recalls import models as recalls
from suppliers import models as suppliers
from tests import factory

HIDDEN = "zqxvdraft"
UNKNOWN = "zqxvnever"  # as long, and nowhere in the database
MARKUP = '<xss onxss="1">\'"&'
OURS = ("evidence", "listing", "suppliers", "recalls")
INTERNAL = {
    *(recalls.ImportRun, recalls.NoticeRecord, recalls.ImportedBatch, recalls.NoticeLink, recalls.RefusedRow),
    *(recalls.Difference, recalls.DuplicateProposal, recalls.SpreadsheetUpload, recalls.SpreadsheetRow),
    *(recalls.SpreadsheetCell, suppliers.Merge, User, LogEntry),
}
SHOWN = {
    recalls.ImportRun: {"format"}
}  # pages say which file was last fetched when, and how many records it had
NOT_TEXTS = {"suppliers_movedrow"}  # names of tables
SHAPES = ("{} {}", "{}-{}", "https://example.org/{}/{}", "{}{}")


def publishable():
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def make():
    """What is hidden, as {model: keys}, after all texts are written."""
    _add_what_no_sample_has()
    for model in publishable():
        published = list(model.objects.published().order_by("pk").values_list("pk", flat=True))
        model.objects.filter(pk__in=published[::3]).update(is_published=False)
    hidden = {model: _hidden(model) for model in apps.get_models() if _is_ours(model)}
    for model, keys in hidden.items():
        rows = model._base_manager
        shown = SHOWN.get(model, ())
        _write(rows.filter(pk__in=keys), HIDDEN, besides=shown)
        _write(rows.exclude(pk__in=keys), MARKUP)
    return {model: keys for model, keys in hidden.items() if keys}


def _is_ours(model):
    return model._meta.app_label in OURS or model in INTERNAL


def _hidden(model):
    """The keys of the rows that nobody may see."""
    rows = model._base_manager.all()
    if model in INTERNAL:
        return set(rows.values_list("pk", flat=True))
    if hasattr(model.objects.all(), "visible"):
        shown = model.objects.visible().values("pk")
        return set(rows.exclude(pk__in=shown).values_list("pk", flat=True))
    return set(rows.filter(_part_of_hidden(model)).values_list("pk", flat=True))


def _part_of_hidden(model):
    condition = Q(pk__in=[])
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey) and hasattr(field.related_model.objects.all(), "visible"):
            shown = field.related_model.objects.visible().values("pk")
            condition |= Q(**{f"{field.name}__isnull": False}) & ~Q(**{f"{field.name}__in": shown})
    return condition


def _write(rows, word, besides=()):
    """The word in every text of these rows, in the first shape that the database takes."""
    table = rows.model._meta.db_table
    for field in rows.model._meta.concrete_fields:
        if table not in NOT_TEXTS and field.name not in besides and _takes(field, word):
            _write_field(rows, field, word)


def _takes(field, word):
    is_text = (
        isinstance(field, (models.CharField, models.TextField)) and not field.choices and not field.generated
    )
    is_code = isinstance(field, models.SlugField) and word == MARKUP
    room = field.max_length is None or field.max_length >= len(word) + 3 if is_text else False
    is_texts = isinstance(field, ArrayField) and isinstance(
        field.base_field, (models.CharField, models.TextField)
    )
    is_texts = is_texts and not field.base_field.choices
    return (
        not field.primary_key
        and not is_code
        and not isinstance(field, models.GeneratedField)
        and (room or is_texts)
    )


def _write_field(rows, field, word):
    """All rows at once; where the database refuses that, row by row."""
    shapes = SHAPES[1:2] if isinstance(field, models.SlugField) else SHAPES
    if any(_update(rows, field, _text(field, shape.format(word, "{}"))) for shape in shapes):
        return
    for key in rows.values_list("pk", flat=True):
        own = rows.model._base_manager.filter(pk=key)
        any(_update(own, field, _text(field, shape.format(word, "{}"))) for shape in shapes)


def _text(field, shape):
    """The shape with the row's key in it, so that texts differ where they must."""
    text = Func(Value(shape), Value("{}"), Cast("pk", models.TextField()), function="replace")
    return Func(text, template="ARRAY[%(expressions)s]") if isinstance(field, ArrayField) else text


def _update(rows, field, value):
    try:
        with transaction.atomic():
            rows.update(**{field.name: value})
    except DatabaseError:
        return False
    return True


def _add_what_no_sample_has():
    """What imports, staff and spreadsheets leave, about a draft and about a published batch."""
    who = User.objects.create(username="somebody", email="somebody@example.org", first_name="Some")
    draft = factory.batch("An imported draft", notice_number="25-999", raw_units="About 7", raw_sold="May")
    public = recalls.RecallBatch.objects.published().first()
    for batch in (draft, public):
        factory.imported(batch, units_refused="not read", problems="not read either")
        factory.difference(batch)
        recalls.NoticeLink.objects.create(batch=batch, kind="joint", target="25-998")
        LogEntry.objects.log_actions(who.pk, [batch], CHANGE, "Changed.", single_object=True)
    recalls.DuplicateProposal.objects.create(
        first=public,
        second=draft,
        days_apart=1,
        is_same_company=True,
        is_same_region=True,
        model_numbers=["A1"],
    )
    run = factory.import_run("failed", error="It broke.", address="file.json", who=who)
    recalls.RefusedRow.objects.create(run=run, position=1, number="1", reason="No date.", raw="{}")
    _add_spreadsheet(who, draft)
    for make, fields in _claims():
        make(**fields)


def _add_spreadsheet(who, batch):
    moment = factory.datetime(2025, 7, 1, tzinfo=factory.UTC)
    upload = recalls.SpreadsheetUpload.objects.create(
        who=who, file_name="a.csv", sha256="0", format="CSV", uploaded_at=moment, columns=["title"]
    )
    recalls.SpreadsheetRow.objects.create(upload=upload, position=2, cells=["x"], batch=batch)


def _claims():
    """A draft of every kind of claim on companies and models that show."""
    shown = suppliers.Company.objects.visible().order_by("pk")
    one, two = shown[0], shown[1]
    model = suppliers.ProductModel.objects.visible().first()
    return [
        (factory.cell_source, {"product_model": model, "supplier": two, "answer_text": "No."}),
        (factory.agreement, {"supplier": one, "buyer": two, "terms": "Three years", "scope": "Cells"}),
        (factory.certificate, {"company": one}),
        (factory.claim, {"about": one, "answer_text": "No comment."}),
        (factory.ownership, {"owner": factory.company("A hidden owner"), "owned": two}),
    ]


def change_hidden_figures(hidden):
    """Other numbers and days in every hidden row; how many values changed."""
    return sum(
        _add(model._base_manager.filter(pk__in=keys), field)
        for model, keys in hidden.items()
        if model not in SHOWN
        for field in model._meta.concrete_fields
        if _is_figure(field)
    )


def _is_figure(field):
    figures = (models.IntegerField, models.DecimalField)
    return (
        isinstance(field, figures) and not field.primary_key and not isinstance(field, models.GeneratedField)
    )


def _add(rows, field):
    rows = rows.exclude(**{field.name: None})
    return rows.count() if _update(rows, field, models.F(field.name) * 3 + 1) else 0


def delete_drafts():
    """As many drafts as nothing holds; how many rows went."""
    return sum(
        _delete(record) for model in publishable() for record in model.objects.filter(is_published=False)
    )


def _delete(record):
    try:
        with transaction.atomic():
            return record.delete()[0]
    except (models.ProtectedError, DatabaseError):
        return 0


def rows_written():
    """How many rows this transaction has written so far, but for sessions and their like."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"
            " WHERE relname ~ '^(evidence|suppliers|recalls|auth)_'"
        )
        return cursor.fetchone()[0]
