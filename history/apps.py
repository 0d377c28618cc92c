from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    name = "history"

    def ready(self):
        from history import roles, telling, triggers

        connection_created.connect(telling.tell_new_connection)
        # New tables and columns come in line with every migrate, so that no migration can forget them.
        post_migrate.connect(triggers.keep_triggers, sender=self)
        post_migrate.connect(roles.keep_role, sender=self)
