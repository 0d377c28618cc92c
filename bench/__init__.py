"""What is meant to be fast, measured against a yardstick in the same run: `make bench`.

__main__.py   the command: a database of its own, the measurements, one table
database.py   that database, made anew and dropped
notices.py    notices in the shape of CPSC's API, as many as wanted
imports.py    the import against a COPY of the same rows
history.py    writing with the history and without it
measured.py   a measurement and how it is shown
"""
