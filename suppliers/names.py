"""When two names are the same: decided by the database alone, exactly, never by likeness."""

from django.db import connection
from django.db.models import Func, GeneratedField, TextField
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

NOT_NAMED = gettext_noop("Not named in the notice")  # of the record that stands in for a company

# Each name once; a name that several companies go by is the reviewed one's, then that of the lowest number.
BY_NAME = """
WITH asked AS MATERIALIZED (
    SELECT name AS text, suppliers_name_key(name) AS key FROM unnest(%s::text[]) AS name
),
found AS (
    SELECT text, id, merged_into_id FROM asked JOIN suppliers_company ON name_key = key
    UNION ALL
    SELECT text, id, merged_into_id FROM asked JOIN suppliers_company ON legal_name_key = key
    UNION ALL
    SELECT text, company.id, merged_into_id
    FROM asked JOIN suppliers_companyalias AS alias ON alias.name_key = key
        JOIN suppliers_company AS company ON company.id = alias.company_id
)
SELECT DISTINCT ON (text) text, company.id
FROM found JOIN suppliers_company AS company ON company.id = coalesce(found.merged_into_id, found.id)
ORDER BY text, company.is_reviewed DESC, company.id
"""


def name_shown(name):
    """A company's name as a reader sees it: its own, or in the reader's language that the notice names none."""
    return gettext(name) if name == NOT_NAMED else name


def key_of(field):
    """A column that holds what makes the name in another column the same as others; NULL of an empty one."""
    return GeneratedField(
        expression=Func(field, function="suppliers_name_key"),
        output_field=TextField(null=True),
        db_persist=True,
        help_text=_("The name as it is compared with others."),
    )


def companies_by_name(names):
    with connection.cursor() as cursor:
        cursor.execute(BY_NAME, [sorted(set(names))])
        return dict(cursor.fetchall())
