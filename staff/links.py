"""The rows by which Django links two records, named where a deletion lists them."""

from django.apps import apps


def name_links():
    """By the two that they link: Django calls each “object (1)”."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.auto_created:
            model.__str__ = _both_ends


def _both_ends(link):
    """Texts in the order of the columns, such as “Material change – A1681”."""
    return " – ".join(str(getattr(link, field.name)) for field in link._meta.fields if field.is_relation)
