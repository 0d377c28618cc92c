"""What others have saved since a page was opened: told, with both values, before anything is saved over it."""

import re
from dataclasses import dataclass, field

from django import forms
from django.db import connection
from django.utils.translation import gettext, gettext_noop

from history.models import Operation, Version
from history.versions import history_of, instances_of, rows_of

GONE = "gone"  # stands in the place of a snapshot where the record itself was deleted
SNAPSHOT = re.compile(r"(\d{1,18}):(\d{1,18}):(\d{1,18}(?:,\d{1,18})*)?", re.ASCII)
LONGEST_KEY = 19  # digits
STAYS = gettext_noop(
    "Changed from “%(old)s” to “%(new)s” by %(who)s, meanwhile. Yours stands here: saving again puts it in its place."
)
TAKEN = gettext_noop(
    "Changed from “%(old)s” to “%(new)s” by %(who)s, meanwhile. You had not touched it, so it stands here now."
)
UNSEEN = """
SELECT id FROM history_change
WHERE transaction >= %s AND NOT pg_visible_in_snapshot(transaction::text::xid8, %s::pg_snapshot)
"""


def snapshot():
    """What is committed now, as Postgres writes it; a page carries it as what its reader has seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return cursor.fetchone()[0]


def is_snapshot(text):
    match = SNAPSHOT.fullmatch(text)
    if not match:
        return False
    first, last = int(match[1]), int(match[2])
    running = [int(number) for number in match[3].split(",")] if match[3] else []
    return (
        0 < first <= last and running == sorted(set(running)) and all(first <= one < last for one in running)
    )


def is_key(text):
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_KEY


def is_deleted(model, key):
    """Whether the history knows of a record that is there no more."""
    deleted = Version.objects.filter(table=model._meta.db_table, row_id=key, operation=Operation.DELETE)
    return deleted.exists() and not model._base_manager.filter(pk=key).exists()


def lock(record, parts):
    """Keep the record and its parts from being saved by others until this transaction ends."""
    for model, keys in rows_of(record, parts).items():
        list(
            model._base_manager.select_for_update(no_key=True, of=("self",))
            .filter(pk__in=keys)
            .order_by("pk")
            .values_list("pk")
        )


@dataclass
class RowMeanwhile:
    """A row that others changed: as the reader saw it (None: not there), as it is now, and what they did."""

    base: object
    now: object
    rows: list = field(default_factory=list)

    @property
    def is_gone(self):
        return self.now is None

    def by(self):
        return who(self.rows[0].version.change)

    def values(self):
        """By field name, the values before and after in words."""
        found = {}
        for row in self.rows:  # latest first
            for value in row.values:
                name = value.field.name
                found[name] = (value.old, found[name][1] if name in found else value.new)
        return found


class Meanwhile:
    """The changes of a record and its parts that a reader has not seen."""

    def __init__(self, record, parts, seen):
        unseen = _unseen(seen)
        self.entries = history_of(record, parts, only=lambda row: row.version.change_id in unseen)
        self.own_model, self.own_key = type(record), record.pk
        self.rows = self._by_row() if self.entries else {}

    def __bool__(self):
        return bool(self.entries)

    def _by_row(self):
        rows = {}
        for entry in self.entries:
            for row in sorted(entry.rows, key=lambda row: -row.version.pk):
                rows.setdefault((row.model, row.version.row_id), []).append(row)
        found = {}
        for (model, key), versions in rows.items():
            first, last = versions[-1], versions[0]
            base = first.old and instances_of(model, [first.old])[key]
            now = None if last.version.operation == Operation.DELETE else last.new
            found[model, key] = RowMeanwhile(base, now and instances_of(model, [now])[key], versions)
        return found

    def of(self, model, key):
        return self.rows.get((model, key))

    @property
    def itself(self):
        return self.of(self.own_model, self.own_key)

    def sentence(self):
        said = (f"{who(entry.change)} ({', '.join(_done(entry))})" for entry in self.entries)
        return gettext(
            "While you had this page open it was saved by %(who)s. Nothing of yours is lost, and nothing is saved yet: "
            "both values stand at the fields. Save again to save what stands here now."
        ) % {"who": "; ".join(said)}


def _unseen(seen):
    with connection.cursor() as cursor:
        cursor.execute(UNSEEN, [int(seen.partition(":")[0]), seen])
        return {key for (key,) in cursor.fetchall()}


def _done(entry):
    for row in entry.rows:
        if row.is_itself:
            yield from (str(value.field.verbose_name) for value in row.values)
        else:
            yield f"{row.model._meta.verbose_name} {row.done}"


def who(change):
    has_place = change.origin in ("import", "command") and change.place
    said = gettext("%(name)s by %(place)s at %(time)s") if has_place else gettext("%(name)s at %(time)s")
    time = f"{change.at:%Y-%m-%d %H:%M} UTC"
    return said % {"name": change.name, "place": change.place, "time": time}


def take_over(form, row):
    """Put what others saved where the reader typed nothing; the notes to show at the fields, by name."""
    typed = set(touched(type(form), form.data, form.prefix, row.base))
    notes, before = {}, row.values()
    for name, (old, new) in before.items():
        bound = form.fields.get(name)
        if bound is None:
            continue
        names = {"old": old or gettext("nothing"), "new": new or gettext("nothing"), "who": row.by()}
        if name in typed:
            notes[name] = gettext(STAYS) % names
        else:
            put(form, name, row.now)
            notes[name] = gettext(TAKEN) % names
    return notes


def touched(form_class, data, prefix, base):
    """The fields that differ from what the reader saw."""
    plain = type(form_class)("Plain", (form_class,), {"meanwhile": None})  # it takes nothing over itself
    return plain(data, prefix=prefix, instance=base).changed_data


def put(form, name, record):
    """A record's value in the place of what was sent for a field."""
    sent, key, widget = form.data, form.add_prefix(name), form.fields[name].widget
    value = form.fields[name].prepare_value(
        record.serializable_value(form._meta.model._meta.get_field(name).name)
    )
    if isinstance(widget, forms.CheckboxInput):
        sent.pop(key, None)
        if value:
            sent[key] = "on"
    elif isinstance(value, list):
        sent.setlist(key, [str(one) for one in value])
    else:
        text = widget.format_value(value)
        text = text[0] if isinstance(text, list) and text else text
        sent[key] = "" if text in (None, []) else str(text)
