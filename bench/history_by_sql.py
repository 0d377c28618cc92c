"""What the history costs plain SQL and the admin: each statement with its triggers, and without them."""

from statistics import median

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.history import TWICE, switch
from bench.imports import timed
from bench.measured import Measured
from bench.notices import notices
from recalls.importers.cpsc import api
from recalls.importers.writing.run import import_records
from recalls.models import RecallBatch

ROWS, TIMES, SAVES = 10_000, 3, 5
COPY_OF = "recalls_recallbatch"


def by_sql() -> list[Measured]:
    """Ten thousand batches inserted, updated, deleted by one statement each, and a batch saved in the admin."""
    import_records(notices(ROWS), api, publish=True)
    _run("ANALYZE")
    seconds = {False: _empty(), True: _empty()}
    for _ in range(TIMES):  # in turn, so that both meet the same machine
        for is_on in seconds:
            switch(is_on)
            for what, statement in _statements().items():
                seconds[is_on][what].append(timed(lambda statement=statement: _run(statement))[0])
            seconds[is_on]["a batch saved in the admin"].append(_saved())
    return [
        Measured(f"{what}, with history", median(seconds[True][what]), "without", median(off), TWICE)
        for what, off in seconds[False].items()
    ]


def _empty():
    return {name: [] for name in (*_statements(), "a batch saved in the admin")}


def _statements():
    fields = [f for f in RecallBatch._meta.concrete_fields if not f.generated and not f.primary_key]
    into = ", ".join(f'"{field.column}"' for field in fields)
    other = {"slug": "'copy-' || slug", "is_published": "false", "notice_number": "'c' || notice_number"}
    values = ", ".join(other.get(field.column, f'"{field.column}"') for field in fields)
    chosen = "slug NOT LIKE 'copy-%' ORDER BY id"
    copies = f"FROM {COPY_OF} WHERE slug LIKE 'copy-%'"
    return {
        f"INSERT of {ROWS:,} batches": f"INSERT INTO {COPY_OF} ({into}) SELECT {values} FROM {COPY_OF} "
        f"WHERE {chosen} LIMIT {ROWS}",
        f"UPDATE of {ROWS:,} batches": f"UPDATE {COPY_OF} SET note = note || '.' WHERE slug LIKE 'copy-%'",
        f"DELETE of {ROWS:,} batches": f"DELETE {copies}",
    }


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _saved():
    """The seconds of one save, of several."""
    user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("bench")
    client = Client()
    client.force_login(user)
    keys = list(RecallBatch.objects.order_by("pk").values_list("pk", flat=True)[:SAVES])
    return median(timed(lambda key=key: _save(client, key))[0] for key in keys)


def _save(client, key):
    page = reverse("admin:recalls_recallbatch_change", args=[key])
    context = client.get(page).context_data
    sent = _typed(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        for form in (inline.formset.management_form, *inline.formset.forms):
            sent |= _typed(form)
    sent |= {"note": sent["note"] + ".", "reason": "Measured."}
    answer = client.post(page, sent)
    if answer.status_code != 302:
        raise SystemExit(f"The batch {key} was not saved: {answer.context_data['errors']}")


def _typed(form):
    """What a browser sends of a form in which nothing is changed."""
    sent = {}
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        widgets = getattr(widget, "widgets_names", None)
        values = widget.decompress(value) if widgets and not isinstance(value, list) else value
        named = (
            [(bound.html_name + name, part) for name, part in zip(widgets, values, strict=True)]
            if widgets
            else [(bound.html_name, value)]
        )
        sent |= {
            name: "on" if part is True else part
            for name, part in named
            if part is not None and part is not False
        }
    return sent
