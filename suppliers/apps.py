from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from listing.naming import name_in_every_language


class SuppliersConfig(AppConfig):
    name = "suppliers"
    verbose_name = _("Suppliers")

    def ready(self):
        name_in_every_language(self)
