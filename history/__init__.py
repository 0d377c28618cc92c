"""The history of every record, written by Postgres itself; imports none of ours.

kept.py       which tables have a history, what in them makes no version, what is never kept
triggers.py   the triggers, put on the tables by every `migrate`
roles.py      what the role that serves may do, and that no other serves
telling.py    who, from where and why, told to Postgres
middleware.py the same for whoever sends a form
versions.py   the versions of a record and its parts
fields.py     values of a version in words
restoring.py  a version put back, as a change of its own
meanwhile.py  what others have saved since a page was opened
parts.py      the parts of a record on its page, and their forms when others saved the same
forms.py      the two fields that every form of the admin has beside its own
admin.py      the pages of the admin
"""
