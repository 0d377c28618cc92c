"""The columns of the lists of suppliers, cell sources and product models, on the page and in the file."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from listing.columns import (
    UNKNOWN,
    Column,
    CountColumn,
    FileColumn,
    GradeColumn,
    LinkColumn,
    joined,
    public_address,
    source_address,
)
from listing.tables import Table
from listing.words import enumerated, label_of
from suppliers.choices import Standing
from suppliers.columns import CompanyColumn
from suppliers.models import CompanyAlias
from suppliers.wording import SUPPORTING, allegations, publishers


class SupplierTable(Table):
    name = LinkColumn(verbose_name=_("Supplier"))
    aliases = Column(
        expression=lambda: joined(CompanyAlias.objects, "name", "company"), verbose_name=_("Also known as")
    )
    country = Column(verbose_name=_("Country"))
    models = CountColumn(accessor="model_count", verbose_name=_("Models said to use its cells"))
    brands = CountColumn(accessor="brand_count", verbose_name=_("Brands"))
    batches = CountColumn(accessor="batch_count", verbose_name=_("Recall batches with such models"))
    legal_name = FileColumn()
    ticker = FileColumn()
    note = FileColumn()
    slug = FileColumn()
    address = FileColumn(expression=lambda: public_address("suppliers:company_detail"))

    def render_aliases(self, record):
        return enumerated(alias.name for alias in record.aliases.all()) or UNKNOWN


class CellSourceTable(Table):
    model = LinkColumn(
        "product_model", accessor="product_model__model_number", verbose_name=_("Product model")
    )
    name = Column(accessor="product_model__name", verbose_name=_("Name"))
    company = CompanyColumn("product_model__company", verbose_name=_("Brand owner"))
    supplier = CompanyColumn("supplier", verbose_name=_("Cells of"))
    cell = Column(accessor="cell__designation", verbose_name=_("Cell"))
    chemistry = Column(accessor="cell__chemistry", verbose_name=_("Chemistry"))
    basis = Column(verbose_name=_("Basis"))
    grade = GradeColumn(verbose_name=_("Grade"))
    standing = Column(verbose_name=_("Known or alleged"))
    batches = CountColumn(accessor="batch_count", verbose_name=_("Recall batches of the model"))
    said_by = FileColumn(expression=lambda: publishers("cell_source"))
    answer = FileColumn()
    answer_by = FileColumn(accessor="answer_by__name")
    answer_text = FileColumn()
    sources = FileColumn(expression=lambda: joined(SUPPORTING, source_address("source"), "cell_source"))
    alleged_of_supplier = FileColumn(expression=lambda: allegations("supplier"))
    address = FileColumn(
        expression=lambda: public_address("suppliers:productmodel_detail", "product_model__slug")
    )

    def render_standing(self, record):
        """What is merely alleged with who says so, and the answer."""
        if not record.allegation:
            return label_of(Standing, record.standing)
        standing = label_of(Standing, record.standing)
        return format_html("{} <small>{}</small>", standing, record.allegation)


class ProductModelTable(Table):
    model_number = LinkColumn(verbose_name=_("Model"))
    name = Column(verbose_name=_("Name"))
    company = CompanyColumn("company", verbose_name=_("Brand owner"))
    category = Column(accessor="category__name", verbose_name=_("Category"))
    capacity_mah = CountColumn(verbose_name=_("Capacity, mAh"))
    batches = CountColumn(accessor="batch_count", verbose_name=_("Recall batches"))
    suppliers = Column(accessor="supplier_names", verbose_name=_("Cells said to be of"))
    slug = FileColumn()
    address = FileColumn(expression=lambda: public_address("suppliers:productmodel_detail"))
