"""One run of the load: what it has met, and how an entry becomes a record without touching one that stands."""

from collections import Counter


class Loading:
    """Counts the records created and left alone, by the plural name of their kind."""

    def __init__(self):
        self.created, self.left_alone = Counter(), Counter()
        self._records = {}
        self._new = set()

    def add(self, model, key, values, once):
        """Save a record that others of the files name by `key`; return it only if it is new.

        `once` lists sets of fields that tell one record from another. Where the database holds a record with
        the same values in any of them, that record is left alone, and its parts must not be added either.
        """
        record = self.build(model, values)
        held = self._held(record, once)
        self._records[model, key] = held or record
        (self.left_alone if held else self.created)[model._meta.verbose_name_plural] += 1
        if held:
            return None
        record.save()
        self._new.add(record)
        return record

    def add_part(self, parts, values):
        """Save a part of a record, given as the manager of its parts: `batch.products`."""
        part = self.build(parts.model, {parts.field.name: parts.instance, **values})
        part.save()
        return part

    def cite(self, record, sources, figure=""):
        """Cite sources, each its key or a mapping of `source` and the other fields of a citation."""
        for entry in sources:
            values = {"source": entry} if isinstance(entry, str) else entry
            self.add_part(record.citations, {"figure": figure, **values})

    def find(self, model, key):
        if (model, key) not in self._records:
            raise LookupError(f"no {model._meta.verbose_name} {key!r} stands before this")
        return self._records[model, key]

    def build(self, model, values):
        """An unsaved, checked record; text for a foreign key is the key of a record met before."""
        record = model(**{name: self._value(model, name, value) for name, value in values.items()})
        record.clean_fields(exclude=[field.name for field in model._meta.fields if field.is_relation])
        return record

    def _value(self, model, name, value):
        field = model._meta.get_field(name)
        return (
            self.find(field.related_model, value) if field.is_relation and isinstance(value, str) else value
        )

    def _held(self, record, once):
        for fields in once:
            values = {name: getattr(record, name) for name in fields}
            if not any(value in ("", None) for value in values.values()):
                held = type(record).objects.filter(**values).first()
                if held in self._new:
                    raise ValueError(
                        f"{held} stands in the sample data already, by its {' and '.join(fields)}"
                    )
                if held:
                    return getattr(held, "standing", held)
        return None
