from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from listing.naming import name_in_every_language


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = _("Sign-in")

    def ready(self):
        name_in_every_language(self)
