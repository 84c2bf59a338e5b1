"""Whether more pays more: prices that go up and down, and rules that pay the wrong way."""

from collections.abc import Iterator, Sequence

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Shape
from branchscore.criteria.indicator import Indicator, Leaf
from branchscore.criteria.measures.peers import AmongPeers
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules import Rule
from branchscore.criteria.rules.bands import Bands
from branchscore.criteria.rules.levels import Levels
from branchscore.criteria.rules.places import Places
from branchscore.criteria.rules.tiers import Tiers
from branchscore.lint.walk import At, items
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase

WAYS = {"more": Phrase("越多越好", "more is better"), "less": Phrase("越少越好", "less is better")}
ORDERED = (Shape.NUMBER, Shape.POINTS, Shape.DAY)


def direction(criteria: Criteria) -> Iterator[Complaint]:
    for at, section, indicator in items(criteria):
        for leaf in indicator.leaves(section is criteria.penalties):
            yield from (c.under(*at, *leaf.at, "rule") for c in _prices(leaf))
            if leaf.measure.shape(criteria.fields) in ORDERED:
                yield from (c.under(*at) for c in _against(indicator, leaf))


def _prices(leaf: Leaf) -> Iterator[Complaint]:
    """Prices in the order of what they pay for."""
    places: list[At] = []
    match leaf.rule:
        case Bands() as rule:
            places = [*(("bands", i, "points") for i in range(len(rule.bands))), ("otherwise",)]
        case Places() as rule:
            places = [*(("points", i) for i in range(len(rule.points))), ("otherwise",)]
    prices = _listed(leaf.rule)
    if _same(prices):
        yield Complaint("L018", ("kind",), {"points": prices[0]})
    turn = _turn(prices) if places else None
    if turn:
        values = {"points": prices[turn], "before": prices[turn - 1]}
        yield Complaint("L015", places[turn], values)


def _listed(rule: Rule) -> list[Exact]:
    """The prices of a rule that names them one by one."""
    match rule:
        case Bands():
            return [*(band.points for band in rule.bands), rule.otherwise]
        case Places():
            return [*rule.points, rule.otherwise]
        case Levels() | Tiers():
            return list(rule.points.values())
    return []


def _same(prices: Sequence[Exact]) -> bool:
    return len(prices) > 1 and len(set(prices)) == 1


def _turn(prices: Sequence[Exact]) -> int | None:
    """Where prices that have fallen begin to rise, or the other way round."""
    way = 0
    for i in range(1, len(prices)):
        step = (prices[i] > prices[i - 1]) - (prices[i] < prices[i - 1])
        if step and step == -way:
            return i
        way = step or way
    return None


def _against(indicator: Indicator, leaf: Leaf) -> Iterator[Complaint]:
    """A rule that pays against what is said to be better. Parts measure something else each."""
    way = _pays_more(leaf)
    measure = leaf.measure
    stated: list[tuple[At, str | None]] = []
    if not indicator.parts:
        stated.append((("better",), indicator.better))
    if isinstance(measure, AmongPeers):
        stated.append(((*leaf.measure_at, "better"), measure.better))
    for at, better in stated:
        if way is not None and better and (better == "more") != way:
            paid = WAYS["more" if way else "less"]
            values = {"title": leaf.title, "paid": paid, "said": WAYS[better]}
            yield Complaint("L016", at, values)


def _pays_more(leaf: Leaf) -> bool | None:
    """Whether more of what is measured pays more (True), less (False), or either."""
    rising = leaf.rule.rises(leaf.takes)
    if rising is None or _same(_listed(leaf.rule)):
        return None
    rising = rising != leaf.takes
    measure = leaf.measure
    if isinstance(measure, AmongPeers) and measure.figure in ("rank", "of_best"):
        good = rising != (measure.figure == "rank")
        return good == (measure.better == "more")
    return rising
