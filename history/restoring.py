"""Putting a version of a record and its parts back: an ordinary change, with a reason, that is in the history too."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from history.fields import columns_of
from history.kept import derived_columns, secret_columns
from history.meanwhile import lock
from history.telling import telling
from history.versions import images_at, images_of, instances_of

STAYS = ("is_published",)  # whether the public sees it is decided by itself


class NotRestoredError(Exception):
    """Why a version can't be put back: `sentences` for the person who tried."""

    def __init__(self, sentences):
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def restore(record, parts, version, why, check=lambda: None):
    """Put the record and its parts back to how they stood after a version (a number).

    `check` lets deferred rules speak before it is too late; what is raised undoes all of it.
    """
    with telling(why=why), transaction.atomic():
        lock(record, parts)
        images = images_at(record, parts, version)
        own = type(record)
        if images[own].get(record.pk) is None:
            raise NotRestoredError([gettext("At that time there was no such record.")])
        present = {model: images_of(model, rows) for model, rows in images.items()}
        _delete(images, present)
        for model in sorted(images, key=lambda model: model is not own):
            _write(model, images[model], present[model])
        check()


def _delete(images, present):
    for model, rows in images.items():
        gone = [key for key, image in rows.items() if image is None and key in present[model]]
        model._base_manager.filter(pk__in=gone).delete()


def _write(model, rows, present):
    stays = {*STAYS, *secret_columns(model)}
    merged = {}
    for key, image in rows.items():
        here = present.get(key)
        if image is not None and image != here:
            kept = {
                column: value
                for column, value in (here or {}).items()
                if column in stays or column not in image
            }
            merged[key] = {**image, **kept} if here else image
    for key, instance in instances_of(model, list(merged.values())).items():
        _save(model, instance, merged[key], is_new=key not in present)


def _save(model, instance, image, is_new):
    fields = [
        field
        for column, field in columns_of(model).items()
        if not (field.generated or field.primary_key or column in derived_columns(model))
    ]
    for field in fields:
        if field.column not in image:
            setattr(instance, field.attname, field.get_default())
    instance._state.adding = is_new
    unset = {*derived_columns(model), *secret_columns(model)}
    try:
        instance.full_clean(
            exclude={field.name for column, field in columns_of(model).items() if column in unset}
        )
    except ValidationError as error:
        raise NotRestoredError(
            [f"{_label(model, name)}{' '.join(said)}" for name, said in _by_field(error)]
        ) from error
    if is_new:
        instance.save(force_insert=True)
    else:
        instance.save(force_update=True, update_fields=[field.name for field in fields])


def _by_field(error):
    return error.message_dict.items()


def _label(model, name):
    known = {field.name: field.verbose_name for field in model._meta.fields}
    return f"{model._meta.verbose_name}, {known[name]}: ".capitalize() if name in known else ""
