"""What the party that a statement names answered to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, one_of
from suppliers.choices import Answer
from suppliers.models.company import Company


class Answered(models.Model):
    """Something said of a company, with what was answered to it and by whom."""

    answer = models.CharField(
        max_length=12,
        choices=Answer,
        default=Answer.NOT_STATED,
        help_text=_("What the party named answered."),
    )
    answer_by = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_answers",
        help_text=_("Who answered."),
    )
    answer_text = models.TextField(blank=True, help_text=_("The answer in the source's words."))

    class Meta:
        abstract = True
        constraints = [
            one_of("suppliers_%(class)s_answer_listed", "answer", Answer),
            FieldCheck(
                field="answer_by",
                name="suppliers_%(class)s_answer_has_author",
                condition=Q(answer__in=[Answer.NOT_STATED, Answer.NOT_ASKED]) | Q(answer_by__isnull=False),
                violation_error_message=_("Name the company that answered."),
            ),
        ]
