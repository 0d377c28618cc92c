from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from listing.naming import name_in_every_language


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = _("Sign-in")

    def ready(self):
        from staff.links import name_links
        from staff.names_of_django_otp import name_django_otp

        name_in_every_language(self)
        name_django_otp()
        name_links()
