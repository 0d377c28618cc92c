"""Companies with their names in each script, product categories and product models."""

from suppliers.models import Company, ProductCategory, ProductModel


def add_company(loading, slug, aliases=(), **values):
    company = loading.add(Company, slug, {"slug": slug, **values}, [["slug"], ["name"]])
    if company:
        for alias in aliases:
            loading.add_part(company.aliases, alias)


def add_category(loading, slug, **values):
    loading.add(ProductCategory, slug, {"slug": slug, **values}, [["slug"], ["name"]])


def add_product(loading, slug, **values):
    loading.add(ProductModel, slug, {"slug": slug, **values}, [["slug"], ["company", "model_number"]])


SECTIONS = {"companies": add_company, "categories": add_category, "products": add_product}
