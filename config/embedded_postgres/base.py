"""Where Django looks for a backend: its own Postgres backend, on our server."""

from django.db import OperationalError
from django.db.backends.postgresql import base

from . import ServerError, server


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes FOLDER, where the data live, and THROW_AWAY instead of HOST, PORT and PASSWORD.

    USER may name another role than the one that made the data, which is the system account's.
    """

    def get_connection_params(self) -> dict:
        try:
            address = server.join(self.settings_dict["FOLDER"], self.settings_dict.get("THROW_AWAY", False))
        except ServerError as error:
            raise OperationalError(str(error)) from error
        role = {"user": self.settings_dict["USER"]} if self.settings_dict.get("USER") else {}
        return super().get_connection_params() | address | role
