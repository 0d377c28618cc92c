"""What was merged into what, and every row that it moved, so that it can be undone."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.constraints import one_of
from suppliers.models.company import Company
from suppliers.models.product import ProductModel

KINDS = ("company", "model")


def _one_kind():
    """Both ends are companies or both are product models."""
    condition = Q()
    for this, other in (KINDS, KINDS[::-1]):
        ends = {f"kept_{this}__isnull": False, f"merged_{this}__isnull": False}
        condition |= Q(**ends, **{f"kept_{other}__isnull": True, f"merged_{other}__isnull": True})
    return condition


def _end(model, help_text):
    return models.ForeignKey(
        model, models.PROTECT, null=True, blank=True, related_name="+", help_text=help_text
    )


def _staff(help_text):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=help_text,
    )


class MergeQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(undone_at=None)


class Merge(models.Model):
    """Two companies, or two product models, that turned out to be one."""

    kept_company = _end(Company, _("The company that stands for both."))
    merged_company = _end(Company, _("The company that was merged into it."))
    kept_model = _end(ProductModel, _("The product model that stands for both."))
    merged_model = _end(ProductModel, _("The product model that was merged into it."))
    part_of = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="parts",
        help_text=_("The merge of two companies that merged these models of the same number."),
    )
    merged_at = models.DateTimeField(auto_now_add=True, help_text=_("When it was done."))
    merged_by = _staff(_("Who did it."))
    undone_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it was undone; empty otherwise.")
    )
    undone_by = _staff(_("Who undid it."))

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at", "-pk"]
        default_permissions = ("view", "delete")
        constraints = [
            models.CheckConstraint(
                name="suppliers_merge_of_one_kind",
                condition=_one_kind(),
                violation_error_message=_(
                    "Two companies or two product models are merged, never one with the other."
                ),
            ),
            *(
                models.CheckConstraint(
                    name=f"suppliers_merge_of_two_{kind}",
                    condition=Q(**{f"kept_{kind}__isnull": True})
                    | ~Q(**{f"kept_{kind}": F(f"merged_{kind}")}),
                    violation_error_message=_("A record is not merged into itself."),
                )
                for kind in KINDS
            ),
            *(
                models.UniqueConstraint(
                    fields=[f"merged_{kind}"],
                    condition=Q(undone_at=None),
                    name=f"suppliers_merge_of_{kind}_once",
                    violation_error_message=_("It is merged already."),
                )
                for kind in KINDS
            ),
        ]

    def __str__(self):
        return gettext("%(merged)s into %(kept)s") % {"merged": self.merged, "kept": self.kept}

    @property
    def kept(self):
        return self.kept_company or self.kept_model

    @property
    def merged(self):
        return self.merged_company or self.merged_model


class Move(models.TextChoices):
    MOVED = "moved", _("moved")
    SET_ASIDE = "set aside", _("set aside")
    ADDED = "added", _("added")


class MovedRow(models.Model):
    """A row that a merge moved to the record it kept, set aside because that had the same, or added to it."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moved_rows")
    move = models.CharField(
        max_length=10, choices=Move, default=Move.MOVED, help_text=_("What became of it.")
    )
    table = models.CharField(max_length=63, help_text=_("The table it is a row of."))
    column = models.CharField(max_length=63, help_text=_("The column that named the merged record."))
    row_pk = models.BigIntegerField(help_text=_("The row's key."))
    twin_pk = models.BigIntegerField(
        null=True, help_text=_("The key of the same row that was there already.")
    )
    row = models.JSONField(null=True, help_text=_("The whole row that was set aside, to be put back."))

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            one_of("suppliers_movedrow_move_listed", "move", Move),
            models.CheckConstraint(
                name="suppliers_movedrow_set_aside_whole",
                condition=Q(move=Move.SET_ASIDE, row__isnull=False, twin_pk__isnull=False)
                | Q(~Q(move=Move.SET_ASIDE), row__isnull=True, twin_pk__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["table", "row_pk"], name="suppliers_movedrow_of_row")]

    def __str__(self):
        return f"{self.table} {self.row_pk}"

    @cached_property
    def model(self):
        return model_of(self.table)


def model_of(table):
    return next(m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table)
