"""Which figures of a text stand for themselves, add to another, or lie inside another one.

No unit stands twice: of the figures with relation None or "additional" each counts other units, and those
with "included" are inside one of these. A stated total with its parts is checked: parts by product are
"included" in it; where the parts are countries the total goes and the parts stay. What does not add up
is refused.
"""

from dataclasses import replace

from recalls.importers.quantities.mentions import Mention
from recalls.importers.quantities.parts import Part
from recalls.importers.quantities.reading import Earlier, Figure, Reading, RefusedError
from recalls.importers.quantities.regions import ELSEWHERE
from recalls.importers.quantities.statement import Statement

ADDITIONAL, INCLUDED = "additional", "included"


def add_up(statement: Statement) -> Reading:
    """Return the reading of a statement, the own region's figures first."""
    figures = _figures(statement)
    _refuse_doubles(figures)
    own_first = sorted(figures, key=lambda figure: figure.region != statement.own)
    added = any(part.amount.additional for part in statement.heads)
    earlier = tuple(_earlier(mention, own_first, added) for mention in statement.mentions)
    return Reading(tuple(own_first), earlier)


def _figures(statement: Statement) -> list[Figure]:
    own = statement.own
    heads = _placed(statement.heads, own)
    mine = [part for part in heads if part.region == own]
    if not mine:
        raise RefusedError(f"No figure is given for {own}.")
    unit = _shared_unit(mine)
    figures = _own_figures(mine, own)
    figures += [part.figure(own, ADDITIONAL, unit) for part in heads if part.region != own]
    if statement.listed:
        figures += _included_sum(mine, statement.listed, own)
    for parts in statement.bare:
        figures += _placed_bare(statement, parts, unit)
    for parts in statement.bracketed:
        figures = _with_bracketed(statement, figures, parts, unit)
    for parts in statement.beside:
        figures += [part.figure(own, ADDITIONAL, unit) for part in _placed_beside(parts, own)]
    if _named(statement.heads) and any(_named(parts) for parts in statement.inside):
        raise RefusedError("Units of one country are said to be included in another's.")
    for parts in statement.inside:
        figures += _inside(mine, parts, own, unit)
    return figures


def _placed(parts: list[Part], own: str) -> list[Part]:
    """Give the parts of the first sentence their places: what names none is sold in the own region."""
    placed = []
    for i, part in enumerate(parts):
        if part.region is None:
            if any(other.region for other in placed if other.region != own) or _named(placed):
                raise RefusedError("A figure after one with a place does not say where its units were sold.")
            _refuse_shared_place(part, parts[i + 1 :], own)
        placed.append(part)
    return [part if part.region else replace(part, region=own) for part in placed]


def _named(parts: list[Part]) -> bool:
    return any(part.region for part in parts)


def _refuse_shared_place(part: Part, after: list[Part], own: str) -> None:
    """ "500 scooters and 20 bikes in Canada": the place may be meant for both."""
    abroad = next((other for other in after if other.region not in (None, own)), None)
    if abroad and part.product and abroad.product and not _same_name(part, abroad):
        raise RefusedError("Nothing says whether the country is meant for all products before it.")


def _same_name(one: Part, other: Part) -> bool:
    return (one.product or "").casefold() == (other.product or "").casefold()


def _shared_unit(mine: list[Part]) -> str:
    units = {part.unit or "units" for part in mine}
    return units.pop() if len(units) == 1 else "units"


def _own_figures(mine: list[Part], own: str) -> list[Figure]:
    if len(mine) == 1:
        return [mine[0].figure(own, None)]
    first, *others = mine
    if first.product is None and all(part.product for part in others):
        return [first.figure(own, None), *_included_sum([first], others, own)]
    if any(part.product is None and part.unit in (None, "units") for part in mine):
        raise RefusedError("Two figures for one country, and nothing says what each of them counts.")
    if len(others) > 1 and _sum(others) == (first.amount.exactly or -1):
        raise RefusedError("The first figure may be the sum of those after it.")
    return [part.figure(own, None) for part in mine]


def _included_sum(mine: list[Part], parts: list[Part], own: str) -> list[Figure]:
    """Parts by product, which have to add up to the one figure before them."""
    _refuse_other_sum(mine, parts)
    return [_no_surer(part.figure(own, INCLUDED), mine) for part in parts]


def _no_surer(figure: Figure, mine: list[Part]) -> Figure:
    """ "About 2 million (1.5 million in the U.S. …)": the parts of a rough number are rough."""
    rough = mine[0].figure(figure.region, None).precision == "approximate"
    return replace(figure, precision="approximate") if rough and figure.precision == "exact" else figure


def _refuse_other_sum(mine: list[Part], parts: list[Part]) -> None:
    if len(mine) != 1 or _sum(parts) is None or _sum(parts) != mine[0].amount.exactly:
        raise RefusedError("The parts do not add up to the number before them.")


def _sum(parts: list[Part]) -> int | None:
    numbers = [part.amount.exactly for part in parts]
    return None if None in numbers else sum(numbers)


def _with_bracketed(
    statement: Statement, figures: list[Figure], parts: list[Part], unit: str
) -> list[Figure]:
    """A list in brackets may say the figure once more: in other units, by product or by country."""
    own = statement.own
    mine = [part for part in statement.heads if part.region in (None, own)]
    regions = {part.region for part in parts}
    if regions == {None} and not any(part.amount.additional for part in parts):
        return figures + _restated(mine, parts, own)
    if own in regions and None not in regions and len(statement.heads) == 1 and not _named(mine):
        _refuse_other_sum(mine, parts)
        split = (part.figure(own, ADDITIONAL if part.region != own else None, unit) for part in parts)
        return [_no_surer(figure, mine) for figure in split]
    return figures + _placed_bare(statement, parts, unit)


def _placed_bare(statement: Statement, parts: list[Part], unit: str) -> list[Figure]:
    """A list that does not say how it belongs comes on top only if the places, or "additional", say so."""
    own = statement.own
    if all(part.amount.additional for part in parts):
        return [part.figure(own, ADDITIONAL, unit) for part in _placed_beside(parts, own)]
    named = any(part.region == own for part in statement.heads)
    if named and all(part.region not in (None, own) for part in parts):
        return [part.figure(own, ADDITIONAL, unit) for part in parts]
    raise RefusedError("Nothing says whether the further figures come on top or are included.")


def _restated(mine: list[Part], parts: list[Part], own: str) -> list[Figure]:
    """The same units once more, counted otherwise ("80,000 (40,000 pairs)"), or by product."""
    if len(parts) > 1:
        return _included_sum(mine, parts, own)
    whole, part = mine[0].amount.exactly, parts[0]
    number = part.amount.exactly
    if len(mine) != 1 or whole is None or number is None:
        raise RefusedError("Nothing says how the second number belongs to the first one.")
    if number == whole and part.product is None:
        return []
    if _is_pair_count(part, mine[0]) or (part.product and mine[0].product and _is_multiple(number, whole)):
        return [part.figure(own, INCLUDED)]
    raise RefusedError("Nothing says how the second number belongs to the first one.")


def _is_pair_count(part: Part, head: Part) -> bool:
    """ "80,000 (40,000 pairs)": the same units, counted in twos; sets may hold any number."""
    number, whole = part.amount.exactly, head.amount.exactly
    if head.unit not in (None, "units") or part.product:
        return False
    return (part.unit == "pairs" and whole == 2 * number) or (
        part.unit == "sets" and _is_multiple(whole, number)
    )


def _is_multiple(more: int, fewer: int) -> bool:
    return more > fewer and more % fewer == 0


def _placed_beside(parts: list[Part], own: str) -> list[Part]:
    """ "In addition, 40 bicycles and 40 cranksets were sold in Canada": the place counts for both."""
    placed = []
    for i, part in enumerate(parts):
        region = part.region or next((other.region for other in parts[i:] if other.region), None)
        if part.region is None and (None in {other.product for other in parts[i:]} or _named(parts[:i])):
            raise RefusedError("An additional figure does not say where its units were sold.")
        if (region or own) == own and part.product is None:
            raise RefusedError("An additional figure for the same country does not say what it counts.")
        placed.append(replace(part, region=region or own))
    return placed


def _inside(mine: list[Part], parts: list[Part], own: str, unit: str) -> list[Figure]:
    whole = mine[0].amount.high if len(mine) == 1 else None
    numbers = [part.amount.high for part in parts]
    if whole is None or None in numbers or sum(numbers) > whole:
        raise RefusedError(
            "What is said to be included is more than the figure, or cannot be compared with it."
        )
    if any(part.region in (None, own) and part.product is None for part in parts):
        raise RefusedError("What is said to be included is not named.")
    return [part.figure(own, INCLUDED, unit) for part in parts]


def _refuse_doubles(figures: list[Figure]) -> None:
    keys = [(figure.region, figure.unit, (figure.product or "").casefold()) for figure in figures]
    if len(set(keys)) < len(keys):
        raise RefusedError("Two figures count the same thing in the same country.")
    abroad = {figure.region for figure in figures} - {figures[0].region}
    if ELSEWHERE in abroad and len(abroad) > 1:
        raise RefusedError("“Elsewhere” may hold the other countries that are named.")


def _earlier(mention: Mention, figures: list[Figure], added: bool) -> Earlier:
    own = figures[0].region
    region = mention.region or own
    counted = [f for f in figures if f.region == region and f.relation != INCLUDED]
    whole = sum(f.high for f in counted) if counted and all(f.high is not None for f in counted) else None
    return mention.earlier(own, _is_included(mention, whole, added))


def _is_included(mention: Mention, whole: int | None, added: bool) -> bool | None:
    """More units than the figure counts cannot be inside it."""
    low = mention.amount.low
    larger = None not in (low, whole) and low > whole
    included = True if mention.out_of else mention.included
    if included and (larger or (mention.out_of and mention.out_of != whole)):
        raise RefusedError("The earlier recall is said to be part of the figure, and the numbers deny it.")
    if included is None and (larger or added):
        return False
    return included
