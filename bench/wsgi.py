"""The project for a server that the benchmark starts, on the database that BENCH_DATABASE names."""

from bench.database import configure

configure()

from config.wsgi import application  # noqa: E402

__all__ = ["application"]
