"""How fields stand on a page of the admin, on records and their parts alike."""

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models

from evidence.forms import RecordForm
from evidence.refusals import is_id


class RecordMenu(AutocompleteSelect):
    """Looks only ids up: Django's own asks the database for whatever text was sent, and fails."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [text for text in value if is_id(text)], attr)


class RecordsMenu(AutocompleteSelectMultiple):
    """The same for several records."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [text for text in value if is_id(text)], attr)


class FormOptions(BaseModelAdmin):
    """What the forms of records and those of their parts have in common."""

    form = RecordForm
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RecordMenu(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RecordsMenu(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if hasattr(field, "widget") and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False  # one slip beside a menu would delete a company
        return field
