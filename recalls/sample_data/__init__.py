"""The real figures of the 2025 power-bank recalls, and how they get into the database.

Each YAML file is read by the module of the same name. Nothing that stands in the database is changed: a record
that it holds already is left alone with all its parts, since staff may have corrected it.
"""

from django.db import transaction

from evidence.models import Source
from recalls.models import RecallBatch
from recalls.sample_data import batches, companies, incidents, places, sources, supply
from recalls.sample_data.files import at, entries
from recalls.sample_data.loading import Loading
from suppliers.models import Company

FILES = [places, sources, companies, supply, incidents, batches]  # each names records of those before it


@transaction.atomic
def load():
    """Load all of it or, with a SampleDataError that names the entry, nothing. Returns the finished Loading."""
    loading = Loading()
    for file in FILES:
        name = file.__name__.rpartition(".")[2]
        for section, key, values in entries(name, file.SECTIONS):
            with at(f"{name}.yaml, {section}, {key}"):
                file.SECTIONS[section](loading, key, **values)
    return loading


def is_database_in_use():
    return any(model.objects.exists() for model in (RecallBatch, Company, Source))
