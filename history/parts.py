"""The parts of a record on its page of the admin, and their forms when others saved the same."""

from django.contrib.admin.options import InlineModelAdmin
from django.forms.formsets import DEFAULT_MAX_NUM, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm
from django.utils.translation import gettext_lazy as _

from history.kept import is_kept
from history.meanwhile import take_over, touched
from history.versions import Part

GONE = _(
    "Deleted by {}, meanwhile. You had changed it, so it would be entered anew: tick “delete” to let it go."
)
MOST = 2 * DEFAULT_MAX_NUM + 1  # rows, whatever their number is said to be: one more than a form set takes


def parts_of(model_admin, request, obj):
    """The `Part`s that are entered on a record's page, its plain many-to-many links included."""
    parts = [
        Part(inline.model, link_of(inline, model_admin.model))
        for inline in model_admin.inlines
        if issubclass(inline, InlineModelAdmin) and getattr(inline, "is_part", True) and is_kept(inline.model)
    ]
    for field in model_admin.opts.many_to_many:
        through = field.remote_field.through
        if through._meta.auto_created and is_kept(through):
            parts.append(Part(through, through._meta.get_field(field.m2m_field_name())))
    return parts


def link_of(inline, parent):
    if inline.fk_name:
        return inline.model._meta.get_field(inline.fk_name)
    return next(field for field in inline.model._meta.fields if field.related_model in parent.__mro__)


def renumbered(data, prefix, model, form, meanwhile):
    """The sent rows without those that are gone: one that was changed here comes last, as a new one.

    Where their numbers can't be read, all stays as it is, for the form set to refuse.
    """
    if (counts := _counts(data, prefix)) is None:
        return data
    rows, stored = _rows(data, prefix, counts), counts[INITIAL_FORM_COUNT]
    kept, revived = [], []
    for number, row in enumerate(rows):
        changed = meanwhile.of(model, _key(row)) if number < stored else None
        if changed is None or not changed.is_gone:
            kept.append((number, row))
        elif changed.base and "DELETE" not in row and touched(form, data, f"{prefix}-{number}", changed.base):
            revived.append({**row, "id": [""], "gone": [changed.by()]})
    still = sum(number < stored for number, __ in kept)
    return _numbered(data, prefix, [row for _, row in kept] + revived, still)


def all_new(data, prefix, inline, parent):
    """The sent rows as rows of a new record; what was ticked to be deleted goes."""
    if (counts := _counts(data, prefix)) is None:
        return data
    anew = {"id": [""], link_of(inline, parent).name: [""]}
    rows = [{**row, **anew} for row in _rows(data, prefix, counts) if "DELETE" not in row]
    return _numbered(data, prefix, rows, 0)


def _counts(data, prefix):
    """How many rows are sent and how many of them stand; None where that can't be read."""
    counts = ManagementForm(data, prefix=prefix)
    return counts.cleaned_data if counts.is_valid() else None


def _rows(data, prefix, counts):
    total = min(counts[TOTAL_FORM_COUNT], MOST)
    rows = [{} for __ in range(total)]
    for name in data:
        number, __, field = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and number.isdecimal() and int(number) < total:
            rows[int(number)][field] = data.getlist(name)
    return rows


def _key(row):
    text = row.get("id", [""])[0]
    return int(text) if text.isdecimal() else None


def _numbered(data, prefix, rows, stored):
    for name in [name for name in data if name.startswith(f"{prefix}-")]:
        if name.removeprefix(f"{prefix}-").partition("-")[0].isdecimal():
            del data[name]
    for number, row in enumerate(rows):
        for field, values in row.items():
            data.setlist(f"{prefix}-{number}-{field}", values)
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), str(stored)
    return data


def note_parts(formsets, meanwhile):
    """Leave at each form of a part what others did to it."""
    for formset in formsets:
        for form in formset.forms:
            row = meanwhile.of(formset.model, form.instance.pk)
            if row and not row.is_gone and row.base:
                form.notes = take_over(form, row)
            elif by := form.data.get(form.add_prefix("gone")):
                form.notes = {None: GONE.format(by)}
