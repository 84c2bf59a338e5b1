"""The marks of several reviewers → the points of one item, with every number that made them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from branchscore.criteria.found import Found, Judged, Judgement, Judgements, Marks
from branchscore.criteria.indicator import Leaf
from branchscore.criteria.model import Criteria
from branchscore.criteria.panel import ORIGINS, TRIMMED_FROM, Panel
from branchscore.criteria.rules.base import Item
from branchscore.panel.mark import Mark, cells, mean
from branchscore.panel.severity import connected, leanings
from branchscore.scoring import words
from branchscore.scoring.verdict import State, Verdict
from branchscore.text.numbers import Exact, divided, is_unlimited, rounded, total
from branchscore.text.phrase import Percent, Phrase, Sentence, Value, readable

AGREED = Panel.model_construct(combine="mean", at_least=1)
"""What holds for votes where the table names no panel."""
DECIMALS = 4
"""Leanings are taken to so many places of an item's points, so that they can be written down."""
TITLED = Phrase("{title}：{said}", "{title}: {said}")
GAVE = Phrase("{n} 位评委评定 {marks}", "{n} reviewers gave {marks}")
OTHERS_GAVE = Phrase("{origin} {n} 份评定 {marks}", "{origin}, {n} marks: {marks}")
VOTED = Phrase("{origin} {n} 票（{votes}）", "{origin}, {n} votes ({votes})")
VOTES = Phrase("{word} {n} 票", "{word} {n}")
LEVEL = Phrase("{word} {points}", "{word} {points}")
MEAN = Phrase("{gave}，平均 {result} 分", "{gave}, on average {result} points")
ONE = Phrase("{gave}，计 {result} 分", "{gave}: {result} points")
MEDIAN = Phrase("{gave}，中位数 {result} 分", "{gave}, the median is {result} points")
TRIMMED = Phrase(
    "{gave}，去掉最高分 {high} 和最低分 {low}，平均 {result} 分",
    "{gave}; without the highest {high} and the lowest {low} on average {result} points",
)
WEIGHTED = Phrase("按{parts}合计 {result} 分", "weighted {parts}: {result} points")
WEIGHT = Phrase("{origin} {share}", "{origin} {share}")
TOO_FEW = Phrase(
    "{gave}，应有 {least} 位，还差 {lacking} 位", "{gave}, {least} are needed, {lacking} more"
)
NOBODY = Phrase("还没有{origin}的评定", "no mark yet of {origin}")
DISPUTED = Phrase(
    "{gave}，最高 {high} 分与最低 {low} 分相差 {gap} 分，超过 {above} 分，"
    "须再请评委评定（满 {n} 位为止）",
    "{gave}; the highest {high} and the lowest {low} differ by {gap}, more than {above} points: "
    "another reviewer is called for (up to {n})",
)
OPEN = Phrase("暂{verb} {low}—{high} 分", "{low} to {high} points{off} for now")
CORRECTED = Phrase(
    "按各位评委的宽严校正后 {result} 分（校正前 {before} 分）",
    "{result} points without the reviewers' leanings ({before} as given)",
)
NOT_LINKED = Phrase(
    "评委之间没有共同评过的支部相连，未作宽严校正",
    "reviewers are not linked by work judged in common: no correction for severity",
)


class Result(NamedTuple):
    """The points, or None while marks are wanting, and why."""

    points: Exact | None
    why: tuple[Sentence, ...]


def worth(leaf: Leaf, item: Item, given: Judgement) -> Exact:
    """The points of one mark by the item's rule; of votes, the mean of all."""
    if not isinstance(given.value, tuple):
        return leaf.rule.pay(Found(given.value, words=item.words), item).points
    paid = [(n, worth(leaf, item, replace(given, value=level))) for level, n in given.value]
    return divided(total([n * points for n, points in paid]), sum(n for n, _ in paid))


def shown(item: Item, given: Judgement, points: Exact) -> Value:
    """A mark as it is read: its level and points, or the points."""
    if isinstance(given.value, str):
        word = item.words.get(given.value, given.value)
        return Sentence(LEVEL, {"word": word, "points": readable(points)})
    if isinstance(given.value, tuple):
        return tuple(_votes(item, given))
    return readable(points)


def _votes(item: Item, given: Judgement) -> list[Value]:
    counted = given.value if isinstance(given.value, tuple) else ()
    order = {name: i for i, name in enumerate(item.words)}
    votes = sorted(counted, key=lambda vote: order.get(vote[0], 0))
    return [Sentence(VOTES, {"word": item.words.get(level, level), "n": n}) for level, n in votes]


class PanelPayer:
    """Pays for the marks of one item."""

    def __init__(self, criteria: Criteria, leaf: Leaf, item: Item) -> None:
        self.panel, self.leaf, self.item = criteria.panel or AGREED, leaf, item
        panel = criteria.panel
        self.weights: dict[str, Exact] = dict(panel.weights.items()) if panel else {}

    def pay(self, marks: Marks, floor: Exact, bounded: Callable[[Exact], Exact]) -> Verdict:
        """The verdict, with points that are taken off still positive."""
        result, item = self._result(marks), self.item
        first, *rest = result.why
        titled = Sentence(TITLED, {"title": item.title, "said": first})
        if result.points is None:
            ends: dict[str, Value] = {"low": floor, "high": item.points, **words.sign(item.takes)}
            why = (titled, *rest, Sentence(OPEN, ends))
            return Verdict(State.PENDING, None, floor, item.points, why)
        points = bounded(result.points)
        why = (titled, *rest)
        if points != result.points or item.takes:
            why = (*why, words.closing(result.points, points, item.points, item.takes))
        found = readable(result.points)
        return Verdict(State.SCORED, result.points, points, points, why, None, found)

    def _result(self, marks: Marks) -> Result:
        """Each source by itself, then all by their weights."""
        by_origin: dict[str, list[Judgement]] = {}
        for one in marks.given:
            by_origin.setdefault(one.origin, []).append(one)
        weights = self.weights or dict.fromkeys(by_origin, 1)
        results = [self._origin(o, by_origin.get(o, []), marks.leanings) for o in weights]
        why = tuple(sentence for result in results for sentence in result.why)
        known = [r.points for r in results if r.points is not None]
        if len(known) < len(results):
            return Result(None, why)
        if len(known) == 1:
            return Result(known[0], why)
        points = total([w * p for w, p in zip(weights.values(), known, strict=True)])
        parts = tuple(
            Sentence(WEIGHT, {"origin": ORIGINS[o], "share": Percent(w)})
            for o, w in weights.items()
        )
        said = Sentence(WEIGHTED, {"parts": parts, "result": readable(points)})
        return Result(points, (*why, said))

    def _origin(
        self, origin: str, given: Sequence[Judgement], lean: Mapping[str, Exact] | None
    ) -> Result:
        if not given:
            return Result(None, (Sentence(NOBODY, {"origin": ORIGINS[origin]}),))
        paid = [(one, worth(self.leaf, self.item, one)) for one in _pooled(given)]
        paid.sort(key=lambda pair: (-pair[1], str(pair[0].value)))
        points = [value for _, value in paid]
        gave = self._gave(origin, paid)
        if origin == "panel" and (wanting := self._wanting(gave, points)):
            return Result(None, (wanting,))
        result, why = self._combined(gave, points)
        if origin != "panel" or lean is None:
            return Result(result, (why,))
        if not lean:
            return Result(result, (why, Sentence(NOT_LINKED)))
        evened = sorted([fair(self.item, x, lean.get(one.reviewer, 0)) for one, x in paid])
        after, _ = self._combined(gave, evened[::-1])
        values: dict[str, Value] = {"result": readable(after), "before": readable(result)}
        return Result(after, (why, Sentence(CORRECTED, values)))

    def _gave(self, origin: str, paid: Sequence[tuple[Judgement, Exact]]) -> Sentence:
        values: dict[str, Value] = {"origin": ORIGINS[origin], "n": len(paid)}
        if len(paid) == 1 and isinstance(paid[0][0].value, tuple):
            values["votes"] = tuple(_votes(self.item, paid[0][0]))
            values["n"] = sum(n for _, n in paid[0][0].value)
            return Sentence(VOTED, values)
        values["marks"] = tuple(shown(self.item, one, points) for one, points in paid)
        return Sentence(GAVE if origin == "panel" else OTHERS_GAVE, values)

    def _wanting(self, gave: Sentence, points: Sequence[Exact]) -> Sentence | None:
        """Why the panel's marks are not enough yet; `points` descend."""
        number, least, dispute = len(points), self.panel.at_least, self.panel.dispute
        if number < least:
            values: dict[str, Value] = {"gave": gave, "least": least, "lacking": least - number}
            return Sentence(TOO_FEW, values)
        gap = points[0] - points[-1]
        if dispute is None or gap <= dispute.above or number >= dispute.reviewers:
            return None
        values = {"gave": gave, "high": readable(points[0]), "low": readable(points[-1])}
        values |= {"gap": readable(gap), "above": dispute.above, "n": dispute.reviewers}
        return Sentence(DISPUTED, values)

    def _combined(self, gave: Sentence, points: Sequence[Exact]) -> tuple[Exact, Sentence]:
        """What the points come to, highest first, and how."""
        values: dict[str, Value] = {"gave": gave}
        if len(points) == 1:
            result, wording = points[0], ONE
        elif self.panel.combine == "median":
            middle = len(points) // 2
            result, wording = mean(points[(len(points) - 1) // 2 : middle + 1]), MEDIAN
        elif self.panel.combine == "trimmed" and len(points) >= TRIMMED_FROM:
            result, wording = mean(points[1:-1]), TRIMMED
            values |= {"high": readable(points[0]), "low": readable(points[-1])}
        else:
            result, wording = mean(points), MEAN
        return result, Sentence(wording, {**values, "result": readable(result)})


def fair(item: Item, points: Exact, lean: Exact) -> Exact:
    """A mark without its reviewer's leaning, which is in shares of what a branch is given."""
    most = item.points
    if is_unlimited(most):
        return points
    moved = points + lean * most if item.takes else points - lean * most
    return min(max(moved, 0), most)


def _pooled(given: Sequence[Judgement]) -> list[Judgement]:
    """Votes of one sort of people are counted together, whoever counted them."""
    votes: dict[str, int] = {}
    for one in given:
        for level, n in one.value if isinstance(one.value, tuple) else ():
            votes[level] = votes.get(level, 0) + n
    single = [one for one in given if not isinstance(one.value, tuple)]
    pooled = tuple(sorted(votes.items()))
    return [*single, *([replace(given[0], value=pooled, reviewer="")] if pooled else [])]


def levelled(criteria: Criteria, judgements: Mapping[str, Judgements]) -> Mapping[str, Judgements]:
    """The judgements with each reviewer's leaning beside them, where the table corrects for it."""
    if criteria.panel is None or criteria.panel.severity != "corrected":
        return judgements
    grid = cells(marks_of(criteria, judgements))
    known = leanings(grid) if grid and connected(grid) else {}
    lean = {name: rounded(value, DECIMALS, "half-even") for name, value in known.items()}
    return {
        code: {name: _leaning(marks, lean) for name, marks in items.items()}
        for code, items in judgements.items()
    }


def marks_of(criteria: Criteria, judgements: Mapping[str, Judgements]) -> list[Mark]:
    """What every reviewer of the panel gave; without votes and other sources."""
    judged = dict(criteria.judged())
    found: list[Mark] = []
    for code, items in judgements.items():
        for name, marks in items.items():
            leaf = judged[name]
            if isinstance(marks, Marks) and not is_unlimited(leaf.points):
                found += _shares(leaf, leaf.item(criteria.fields), code, marks)
    return found


def _leaning(marks: Judged, lean: Mapping[str, Exact]) -> Judged:
    return replace(marks, leanings=lean) if isinstance(marks, Marks) else marks


def _shares(leaf: Leaf, item: Item, code: str, marks: Marks) -> list[Mark]:
    """The panel's marks as shares of what a branch could be given."""
    found = []
    for one in marks.given:
        if one.origin == "panel" and not isinstance(one.value, tuple):
            share = divided(worth(leaf, item, one), leaf.points)
            found.append(Mark(one.reviewer, code, leaf.id, 1 - share if leaf.takes else share))
    return found
