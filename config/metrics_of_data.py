"""What /metrics tells of the databases: connections, files under way, the age of imports, what waits for staff."""

from django.db import connections
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from config.replica import PRIMARY, REPLICA
from listing.delivery import LOCK
from listing.outages import FAILED, is_outage
from recalls.models import ImportRun
from recalls.to_do import counts_of, tasks

LIMIT = "SELECT set_config('statement_timeout', '5s', false)"
STATE = """
SELECT current_setting('max_connections')::int,
    (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


class DataCollector:
    def collect(self):
        states = {alias: _state(alias) for alias in (PRIMARY, REPLICA) if alias in connections}
        up = _gauge("recalls_database_up", "Whether the database answers.", ["database"])
        figures = (
            _gauge("recalls_database_connections_limit", "Connections that it allows.", ["database"]),
            _gauge("recalls_database_connections", "Connections that it has.", ["database"]),
            _gauge("recalls_exports_running", "Files under way.", ["database"]),
        )
        for alias, state in states.items():
            up.add_metric([alias], float(state is not None))
            for gauge, value in zip(figures, state or (), strict=False):
                gauge.add_metric([alias], value)
        yield from (up, *figures)
        if states[PRIMARY]:
            yield from _of_work()


def _gauge(name, what, labels):
    return GaugeMetricFamily(name, what, labels=labels)


def _state(alias):
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(LIMIT)
            cursor.execute(STATE, [LOCK])
            return cursor.fetchone()
    except FAILED:
        connections[alias].close()
        return None


def _of_work():
    try:
        return [_ages(), _standings(), _waiting()]
    except FAILED as error:
        if not is_outage(error):
            raise
        return []  # too slow, or gone meanwhile


def _ages():
    gauge = _gauge(
        "recalls_import_age_seconds", "Since a regulator's file was last fetched and read.", ["regulator"]
    )
    for run in ImportRun.objects.latest_finished().select_related("regulator"):
        gauge.add_metric([run.regulator.slug], (timezone.now() - run.retrieved_at).total_seconds())
    return gauge


def _standings():
    """One for the state of each regulator's last run, so that a failed one can be told by its label."""
    gauge = _gauge("recalls_import_last_run", "How the last import stands.", ["regulator", "format", "state"])
    last = ImportRun.objects.with_standing().filter(regulator__isnull=False).select_related("regulator")
    for run in last.order_by("regulator_id", "format", "-started_at", "-pk").distinct(
        "regulator_id", "format"
    ):
        gauge.add_metric([run.regulator.slug, run.format, run.standing], 1)
    return gauge


def _waiting():
    gauge = _gauge("recalls_waiting", "What waits for staff.", ["task"])
    every = tasks()
    counts = counts_of(every)
    for task in every:
        gauge.add_metric([task.name], counts.get(task.name, 0))
    return gauge
