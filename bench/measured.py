"""A measurement against its yardstick, and the table of all of them."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """How much of something against how much of its yardstick, and the ratio of the two that is allowed.

    Both are seconds unless `unit` says otherwise. A limit is a yardstick that was not measured: its goal is 1.
    `value` is None where it could not be measured, and `note` then says why. `more_is_better` turns the goal into
    the least ratio.
    """

    what: str
    value: float | None
    yardstick: str = ""
    yardstick_value: float | None = None
    goal: float = 1
    note: str = ""
    unit: str = "s"
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        if self.value is None or self.yardstick_value is None:
            return None
        if self.yardstick_value == 0:
            return 0 if self.value == 0 else float("inf")
        return self.value / self.yardstick_value

    @property
    def is_met(self) -> bool | None:
        if self.ratio is None:
            return None
        return self.ratio >= self.goal if self.more_is_better else self.ratio <= self.goal

    @property
    def verdict(self) -> str:
        return {None: "not measured", True: "met", False: "MISSED"}[self.is_met]


def not_measured(what: str, why: str) -> Measured:
    """Stands in the table for what was asked for and can't be measured."""
    return Measured(what, None, note=why)


def limited(what: str, value: float, limit: float, note: str = "", unit: str = "s") -> Measured:
    """Against a limit that was set beforehand."""
    return Measured(what, value, "limit", limit, 1, note, unit)


HEAD = ("what", "measured", "yardstick", "its figure", "ratio", "goal", "", "note")


def table(results: list[Measured]) -> str:
    """The results as a Markdown table."""
    rows = [HEAD, ("---",) * len(HEAD), *map(_cells, results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_json(results: list[Measured]) -> str:
    return json.dumps(
        [asdict(result) | {"ratio": result.ratio, "verdict": result.verdict} for result in results],
        indent=1,
        ensure_ascii=False,
    )


def amount(value: float | None, unit: str = "s") -> str:
    """A figure with its unit: seconds below one as milliseconds."""
    if value is None:
        return ""
    if unit == "s":
        return f"{value:,.2f} s" if value >= 1 else f"{value * 1000:,.1f} ms"
    return f"{value:,.0f} {unit}".strip()


def _cells(result):
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    goal = f"{'≥' if result.more_is_better else '≤'} {result.goal:g}" if result.yardstick else ""
    return (
        result.what,
        amount(result.value, result.unit),
        result.yardstick,
        amount(result.yardstick_value, result.unit),
        ratio,
        goal,
        result.verdict,
        result.note.replace("|", "/").replace("\n", " "),
    )
