"""Reads the YAML files; a mistake in them is an error that says where it stands."""

from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import yaml
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DatabaseError

FOLDER = Path(__file__).parent
DATE, FLOAT = "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float"
MISTAKES = (
    TypeError,
    ValueError,
    LookupError,
    FieldDoesNotExist,
    ValidationError,
    DatabaseError,
    yaml.YAMLError,
)


class SampleDataError(Exception):
    """A mistake in the sample data, with the file and the entry it is in."""


@contextmanager
def at(place):
    try:
        yield
    except MISTAKES as error:
        raise SampleDataError(f"{place}: {error}") from error


class Reader(yaml.SafeLoader):
    """YAML in which a date stays the text that was written, a fraction is exact and a key stands once."""

    yaml_implicit_resolvers = {
        first: [resolver for resolver in resolvers if resolver[0] != DATE]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise yaml.MarkedYAMLError(problem=f"twice here: {sorted(twice)}", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


Reader.add_constructor(FLOAT, lambda reader, node: Decimal(node.value))


def entries(name, sections):
    """Each entry of a file: its section, its key (its place from 1, in a list) and its values."""
    with at(f"{name}.yaml"):
        content = read(FOLDER / f"{name}.yaml")
        if content.keys() != sections.keys():
            raise ValueError(f"it has the sections {list(content)}, and these are read: {list(sections)}")
    for section, held in content.items():
        keyed = held.items() if isinstance(held, dict) else enumerate(held, start=1)
        for key, values in keyed:
            yield section, key, values


def read(path):
    with path.open(encoding="utf-8") as stream:
        return Reader(stream).get_single_data()
