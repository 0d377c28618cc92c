"""Which sets of batches make a press figure: the search, on plain numbers."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from time import monotonic

from recalls.headlines import Headline, Span, smallest

MOST = 20
SECONDS = 2.0
SHOWN = 10
TOLERANCE = Decimal(1)  # percent


@dataclass(frozen=True)
class Part:
    """A batch's figure as published: `high` is None for “at least”, `low` for “at most”, both where none is stated.

    `counted_in` is the key of the batch that includes it; `is_approximate` and `batch` are for the page alone.
    """

    key: object
    low: int | Decimal | None
    high: int | Decimal | None
    counted_in: object = None
    is_approximate: bool = False
    batch: object = None


@dataclass(frozen=True)
class PartSet:
    """A set of batches and its sum; `low_gap` and `high_gap` say how far its ends lie above the headline's."""

    parts: tuple[Part, ...]
    low: Decimal
    high: Decimal | None
    low_gap: Decimal
    high_gap: Decimal


@dataclass(frozen=True)
class Reconciliation:
    """The answer: `exact` and `near` sets, fewest batches first, and how many there are of each beyond those shown.

    `below` and `above`, where no set makes it: the nearest ones that lie so at both ends. `smaller`: batches left
    out since only the largest are tried. `unusable`: those whose figure can't be in a set. `stopped`: time ran out.
    """

    headline: Headline
    tolerance: Decimal
    exact: tuple[PartSet, ...]
    near: tuple[PartSet, ...]
    exact_count: int
    near_count: int
    below: PartSet | None
    above: PartSet | None
    tried: tuple[Part, ...]
    smaller: tuple[Part, ...]
    unusable: tuple[Part, ...]
    stopped: bool


def reconcile(parts, headline, tolerance=TOLERANCE, seconds=SECONDS, most=MOST, clock=monotonic):
    """The `Reconciliation` of some `Part`s with a headline.

    `tolerance` is in percent of each end of the headline. The `most` largest parts are tried, for `seconds` at most
    by `clock`; what was found by then is in the answer.
    """
    usable = [part for part in parts if _is_usable(part, headline)]
    usable.sort(key=lambda part: part.low if part.high is None else part.high, reverse=True)
    search = _Search(usable[:most], headline, tolerance, clock() + seconds, clock)
    exact, near = search.find()
    below, above = (None, None) if exact.count or near.count else search.nearest()
    return Reconciliation(
        headline,
        tolerance,
        exact=tuple(search.part_set(*row) for row in exact.best),
        near=tuple(search.part_set(*row) for row in near.best),
        exact_count=exact.count,
        near_count=near.count,
        below=below,
        above=above,
        tried=tuple(usable[:most]),
        smaller=tuple(usable[most:]),
        unusable=tuple(part for part in parts if not _is_usable(part, headline)),
        stopped=search.stopped,
    )


def _is_usable(part, headline):
    """Neither unknown nor “at most”, nor zero, which changes no sum; “at least” has no high end for a range."""
    return bool(part.low) and (part.high is not None or not headline.is_range)


class _Best:
    """Counts sets and keeps the first few: fewest batches, then closest."""

    def __init__(self):
        self.count, self.rows, self.limit = 0, [], None

    def add(self, row, distance):
        self.count += 1
        size = row[2].bit_count()
        if self.limit is None or (size, distance) < self.limit:
            self.rows.append((size, distance, row))
            if len(self.rows) >= 8 * SHOWN:
                self._cut()

    def _cut(self):
        self.rows = sorted(self.rows)[:SHOWN]
        self.limit = self.rows[-1][:2]

    @property
    def best(self):
        return [row for *_, row in sorted(self.rows)[:SHOWN]]


class _Search:
    """Sums as whole numbers. Each half of the parts has its 1,024 sets; a set of all is one of each half.

    A row is (low sum, high sum, set), the set as bits.
    """

    def __init__(self, parts, headline, tolerance, deadline, clock):
        self.parts, self.headline = parts, headline
        self.deadline, self.clock, self.stopped = deadline, clock, False
        self.grain = smallest(headline.unit)
        self.aim = tuple(self._whole(end) for end in headline.ends)
        self.exact = [self._ends(span) for span in (headline.low_span, headline.high_span)]
        self.close = [self._widened(*pair, tolerance) for pair in zip(self.exact, self.aim, strict=True)]
        self.blocked = [self._excluded_by(part) for part in parts]
        middle = len(parts) // 2
        self.left = sorted(self._sets(range(middle)), key=lambda row: row[2].bit_count())
        self.right = sorted(self._sets(range(middle, len(parts))))
        self.right_lows = [low for low, _, _ in self.right]

    def _whole(self, figure):
        return round(figure / self.grain)

    def _ends(self, span: Span):
        return self._whole(span.first), self._whole(span.last)

    def _widened(self, ends, aim, tolerance):
        margin = int(aim * tolerance / 100)
        return max(1, min(ends[0], aim - margin)), max(ends[1], aim + margin)

    def _excluded_by(self, part):
        """The parts that a set with this one can't hold: the one it is counted in, those counted in it."""
        return sum(
            1 << place
            for place, other in enumerate(self.parts)
            if part.key == other.counted_in or other.key == part.counted_in
        )

    def _sets(self, places):
        rows = [(0, 0, 0)]
        for place in places:
            part, blocked = self.parts[place], self.blocked[place]
            low, high = self._whole(part.low), self._whole(part.low if part.high is None else part.high)
            rows += [
                (row[0] + low, row[1] + high, row[2] | 1 << place) for row in rows if not row[2] & blocked
            ]
        return rows

    def _pairs(self, low_first, low_last):
        """Every allowed set whose low sum lies between two numbers."""
        for low, high, left in self.left:
            if self.stopped or self.clock() > self.deadline:
                self.stopped = True
                return
            blocked = self._blocked(left)
            first = bisect_left(self.right_lows, low_first - low)
            last = bisect_right(self.right_lows, low_last - low)
            for right_low, right_high, right in self.right[first:last]:
                if not right & blocked:
                    yield low + right_low, high + right_high, left | right

    def _blocked(self, chosen):
        bits = 0
        for place, blocked in enumerate(self.blocked):
            if chosen >> place & 1:
                bits |= blocked
        return bits

    def find(self):
        """Sets that make the headline, and those that come near it."""
        exact, near = _Best(), _Best()
        (low_first, low_last), (high_first, high_last) = self.close
        (exact_low, exact_low_last), (exact_high, exact_high_last) = self.exact
        for row in self._pairs(low_first, low_last):
            low, high, _ = row
            if high_first <= high <= high_last:
                made = exact_low <= low <= exact_low_last and exact_high <= high <= exact_high_last
                (exact if made else near).add(row, self._distance(low, high))
        return exact, near

    def _distance(self, low, high):
        return abs(low - self.aim[0]) + abs(high - self.aim[1])

    def nearest(self):
        """The sets nearest below and above the headline at both ends, or None."""
        below, above = (float("-inf"), None), (float("inf"), None)
        for row in self._pairs(1, float("inf")):
            over, over_high = row[0] - self.aim[0], row[1] - self.aim[1]
            if over <= 0 and over_high <= 0 and over + over_high > below[0]:
                below = over + over_high, row
            elif over >= 0 and over_high >= 0 and over + over_high < above[0]:
                above = over + over_high, row
        return tuple(row and self.part_set(*row) for _, row in (below, above))

    def part_set(self, low, high, chosen):
        """A row as a `PartSet`, its parts in the order of size."""
        parts = tuple(part for place, part in enumerate(self.parts) if chosen >> place & 1)
        is_open = any(part.high is None for part in parts)
        gaps = (low - self.aim[0]) * self.grain, (high - self.aim[1]) * self.grain
        return PartSet(parts, low * self.grain, None if is_open else high * self.grain, *gaps)
