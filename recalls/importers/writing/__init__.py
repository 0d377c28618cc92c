"""Notices into the database: what is new, what a regulator changed, and what waits for staff.

run.py          a run of an import, chunk by chunk, and its account
locks.py        one run of a regulator at a time
incoming.py     records as they came, and as notices
chunk.py        which records of a chunk are new, known, unchanged or refused
new.py          new notices, many at a time
copying.py      rows into a table by COPY
names.py        companies and product models by the names in notices
places.py       regulators and regions
sources.py      the notices as sources
links.py        notices that name each other
known.py        notices that the database knows
fields.py       what a notice says of a batch, field by field
state.py        what the batch says, in the same shape
changes.py      what a notice says otherwise than before
digests.py      whether staff have edited a batch since
update.py       changes into a batch
differences.py  changes that wait for staff
wording.py      values in words
"""
