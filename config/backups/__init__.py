"""One file that holds the whole database, and the way back: `make backup`, `make restore FILE=…`."""


class BackupError(Exception):
    """Why there is no backup or no restoring, in a sentence for the person at the terminal."""
