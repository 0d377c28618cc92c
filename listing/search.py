"""How a search text is read in every list: each of its words must be found, as a part of one of a record's texts.

A table that is searched keeps its texts in one column, `search_text`, as the database folds them: in upper case, with
line breaks between them, which no word holds. Its index knows every three letters in a row, and those characters that
few texts have. The functions search_folded, search_rare and search_pair are the database's (evidence/migrations).
"""

import re

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import BooleanField, F, Func, GeneratedField, Q, TextField, Value
from django.utils.translation import gettext_lazy as _

RUN = re.compile(r"[^\W_]+")
RARE = re.compile(r"[^\x01- &-:a-ik-pr-wyA-IK-PR-WY]")  # as search_rare has it
LIKE = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def every_word(text, condition):
    """A Q that holds where `condition(word)` holds for each word of the text."""
    found = Q()
    for word in text.split():
        found &= condition(word)
    return found


def any_of(word, *paths):
    """A Q that finds a word as a part of any of these texts, in any letter case. Reads every row."""
    found = Q()
    for path in paths:
        found |= Q(**{f"{path}__icontains": word})
    return found


def part_of(word, path="search_text"):
    """A Q that finds a word as a part of the texts kept in a column, by its index: the same rows as `any_of`."""
    longest = max(map(len, RUN.findall(word)), default=0)
    if len(word) == longest == 2 and word.isascii():
        return Q(_Part(F(path), Value(word)), _Pair(F(path), Value(word)))
    if longest < 3 and RARE.search(word):
        return Q(_Part(F(path), Value(word)), _Rare(F(path), Value(word)))
    return Q(_Like(F(path), Value(word.translate(LIKE))))


def among(path, keys):
    """A Q for a column of keys in a list of them `written` as an array: `{1,2,3}`.

    Thousands in one constant: the database knows how many rows it can find by them, and tests a row in one step.
    """
    return Q(_Among(F(path), Value(keys)))


def written(keys):
    """Keys as the database writes an array of them."""
    return f"{{{','.join(map(str, keys))}}}"


def without_hyphens(path):
    """A code as people type it: 25-338 and 25338 are the same."""
    return Func(F(path), Value("-"), Value(""), function="replace", output_field=TextField())


class SearchText(Func):
    """The texts of a row as they are searched, the first after a line break and each before one."""

    template = "search_folded(E'\\n' || %(expressions)s || E'\\n')"
    arg_joiner = " || E'\\n' || "
    output_field = TextField()


def search_text(*texts):
    """The column of a table that is searched."""
    return GeneratedField(
        expression=SearchText(*texts),
        output_field=TextField(),
        db_persist=True,
        help_text=_("What a search looks through."),
    )


def search_index(name):
    """The index of that column."""
    rare = Func(F("search_text"), function="search_rare", output_field=TextField())
    return GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), rare, name=name)


class _Condition(Func):
    """A condition on a column and a value, in the words of `template`."""

    arity = 2
    output_field = BooleanField()

    def as_sql(self, compiler, connection):
        (column, before), (value, after) = map(compiler.compile, self.source_expressions)
        return self.template.format(column, value), (*before, *after)


class _Like(_Condition):
    template = "{} LIKE '%%' || search_folded({}) || '%%'"


class _Part(_Condition):
    """The same where another condition leads through the index: beside it, LIKE would read the whole index."""

    template = "strpos({}, search_folded({})) > 0"


class _Pair(_Condition):
    """Two Latin letters or digits, which are in the index with each third that can follow."""

    template = "{} ~ search_pair({})"


class _Rare(_Condition):
    template = "search_rare({}) @> search_rare(search_folded({}))"


class _Among(_Condition):
    template = "{} = ANY({}::bigint[])"
