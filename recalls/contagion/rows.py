"""The rows of the contagion view."""

from django.db.models import F, FilteredRelation, Q, Subquery

from recalls.models import RecalledProduct
from recalls.parts import with_part_exposure, with_part_kind, with_parts
from suppliers.models import CellSource

LINE = "product_model__recalled_products"


def contagion(supplier):
    """One row for each link of a model to the supplier and each published batch that recalls the model.

    A model in no published batch has one row for each link, without a batch. Rows are cell sources, annotated
    with `standing`, the `line_pk`, its `part_kind`, and what they are filtered and counted by. A filter uses these
    names: a path through `line` would join the lines a second time.
    """
    # Drafts are few and have an index of their own: all lines that show would be gathered for every page.
    hidden = Subquery(RecalledProduct.objects.filter(batch__is_published=False).order_by().values("pk"))
    links = CellSource.objects.visible().filter(supplier=supplier).with_standing()
    rows = links.annotate(line=FilteredRelation(LINE, condition=~Q(**{f"{LINE}__pk__in": hidden})))
    rows = rows.annotate(
        line_pk=F("line__pk"),
        batch_pk=F("line__batch"),
        announced_on=F("line__batch__announced_on"),
        region_pk=F("line__batch__region"),
        region_code=F("line__batch__region__code"),
        region_name=F("line__batch__region__name"),
    )
    rows = with_part_kind(rows, "line__")
    return rows.order_by("product_model__model_number", "product_model", "-announced_on", "line_pk", "pk")


def with_details(rows, currency):
    """`contagion` rows as they are shown: with units, exposure, batch and what is named beside them."""
    rows = with_part_exposure(with_parts(rows, "line__"), currency, "line__").annotate(
        batch_slug=F("line__batch__slug"), batch_title=F("line__batch__title")
    )
    return rows.select_related("product_model__company", "supplier", "cell", "answer_by")
