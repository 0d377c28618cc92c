"""Finding batches that may be one recall announced by two regulators. Nothing is linked here: staff decide."""

from django.db import connection, transaction

from recalls.models.record import LinkKind
from suppliers.names import NOT_NAMED

MOST_DAYS = 31

# Pairs of a new batch and another regulator's: by a product model, or by the address of a joint notice,
# whichever of the two names the other.
PROPOSE = """
WITH new AS MATERIALIZED (
    SELECT id, regulator_id, announced_on FROM recalls_recallbatch WHERE id = ANY(%(batches)s)
), of_model AS (
    SELECT new.id AS one, other.id AS two, line.product_model_id AS model, false AS is_named
    FROM new
    JOIN recalls_recalledproduct AS line ON line.batch_id = new.id
    JOIN recalls_recalledproduct AS same ON same.product_model_id = line.product_model_id
    JOIN recalls_recallbatch AS other ON other.id = same.batch_id
    WHERE other.regulator_id <> new.regulator_id
        AND other.announced_on BETWEEN new.announced_on - %(days)s AND new.announced_on + %(days)s
), of_notice AS (
    SELECT new.id AS one, cited.batch_id AS two, NULL::bigint AS model, true AS is_named
    FROM new
    JOIN recalls_noticelink AS link ON link.batch_id = new.id AND link.kind = %(joint)s
    JOIN evidence_source AS source ON source.url = link.target AND source.url <> ''
    JOIN recalls_citation AS cited ON cited.source_id = source.id AND cited.stance = 'supports'
    WHERE cited.batch_id IS NOT NULL
    UNION
    SELECT new.id, link.batch_id, NULL, true
    FROM new
    JOIN recalls_citation AS cited ON cited.batch_id = new.id AND cited.stance = 'supports'
    JOIN evidence_source AS source ON source.id = cited.source_id AND source.url <> ''
    JOIN recalls_noticelink AS link ON link.target = source.url AND link.kind = %(joint)s
        AND link.followed_at IS NULL
), pairs AS (
    SELECT least(one, two) AS first, greatest(one, two) AS second, bool_or(is_named) AS is_named,
        coalesce(array_agg(DISTINCT model.model_number ORDER BY model.model_number)
            FILTER (WHERE model.id IS NOT NULL), '{}') AS model_numbers
    FROM (SELECT * FROM of_model UNION ALL SELECT * FROM of_notice) AS found
    LEFT JOIN suppliers_productmodel AS model ON model.id = found.model
    GROUP BY least(one, two), greatest(one, two)
)
INSERT INTO recalls_duplicateproposal AS known (first_id, second_id, model_numbers, days_apart, is_named,
    is_same_company, is_same_region, proposed_at, state, link, moved_batches)
SELECT first.id, second.id, model_numbers, abs(second.announced_on - first.announced_on), is_named,
    first.company_id = second.company_id AND company.name <> %(not_named)s,
    first.region_id = second.region_id, now(), 'proposed', '', '{}'
FROM pairs
JOIN recalls_recallbatch AS first ON first.id = pairs.first
JOIN suppliers_company AS company ON company.id = first.company_id
JOIN recalls_recallbatch AS second ON second.id = pairs.second
WHERE first.regulator_id <> second.regulator_id
    AND first.joint_group_id IS DISTINCT FROM coalesce(second.joint_group_id, 0)
    AND first.counted_in_id IS DISTINCT FROM second.id AND second.counted_in_id IS DISTINCT FROM first.id
ORDER BY first.id, second.id
ON CONFLICT (first_id, second_id) DO UPDATE SET model_numbers = excluded.model_numbers,
    days_apart = excluded.days_apart, is_named = excluded.is_named OR known.is_named,
    is_same_company = excluded.is_same_company, is_same_region = excluded.is_same_region
    WHERE known.state = 'proposed'
RETURNING xmax = 0
"""
# The other notice is found: what is made of it is now up to staff.
FOLLOWED = """
UPDATE recalls_noticelink AS link SET followed_at = now()
FROM evidence_source AS source
JOIN recalls_citation AS cited ON cited.source_id = source.id AND cited.stance = 'supports'
WHERE link.followed_at IS NULL AND link.kind = %(joint)s AND source.url <> '' AND source.url = link.target
    AND cited.batch_id IS NOT NULL AND cited.batch_id <> link.batch_id
    AND (link.batch_id = ANY(%(batches)s) OR cited.batch_id = ANY(%(batches)s))
"""


@transaction.atomic
def propose(batch_ids):
    """Propose the pairs of these batches and any of other regulators that may be one recall; how many are new.

    A pair has a product model in common and was announced within 31 days, or one notice names the other's
    address as its own recall. Pairs that are tied already, or that staff have decided on, are left alone.
    """
    given = {
        "batches": list(batch_ids),
        "days": MOST_DAYS,
        "joint": LinkKind.JOINT.value,
        "not_named": NOT_NAMED,
    }
    with connection.cursor() as cursor:
        cursor.execute(PROPOSE, given)
        new = sum(is_new for (is_new,) in cursor.fetchall())
        cursor.execute(FOLLOWED, given)
    return new
