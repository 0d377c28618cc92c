"""Indexes of links that most rows do not have."""

from django.db import models

LONGEST_NAME = 30  # of an index, for Django


def link_indexes(prefix, names):
    """An index for each nullable foreign key, of the rows that have one: the others cost nothing to write."""
    return [
        models.Index(
            fields=[name],
            condition=models.Q(**{f"{name}__isnull": False}),
            name=f"{prefix}_{name}"[:LONGEST_NAME],
        )
        for name in names
    ]
