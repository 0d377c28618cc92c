"""Named queries on companies, models, cells and what is claimed of them."""

from django.db.models import Case, CharField, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from evidence.figures import Grade
from evidence.querysets import NamedQuerySet, PublishableQuerySet
from listing.conditions import Exists
from listing.search import any_of, every_word, part_of
from suppliers.choices import Answer, ClaimKind, Standing
from suppliers.names import NOT_NAMED, companies_by_name

KNOWN = [Grade.OFFICIAL, Grade.COMPANY, Grade.REPORTED]


class MergeableQuerySet(NamedQuerySet):
    def visible(self):
        return super().visible().unmerged()

    def unmerged(self):
        return self.filter(merged_into=None)

    def standing_for(self, slug):
        """The visible record that the one of this short name was merged into; None where there is none."""
        return self.visible().filter(merged_records__slug=slug).first()

    def counts_as_naming(self, relation):
        """A merged record does not make the other show."""
        return relation.field.name != "merged_into" and super().counts_as_naming(relation)


class CompanyQuerySet(MergeableQuerySet):
    def named(self, names):
        """The key of the company for each of these names that is known, as a dict, in one query.

        A name is a company's name, registered name or alias, compared as the database compares names. A merged
        company's is that of the company it was merged into. Of several, a reviewed company goes first, then
        the lowest key.
        """
        return companies_by_name(names)

    def matching(self, text):
        """Companies in which every word is found: name, legal name, or a name in any script."""
        return self.filter(every_word(text, self._has_word))

    def _has_word(self, word):
        aliases = self.model._meta.get_field("aliases").related_model.objects.filter(part_of(word))
        named = self.model._default_manager.filter(part_of(word)).order_by().values("pk")
        return Q(pk__in=named.union(aliases.order_by().values("company"), all=True))

    def firms(self):
        """Companies without the record that stands in where a notice names none."""
        return self.exclude(name=NOT_NAMED)

    def suppliers(self):
        """Companies that make cells: something says that their cells are used, bought or exist."""
        makes_cells = Q(pk__in=[])
        for relation in ("cell_sources", "sales_agreements", "battery_cells"):
            model = self.model._meta.get_field(relation).related_model
            makes_cells |= Exists(model.objects.visible().filter(supplier=OuterRef("pk")))
        return self.filter(makes_cells)

    def unreviewed(self):
        """Companies that an import made and nobody has looked at."""
        return self.filter(is_reviewed=False, merged_into__isnull=True)

    def with_reach(self):
        """`model_count`, `brand_count`, `batch_count`: where cells of each are said to be, as far as visible."""
        links = self.model._meta.get_field("cell_sources").related_model.objects.visible()
        named = links.filter(supplier=OuterRef(OuterRef("pk"))).values("product_model")
        links = _each(links, "supplier")
        models = self.model._meta.get_field("product_models").related_model
        lines = models._meta.get_field("recalled_products").related_model.objects.all()
        shown = lines.is_shown()
        lines = lines.filter(product_model__in=named).order_by().values(one=Value(1))
        return self.annotate(
            model_count=_first(links.annotate(n=Count("product_model", distinct=True)), "n"),
            brand_count=_first(links.annotate(n=Count("product_model__company", distinct=True)), "n"),
            batch_count=_first(lines.annotate(n=Count("batch", distinct=True, filter=shown)), "n"),
        )


class ProductModelQuerySet(MergeableQuerySet):
    def matching(self, text):
        """Models in which every word is found: number, name, brand owner."""
        return self.filter(every_word(text, self._has_word))

    def with_reach(self):
        """`batch_count`: visible batches it is recalled in."""
        lines = self.model._meta.get_field("recalled_products").related_model.objects.all()
        counted = _each(lines, "product_model").annotate(n=Count("batch", filter=lines.is_shown()))
        return self.annotate(batch_count=_first(counted, "n"))

    def _has_word(self, word):
        companies = self.model._meta.get_field("company").related_model.objects.matching(word)
        return part_of(word) | Q(company__in=companies.order_by().values("pk"))

    def numbered(self, word):
        """Models in whose number or name a word is found."""
        return self.filter(part_of(word))


class BatteryCellQuerySet(NamedQuerySet):
    def matching(self, text):
        """Cells in which every word is found: designation, chemistry, supplier."""
        return self.filter(every_word(text, self._has_word))

    def _has_word(self, word):
        suppliers = self.model._meta.get_field("supplier").related_model.objects.matching(word)
        return any_of(word, "designation", "chemistry") | Q(supplier__in=suppliers.order_by().values("pk"))


class ClaimQuerySet(PublishableQuerySet):
    pass


class SaidQuerySet(ClaimQuerySet):
    def answered_causes(self):
        """Visible claims about a cause to which it is stated what was answered."""
        answered = self.visible().filter(kind=ClaimKind.CAUSE).exclude(answer=Answer.NOT_STATED)
        return answered.select_related("answer_by")


class CellSourceQuerySet(ClaimQuerySet):
    def with_standing(self):
        """`standing`: a `Standing`, by the grade."""
        return self.annotate(
            standing=Case(
                When(grade__in=KNOWN, then=Value(Standing.KNOWN)),
                When(grade=Grade.ALLEGED, then=Value(Standing.ALLEGED)),
                default=Value(Standing.INFERRED),
                output_field=CharField(),
            )
        )

    def with_batch_count(self):
        """`batch_count`: visible batches that its product model is recalled in."""
        model = self.model._meta.get_field("product_model").related_model
        lines = model._meta.get_field("recalled_products").related_model.objects.all()
        counted = Count("batch", filter=lines.is_shown())
        lines = lines.filter(product_model=OuterRef("product_model")).order_by().values("product_model")
        return self.annotate(batch_count=_first(lines.annotate(n=counted), "n"))

    def matching(self, text):
        """Cell sources in which every word is found: product model, its brand, supplier, cell."""
        return self.filter(every_word(text, self._has_word))

    def _has_word(self, word):
        fields = self.model._meta.get_field
        models = fields("product_model").related_model.objects.matching(word)
        suppliers = fields("supplier").related_model.objects.matching(word)
        return (
            any_of(word, "cell__designation")
            | Q(product_model__in=models.order_by().values("pk"))
            | Q(supplier__in=suppliers.order_by().values("pk"))
        )


def _each(rows, link):
    """Rows grouped by what they point to, within a query on that."""
    return rows.filter(**{link: OuterRef("pk")}).order_by().values(link)


def _first(rows, count):
    return Coalesce(Subquery(rows.values(count)), 0)
