"""A list as staff like to see it, under a name."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck
from listing.languages import canonical
from listing.shape import OF_A_FILE, without
from listing.views import list_at

OF_A_VISIT = ("page", "whole", *OF_A_FILE)  # what is no part of a view
NO_LIST = _("This is no address of a list of this site: it reads like /recalls/?region=JP.")


class SavedViewQuerySet(models.QuerySet):
    def of_list(self, path):
        """The views of the list at a path."""
        return self.filter(Q(address=path) | Q(address__startswith=f"{path}?"))

    def shown(self):
        return self.filter(is_shown=True)


class SavedView(models.Model):
    """The address of a list with its filters, order and columns, under a name."""

    name = models.CharField(max_length=80, help_text=_("What the view is called."))
    address = models.CharField(
        max_length=1500,
        help_text=_("The list and its query: /recalls/?region=JP. The page's number is left out."),
    )
    is_shown = models.BooleanField(
        _("shown to everybody"),
        default=False,
        help_text=_("Whether the public list offers the view by its name."),
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="saved_views",
        editable=False,
        help_text=_("Who saved it first; its history knows who changed it."),
    )
    saved_at = models.DateTimeField(auto_now_add=True, help_text=_("When it was saved first."))

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        default_permissions = ("view", "add", "change", "delete", "publish")
        constraints = [
            FieldCheck(
                field="address",
                name="recalls_savedview_address_of_this_site",
                condition=Q(address__regex=r"^/([a-z0-9][a-z0-9_-]*/)+(\?[!-~]*)?$"),
                violation_error_message=NO_LIST,
            ),
            FieldCheck(
                field="name",
                name="recalls_savedview_named",
                condition=Q(name__regex=r"\S"),
                violation_error_message=_("A view needs a name."),
            ),
            models.UniqueConstraint(
                Func(F("address"), Value("?"), Value(1), function="split_part", output_field=TextField()),
                Lower("name"),
                name="recalls_savedview_once_a_list",
                violation_error_message=_("This list has a view of this name already."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.address

    def clean(self):
        self.address = _plain(self.address)
        try:
            errors = list_at(self.address).errors
        except Http404:
            errors = [NO_LIST]
        if errors:
            raise ValidationError({"address": errors})


def _plain(address):
    """In English, without our own host, and without what is no part of a view."""
    path, _, query = address.strip().removeprefix(settings.PUBLIC_URL).partition("#")[0].partition("?")
    path = canonical(path)
    kept = without(QueryDict(query), *OF_A_VISIT).urlencode()
    return f"{path}?{kept}" if kept else path
