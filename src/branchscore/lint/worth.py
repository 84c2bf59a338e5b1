"""What a row of the table can come to: the rule at the outermost values of its measure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from branchscore.criteria.condition import Condition
from branchscore.criteria.found import Found, Shape, Truth
from branchscore.criteria.indicator import Indicator, Leaf, Section
from branchscore.criteria.measures.elements import Elements
from branchscore.criteria.measures.listed import Listed
from branchscore.criteria.measures.periods import Periods
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.bands import Bands
from branchscore.criteria.rules.given import Given
from branchscore.criteria.rules.places import Places
from branchscore.criteria.rules.tiers import Tiers
from branchscore.lint.reach import OPEN, admitted, reach, values
from branchscore.lint.walk import Row, rows_of
from branchscore.text.numbers import Exact, divided, total


class Span(NamedTuple):
    """The least and the most that is paid (or taken off) before the item's bounds."""

    worst: Exact
    best: Exact


def limits_of(condition: Condition) -> list[object]:
    """All that a condition compares with."""
    equals = () if condition.equals is None else (condition.equals,)
    return [*condition.ends().values(), *equals, *condition.one_of]


def span(leaf: Leaf, criteria: Criteria) -> Span:
    """What one rule can pay for one measure."""
    rule, item = leaf.rule, leaf.item(criteria.fields)
    if isinstance(rule, Given):
        steps = divided(item.points, rule.step)
        most = rule.step * (steps.numerator // steps.denominator)
        return Span(0 if leaf.takes else rule.least, most)
    if isinstance(rule, Tiers):
        prices = [rule.points[word] for word in admitted(leaf.measure, criteria.fields)]
        if isinstance(leaf.measure, Listed) and rule.count == "sum":
            # Each stands in the list once.
            costs, gains = [p for p in prices if p < 0], [p for p in prices if p > 0]
            return Span(total(costs), total(gains))
        if rule.count == "sum":
            prices = [price * OPEN for price in prices]
        return Span(min([0, *prices]), max([0, *prices]))
    turns: list[object] = []
    if isinstance(rule, Condition):
        turns = limits_of(rule)
    elif isinstance(rule, Bands):
        turns = [band.at_least for band in rule.bands]
    elif isinstance(rule, Places):
        turns = list(range(1, len(rule.points) + 1))
    paid = [
        rule.pay(found, item).points
        for found in findings(leaf, criteria, values(leaf.measure, criteria, turns))
    ]
    return Span(min(paid), max(paid)) if paid else Span(0, 0)


def findings(leaf: Leaf, criteria: Criteria, found: Iterable[Truth]) -> Iterator[Found]:
    """Values as if a branch had them."""
    measure = leaf.measure
    words, whole = measure.words(criteria.fields), None
    if isinstance(measure, Periods | Elements):
        whole = int(reach(measure, criteria).high or 0)
    for value in found:
        fits = isinstance(value, int) and measure.shape(criteria.fields) is Shape.NUMBER
        yield Found(value, whole=whole if fits else None, ratio=measure.ratio, words=words)


def best(row: Row, criteria: Criteria) -> Exact:
    """The most that its rule pays, or takes off, without the bound of its points."""
    return max((span(leaf, criteria).best for leaf in row.leaves), default=0)


def most(row: Row, criteria: Criteria) -> Exact:
    """The most that a row can earn, or take off, within its points."""
    return min(best(row, criteria), row.assessed.points)


def worst(row: Row, criteria: Criteria) -> Exact:
    """The least that a row can earn, within its bounds."""
    least = min((span(leaf, criteria).worst for leaf in row.leaves), default=0)
    return min(max(least, row.floor), row.assessed.points)


def most_of(indicator: Indicator, criteria: Criteria, penalty: bool) -> Exact:
    """The most that an item can earn, or cost where it stands among the penalties."""
    rows = list(rows_of((), indicator, penalty))
    if not indicator.parts:
        return most(rows[0], criteria)
    earned = total([most(row, criteria) for row in rows if row.takes == penalty])
    return min(indicator.base + earned, indicator.points)


def most_of_section(section: Section, criteria: Criteria) -> Exact:
    """The most that its items come to, with the caps over several of them, without its own."""
    penalty = section is criteria.penalties
    each = {item.id: most_of(item, criteria, penalty) for item in section.indicators}
    over = [
        max(total([each.get(name, 0) for name in cap.items]) - cap.points, 0)
        for cap in section.caps
    ]
    return total(each.values()) - total(over)
