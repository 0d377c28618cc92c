from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from listing.naming import name_in_every_language
from recalls.groups import keep_groups

APPS_OF_RECORDS = ("evidence", "suppliers", "recalls")


class RecallsConfig(AppConfig):
    name = "recalls"
    verbose_name = _("Recalls")

    def ready(self):
        name_in_every_language(self)
        # Permissions exist only after migrating, and again after a flush, so no migration can grant them.
        for label in APPS_OF_RECORDS:
            post_migrate.connect(keep_groups, sender=apps.get_app_config(label))
