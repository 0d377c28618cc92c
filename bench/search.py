"""Search in the list against a sequential scan with ILIKE: how long, and whether the same rows are found."""

import time
from dataclasses import dataclass

from django.db import connection

from bench.addresses import address
from bench.database import LARGE, using
from bench.measured import Measured, limited
from bench.pages import median
from recalls.models import RecallBatch

LONG, SHORT = 0.060, 0.150
TERMS = [
    *("A1263", "KC16", "25-338", "anker", "power banks", "fire", "romoss e-bikes", "ower ban", "eater"),
    *("zyzzyva", "A1263 xylophone", "安克创新", "移动电源", "ロモス", "モバイルバッテリー", "存在しない語"),
]
SHORT_TERMS = ["安克", "倍思", "电源", "小米", "灯", "龘靐", "ロモ", "A1", "xq", "e"]
# With the memory that is set, a common word's batches of models would be sought through for every batch, for hours.
SEQUENTIAL = """SET statement_timeout = 0; SET work_mem = '256MB';
    SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off"""
AS_BEFORE = """RESET statement_timeout; RESET work_mem;
    RESET enable_indexscan; RESET enable_bitmapscan; RESET enable_indexonlyscan"""
ROWS = "SELECT id FROM recalls_recallbatch WHERE is_published AND "
# One word; the company and the models are looked up once, and every batch is read.
WORD = """(title ILIKE %(part)s OR slug ILIKE %(part)s OR notice_number ILIKE %(part)s
    OR replace(notice_number, '-', '') ILIKE %(code)s
    OR company_id IN (
        SELECT id FROM suppliers_company WHERE name ILIKE %(part)s OR legal_name ILIKE %(part)s
            OR slug ILIKE %(part)s
        UNION SELECT company_id FROM suppliers_companyalias WHERE name ILIKE %(part)s)
    OR id IN (
        SELECT batch_id FROM recalls_recalledproduct AS line
            JOIN suppliers_productmodel AS model ON model.id = product_model_id
        WHERE model_number ILIKE %(part)s OR model.name ILIKE %(part)s))"""


@dataclass(frozen=True)
class Searched:
    term: str
    seconds: float
    scan_seconds: float
    rows: int
    different: int


def measure() -> list[Measured]:
    with using(LARGE):
        long = [_searched(term) for term in TERMS]
        short = [_searched(term) for term in SHORT_TERMS]
    return [
        *_summary("search, three characters and more", long, LONG),
        *_summary("search, one or two characters", short, SHORT),
    ]


def _searched(term):
    page = median(address(q=term))
    began = time.perf_counter()
    scanned = scan(term)
    seconds = time.perf_counter() - began
    found = set(RecallBatch.objects.visible().matching(term).order_by().values_list("pk", flat=True))
    return Searched(term, page, seconds, len(scanned), len(scanned ^ found))


def scan(text: str) -> set[int]:
    """The keys of the batches in which ILIKE finds every word, without an index."""
    with connection.cursor() as cursor:
        words = [cursor.mogrify(WORD, _patterns(word)).decode() for word in text.split()]
        try:
            cursor.execute(SEQUENTIAL)
            cursor.execute(ROWS + " AND ".join(words))
            return {key for (key,) in cursor.fetchall()}
        finally:
            cursor.execute(AS_BEFORE)


def _patterns(word):
    return {"part": _pattern(word), "code": _pattern(word.replace("-", "") or word)}


def _pattern(word):
    for sign in "\\%_":
        word = word.replace(sign, f"\\{sign}")
    return f"%{word}%"


def _summary(what, terms, limit):
    worst = max(terms, key=lambda term: term.seconds)
    note = "; ".join(f"{t.term} {t.seconds * 1000:.0f} ms ({t.rows:,} rows)" for t in terms)
    yield limited(f"{what}: slowest, {worst.term}", worst.seconds, limit, note)
    yield Measured(what, worst.seconds, "ILIKE, sequential scan", worst.scan_seconds, 1)
    note = ", ".join(f"{t.term}: {t.different:,}" for t in terms if t.different)
    yield limited(f"{what}: rows unlike ILIKE's", sum(t.different for t in terms), 0, note, unit="rows")
