"""The page of a source, and what the page of any record has in common."""

from django.views.generic import DetailView

from evidence.bibliography import Bibliography
from evidence.models import Source
from evidence.uses import uses_of


class RecordDetailView(DetailView):
    """A record's page: for everybody only what is visible, by its slug in any letter case.

    A draft and an unknown slug take the same path, so that neither the answer nor its time tells them apart.
    """

    def setup(self, request, *args, slug, **kwargs):
        super().setup(request, *args, slug=slug.lower(), **kwargs)

    def get_queryset(self):
        return super().get_queryset().visible()

    def get_context_data(self, **kwargs):
        return super().get_context_data(bibliography=Bibliography(), **kwargs)


class SourceDetailView(RecordDetailView):
    model = Source

    def get_context_data(self, **kwargs):
        source = self.object
        return super().get_context_data(
            references=_between_visible(source.references.select_related("to"), "to"),
            referenced_by=_between_visible(source.referenced_by.select_related("by"), "by"),
            uses=uses_of(source),
            **kwargs,
        )


def _between_visible(references, end):
    """References whose other end is visible; most sources have none, and then nothing more is asked."""
    others = [getattr(reference, end).pk for reference in references]
    visible = (
        set(Source.objects.visible().filter(pk__in=others).values_list("pk", flat=True)) if others else ()
    )
    return [reference for reference in references if getattr(reference, end).pk in visible]
