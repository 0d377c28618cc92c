from suppliers.models.citation import Citation
from suppliers.models.claims import CellSource, Certificate, Claim, Ownership, SupplyAgreement
from suppliers.models.company import Company, CompanyAlias
from suppliers.models.merge import Merge, MovedRow
from suppliers.models.product import BatteryCell, ProductCategory, ProductModel

__all__ = [
    "BatteryCell",
    "CellSource",
    "Certificate",
    "Citation",
    "Claim",
    "Company",
    "CompanyAlias",
    "Merge",
    "MovedRow",
    "Ownership",
    "ProductCategory",
    "ProductModel",
    "SupplyAgreement",
]
