"""What models and their columns are called where nobody named them: Django's own words, marked for translation.

Given in the models themselves, each name would be a migration that changes no table. Each app lists the words in its
`names_of_fields`, for the files of translations.
"""

from django.utils.functional import lazy
from django.utils.translation import pgettext_lazy

CONTEXT = "model or column"


def name_in_every_language(app_config):
    """To be called when all models are there."""
    for model in app_config.get_models(include_auto_created=True):
        options = model._meta
        for name in ("verbose_name", "verbose_name_plural"):
            if options.auto_created:
                setattr(options, name, lazy(_ends_of, str)(options))
            elif name not in options.original_attrs:
                setattr(options, name, pgettext_lazy(CONTEXT, str(getattr(options, name))))
        for field in options.get_fields():
            if not field.auto_created and getattr(field, "_verbose_name", "") is None:
                field.verbose_name = pgettext_lazy(CONTEXT, str(field.verbose_name))


def _ends_of(options):
    """A table between two models by their names: “root cause – product model”."""
    return " – ".join(
        str(field.related_model._meta.verbose_name) for field in options.fields if field.is_relation
    )
