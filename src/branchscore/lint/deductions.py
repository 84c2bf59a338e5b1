"""Deductions that come to more than the item, or leave a part of it to the worst."""

from collections.abc import Iterator
from typing import NamedTuple

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.indicator import Indicator, Leaf
from branchscore.criteria.measures.elements import Elements
from branchscore.criteria.measures.listed import Listed
from branchscore.criteria.measures.periods import Periods
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.excess import Excess
from branchscore.criteria.rules.marginal import Marginal
from branchscore.criteria.rules.per_unit import PerUnit
from branchscore.criteria.rules.shortfall import Shortfall
from branchscore.criteria.rules.tiers import Tiers
from branchscore.lint.reach import reach
from branchscore.lint.walk import At, Row, items, rows_of
from branchscore.lint.worth import best, most, worst
from branchscore.text.numbers import Exact, divided, plain, total
from branchscore.text.phrase import Value, readable


class Loss(NamedTuple):
    """What a rule takes off the worst answer: so many units at its price."""

    units: Exact
    lost: Exact


def deductions(criteria: Criteria) -> Iterator[Complaint]:
    for at, section, indicator in items(criteria):
        penalty = section is criteria.penalties
        inside = list(rows_of(at, indicator, penalty))
        # What one part leaves another may take; then the item is looked at as a whole.
        alone = not any(row.takes for row in inside)
        for row in inside:
            for leaf in row.leaves:
                found = (c.under(*row.at, *leaf.at) for c in _leaf(criteria, row, leaf))
                yield from (c for c in found if alone or c.code != "L002")
        if not alone and not penalty:
            yield from (c.under(*at) for c in _parts(criteria, indicator, inside))


def _leaf(criteria: Criteria, row: Row, leaf: Leaf) -> Iterator[Complaint]:
    rule = leaf.rule
    if isinstance(rule, Shortfall) and _asks_nothing(leaf):
        yield Complaint("L020", ("rule", "kind"), {})
        return
    if row.takes or not isinstance(rule, Shortfall | Excess):
        return
    points = leaf.points - row.floor
    if rule.at_most is not None:
        if rule.at_most > points:
            cap: dict[str, Value] = {"cap": rule.at_most, "points": leaf.points, "floor": row.floor}
            yield Complaint("L004", ("rule", "at_most"), cap)
        return
    loss = _loss(criteria, leaf)
    if loss is None or loss.lost == points:
        return
    values: dict[str, Value] = {
        "each": rule.each,
        "units": loss.units,
        "lost": loss.lost,
        "points": leaf.points,
        "even": readable(divided(points, loss.units)),
    }
    at: At = ("rule", "each")
    if _is_rounded(rule.each, points, loss.units):
        price = divided(points, loss.units)
        whole = points.denominator == 1 and loss.units.denominator == 1
        wanted = f"{points}/{loss.units}" if whole and price.denominator > 1 else plain(price)
        yield Complaint("L003", at, {**values, "wanted": wanted})
    elif loss.lost < points:
        yield Complaint("L002", at, {**values, "kept": points - loss.lost + row.floor})
    elif not _endless(leaf):
        yield Complaint("L001", at, {**values, "over": loss.lost - points})


def _asks_nothing(leaf: Leaf) -> bool:
    """Whether nothing says how many there should be."""
    required = getattr(leaf.rule, "required", None)
    return required is None and not isinstance(leaf.measure, Periods | Elements)


def _loss(criteria: Criteria, leaf: Leaf) -> Loss | None:
    """None where nothing bounds what can be lost, as with events that cost points each."""
    low, high, _ = reach(leaf.measure, criteria)
    match leaf.rule:
        case Shortfall() as rule:
            required = high if rule.required is None else rule.required
            if required is None or low is None:
                return None
            units = rule.units(max(required - low, 0))
        case Excess() as rule if high is not None:
            units = rule.units(max(high - rule.allowed, 0))
        case _:
            return None
    # A rule that can never take anything is another fault, told by its own code.
    return Loss(units, rule.each * units) if units else None


def _is_rounded(each: Exact, points: Exact, units: Exact) -> bool:
    """Whether the price is the even one, rounded to the decimals it is written with."""
    decimals = len(plain(each).partition(".")[2])
    even = divided(points, units)
    miss = max(each - even, even - each) * units
    step = divided(1, 10**decimals)
    return bool(decimals) and miss * 20 <= points and max(each - even, even - each) < step


def _parts(criteria: Criteria, indicator: Indicator, inside: list[Row]) -> Iterator[Complaint]:
    """Parts that take points off, together, against what there is to take them from."""
    taking = [row for row in inside if row.takes]
    earning = [row for row in inside if not row.takes]
    top = min(indicator.base + total([most(r, criteria) for r in earning]), indicator.points)
    least = indicator.base + total([worst(r, criteria) for r in earning])
    taken = total([most(r, criteria) for r in taking])
    counted = total([_reckoned(r, indicator, criteria) for r in taking])
    values: dict[str, Value] = {"points": indicator.points}
    if counted > top - indicator.floor:
        over = counted - (top - indicator.floor)
        yield Complaint("L001", ("points",), {**values, "lost": counted, "over": over})
    elif least - taken > indicator.floor:
        yield Complaint("L002", ("points",), {**values, "lost": taken, "kept": least - taken})


def _reckoned(row: Row, indicator: Indicator, criteria: Criteria) -> Exact:
    """What a part takes off at most by its own words. Events without number that only the item
    bounds are no sum that anybody reckoned."""
    if row.assessed.points < indicator.points:
        return most(row, criteria)
    return 0 if any(_endless(leaf) for leaf in row.leaves) else best(row, criteria)


def _endless(leaf: Leaf) -> bool:
    """Whether so much is taken off for each, however many there are."""
    match leaf.rule:
        case Tiers(count="sum"):
            return not isinstance(leaf.measure, Listed)
        case Shortfall() as rule:
            return rule.per is not None or leaf.measure.ratio
        case Excess() | PerUnit() | Marginal():
            return True
    return False
