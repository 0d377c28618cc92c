"""Regulators' files: how each format is read, and how what is read comes into the database.

A format is one module or package of pure functions that turns its records into notices (`notice.py` says what
that is): `cpsc/`, `health_canada.py`, `safety_gate.py`, all listed in `formats.py`. `quantities/`, `sales/` and
`harm/` read the prose in them; `fetching/` opens a file or address; `files.py` imports one; `writing/` writes.
"""
