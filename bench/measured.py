"""A measurement against its yardstick, and the table of all of them."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What took how long: seconds, the yardstick's seconds, and the ratio that is allowed; `note` in plain words."""

    what: str
    seconds: float
    yardstick: str
    yardstick_seconds: float
    goal: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.seconds / self.yardstick_seconds

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.goal


HEAD = ("what", "seconds", "yardstick", "its seconds", "ratio", "goal", "", "note")


def table(results: list[Measured]) -> str:
    """The results as a Markdown table."""
    rows = [HEAD, ("---",) * len(HEAD), *map(_cells, results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_json(results: list[Measured]) -> str:
    return json.dumps([asdict(result) | {"ratio": result.ratio} for result in results], indent=1)


def _cells(result):
    return (
        result.what,
        f"{result.seconds:.2f}",
        result.yardstick,
        f"{result.yardstick_seconds:.2f}",
        f"{result.ratio:.2f}",
        f"{result.goal:g}",
        "met" if result.is_met else "MISSED",
        result.note,
    )
