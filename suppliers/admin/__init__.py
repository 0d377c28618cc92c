from suppliers.admin import company, product, claims  # isort: skip  # the order of the index

__all__ = ["claims", "company", "product"]
