"""What waits for staff, counted in one query and led to."""

from dataclasses import dataclass
from functools import reduce

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext

from recalls.models import (
    Difference,
    DuplicateProposal,
    ImportedBatch,
    ImportRun,
    Incident,
    NoticeLink,
    RecallBatch,
)
from suppliers.models import CellSource, Certificate, Claim, Company, Ownership, SupplyAgreement

WAITING = {"show": "waiting"}
DRAFTS = {"is_published__exact": 0}
DRAFT_MODELS = [RecallBatch, Incident, CellSource, Ownership, SupplyAgreement, Certificate, Claim]


@dataclass(frozen=True)
class Task:
    """One kind of work: what it is, what waits, who may do it, and the filtered list that it is done from."""

    name: str
    what: str
    rows: QuerySet
    permission: str
    query: dict
    count: int = 0

    @property
    def address(self):
        name = self.rows.model._meta.label_lower.replace(".", "_")
        return reverse(f"admin:{name}_changelist", query=self.query)


def tasks():
    """Every kind of work, most urgent first."""
    change = "recalls.change_recallbatch"
    return [
        Task(
            gettext("Imports that failed or broke off"),
            gettext("and no later one of the same file format went through"),
            ImportRun.objects.waiting(),
            "recalls.add_importrun",
            WAITING,
        ),
        Task(
            gettext("Quantities that were refused"),
            gettext("drafts: read the text and enter the units"),
            ImportedBatch.objects.waiting(),
            change,
            WAITING,
        ),
        Task(
            gettext("Differences from regulators' files"),
            gettext("batches that staff have edited: take either side"),
            Difference.objects.waiting(),
            change,
            WAITING,
        ),
        Task(
            gettext("Possible duplicates"),
            gettext("batches of two regulators that may be one recall"),
            DuplicateProposal.objects.waiting(),
            change,
            WAITING,
        ),
        Task(
            gettext("Notices named and not linked"),
            gettext("the notice is not here, or nobody has linked it"),
            NoticeLink.objects.waiting(),
            change,
            WAITING,
        ),
        Task(
            gettext("Companies not reviewed"),
            gettext("made by an import: check the name, merge what is one company"),
            Company.objects.unreviewed(),
            "suppliers.change_company",
            {"is_reviewed__exact": 0},
        ),
        *map(_drafts, DRAFT_MODELS),
    ]


def _drafts(model):
    permission = f"{model._meta.app_label}.change_{model._meta.model_name}"
    drafts = model.objects.filter(is_published=False)
    name = gettext("Drafts: %(records)s") % {"records": model._meta.verbose_name_plural}
    return Task(name, gettext("to finish and publish"), drafts, permission, DRAFTS)


def tasks_of(user):
    """The tasks that a user may act on, each with its count."""
    own = [task for task in tasks() if user.has_perm(task.permission)]
    counts = counts_of(own)
    return [Task(**{**task.__dict__, "count": counts.get(task.name, 0)}) for task in own]


def counts_of(tasks):
    """How many rows each task has, all in one query."""
    queries = map(_count, tasks)
    counts = reduce(lambda one, two: one.union(two, all=True), queries) if tasks else ()
    return dict(counts)


def _count(task):
    named = task.rows.order_by().annotate(task=Value(task.name)).values("task")
    return named.annotate(n=Count("pk")).values_list("task", "n")
