"""What is meant to be fast, measured against a yardstick in the same run: `make bench`.

__main__.py   the command: which parts are measured, one table in the end
holdings.py   the two databases, with all the rows and with 10,000
dataset/      what they hold: realistic batches, the same in every run
database.py   making, choosing and dropping a database
measured.py   a measurement and how it is shown
pages.py      pages asked of the project in this process
serving.py    a real server for what needs HTTP
psql.py       psql, the yardstick of files
rivals.py     the admin's list and a template by hand, the yardsticks of the list
addresses.py  which pages are measured
export.py     the file of all rows
lists.py      pages of fifty rows: sorted, filtered, far
totals.py     the totals line
search.py     search in the list
facets.py     facets, grouped tables, the start page
load.py       sixteen clients at once
painting.py   when the largest thing of a page is painted in Chromium
explaining.py the plans of the slowest statements
imports.py    the import against a COPY of the same rows, with the notices of notices.py
history.py    writing with the history and without it
history_by_sql.py  the same by plain SQL, and a batch saved in the admin
"""
