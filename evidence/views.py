"""The page of a source, and what the page of any record has in common."""

from django.http import QueryDict
from django.views.generic import DetailView

from evidence.bibliography import Bibliography
from evidence.grade_switch import GradesAsked, GradesForm
from evidence.models import Source
from evidence.uses import GradedUse, uses_of
from listing import citing
from listing.files import FORMS, form_of
from listing.languages import language_of_form
from listing.shape import without
from listing.views import CITE

OF_FIGURES = ("grade", "currency")  # what changes the figures of a single record
OF_FORM = ("export", "bom", "rows")


class RecordDetailView(DetailView):
    """A record's page: for everybody only what is visible, by its slug in any letter case.

    A draft and an unknown slug take the same path, so that neither the answer nor its time tells them apart.
    `figures_asked` are the parameters, read by `form_class`, that change the figures of its page and of its JSON.
    """

    list_class = None  # that has its columns
    form_class = GradesForm
    figures_asked = ("grade",)
    dated_by = ""  # the parameter that asks for the page as of a day
    asked_day = None

    def setup(self, request, *args, slug, **kwargs):
        super().setup(request, *args, slug=slug.lower(), **kwargs)
        self.form = self.form_class(request.GET)
        self.grades = self.form.grades

    def known(self, records):
        """Those that count for the page."""
        return records

    def published(self, citations):
        """Those that count for the page."""
        return citations

    def get_queryset(self):
        return super().get_queryset().visible()

    def dispatch(self, request, *args, **kwargs):
        with language_of_form(request):
            return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if request.GET.get("part") != CITE and request.GET.get("export") not in FORMS:
            return super().get(request, *args, **kwargs)
        self.object = self.get_object()
        return form_of(request, self.records(), self.view)

    def records(self):
        """The list of this record alone, with the figures that its page shows."""
        return self.columns().only(self.object)

    def blank_columns(self):
        """The list as such, without a request, for who wants to know its columns."""
        return self.list_class(QueryDict())

    def columns(self):
        """The list that has the columns of this record, with the figures that its page shows."""
        return self.list_class(_kept(self.request.GET, self.list_class))

    def view(self):
        """What this page shows, to be cited."""
        others = (name for name in self.request.GET if name not in OF_FIGURES)
        asked = without(self.request.GET, *others)
        if self.dated_by:
            asked[self.dated_by] = (self.asked_day or citing.today()).isoformat()
        return citing.View(str(self.object), self.object._meta.verbose_name, self.request.path, asked)

    def get_context_data(self, **kwargs):
        return super().get_context_data(bibliography=Bibliography(), **kwargs)


def _kept(params, list_class):
    """The parameters of a record's page that its list reads."""
    has_figures = "currency" in list_class.filterset_class.base_filters
    kept = {*OF_FORM, *(OF_FIGURES if has_figures else ())}
    return without(params, *(name for name in params if name not in kept))


class SourceDetailView(GradesAsked, RecordDetailView):
    model = Source

    def get_context_data(self, **kwargs):
        source = self.object
        return super().get_context_data(
            references=_between_visible(source.references.select_related("to"), "to"),
            referenced_by=_between_visible(source.referenced_by.select_related("by"), "by"),
            uses=self.grades.shown(uses_of(source), GradedUse),
            **kwargs,
        )


def _between_visible(references, end):
    """References whose other end is visible; most sources have none, and then nothing more is asked."""
    others = [getattr(reference, end).pk for reference in references]
    visible = (
        set(Source.objects.visible().filter(pk__in=others).values_list("pk", flat=True)) if others else ()
    )
    return [reference for reference in references if getattr(reference, end).pk in visible]
