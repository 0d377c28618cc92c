from suppliers.admin import company, product, claims, merge  # isort: skip  # the order of the index

__all__ = ["claims", "company", "merge", "product"]
