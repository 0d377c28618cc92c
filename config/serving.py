"""How gunicorn serves (`make serve`): its settings, of which PORT, BIND, WEB_CONCURRENCY and THREADS may differ.

It writes no log of requests itself: each has its line from config/requests.py.

Threads, as a file takes one for as long as its client reads; there must be more of them than EXPORTS_AT_ONCE, and
each may hold one connection to each database.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from threading import Thread

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from config.logs import settings_of_logs

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(os.cpu_count() or 1, 4) + 1)
threads = int(os.environ.get("THREADS") or 8)
timeout = 60  # of a process that does nothing any more; a long request does not count
graceful_timeout = 30  # for requests under way when it is told to stop
keepalive = 5
control_socket_disable = True  # nothing here is steered from outside
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
logconfig_dict = settings_of_logs(as_json=True)

if os.environ.get("METRICS_TOKEN"):  # where the processes count; before any of them begins
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="recalls-metrics-")


def post_worker_init(worker):
    Thread(target=_get_ready, daemon=True).start()


def _get_ready():
    """Read every address and start drawing, before a visitor waits for it."""
    from django.urls import reverse

    from recalls.charts.drawing import warm_up

    reverse("home")
    warm_up()


def on_exit(server):
    shutil.rmtree(os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""), ignore_errors=True)
