"""Conditions that can never hold, or can never fail."""

from collections.abc import Iterator, Mapping
from datetime import date

from branchscore.criteria.check import placed
from branchscore.criteria.complaint import Complaint
from branchscore.criteria.condition import Condition
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import MeasureBase
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.all_or_nothing import AllOrNothing
from branchscore.lint.reach import Reach, numbers, reach, values
from branchscore.lint.walk import At, Test, rows, tests
from branchscore.lint.worth import limits_of, most_of, most_of_section
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Percent, Phrase, Sentence, Value

NEVER = {
    "gates": Phrase("没有支部能够申报", "no branch can be eligible"),
    "vetoes": Phrase("永远不会触及", "it strikes nobody"),
    "applies": Phrase("哪个支部都不考这一项", "the item is asked of nobody"),
    "when": Phrase("这种情形不会出现", "the case never comes up"),
    "requires": Phrase("没有支部能得这个等次", "nobody can have the grade"),
    "of": Phrase("在几个条件中永远不算", "it never counts among the conditions"),
    "rule": Phrase("没有支部能得分", "nobody can earn it"),
    "takes": Phrase("永远不会扣分", "it costs nobody anything"),
}
ALWAYS = {
    "gates": Phrase("拦不住任何支部", "it keeps nobody out"),
    "vetoes": Phrase("每个支部都会触及", "it strikes everybody"),
    "applies": Phrase("每个支部都考这一项，条件可以不写", "the item is asked of everybody"),
    "when": Phrase("后面的情形都不会出现", "the cases after it never come up"),
    "requires": Phrase("这个条件可以不写", "it need not be asked"),
    "of": Phrase("在几个条件中每次都算", "it always counts among the conditions"),
    "rule": Phrase("每个支部都得满分", "everybody earns it"),
    "takes": Phrase("每个支部都要扣分", "it costs everybody"),
}
BETWEEN = Phrase("只能在 {low} 到 {high} 之间", "can only be {low} to {high}")
FROM = Phrase("不会少于 {low}", "is never below {low}")
UP_TO = Phrase("不会多于 {high}", "is never above {high}")
WORDS = Phrase("只能是{words}", "can only be {words}")
ANYTHING = Phrase("可以是任何值", "can be anything")


def tested(criteria: Criteria) -> Iterator[Complaint]:
    for test in tests(criteria):
        yield from _test(criteria, test)
    for row in rows(criteria):
        for leaf in row.leaves:
            if isinstance(leaf.rule, AllOrNothing):
                role = "takes" if leaf.takes else "rule"
                at = (*row.at, *leaf.at, "rule")
                yield from _test(criteria, Test(at, role, leaf.title, leaf.rule, leaf.measure))
    yield from _points_required(criteria)


def _test(criteria: Criteria, test: Test) -> Iterator[Complaint]:
    measure, condition = test.measure, test.condition
    ratio, words = measure.ratio, measure.words(criteria.fields)
    found = values(measure, criteria, limits_of(condition))
    truths = {condition.holds(Found(value, ratio=ratio, words=words)) for value in found}
    said: dict[str, Value] = {"title": test.title, "possible": _range(measure, criteria)}
    yield from _told(test.at, test.role, condition, truths, said)


def _told(
    at: At,
    role: str,
    condition: Condition,
    truths: set[bool | None],
    said: Mapping[str, Value],
) -> Iterator[Complaint]:
    place = (*at, _first_key(condition))
    if True not in truths:
        yield Complaint("L011", place, {**said, "effect": NEVER[role]})
    elif False not in truths:
        yield Complaint("L012", place, {**said, "effect": ALWAYS[role]})


def _first_key(condition: Condition) -> str:
    ends = list(condition.ends())
    return ends[0] if ends else "equals" if condition.equals is not None else "one_of"


def _range(measure: MeasureBase, criteria: Criteria) -> Sentence:
    """What the measure can be, in words."""
    shape = measure.shape(criteria.fields)
    if shape is Shape.WORD:
        words = tuple(measure.words(criteria.fields).values())
        return Sentence(WORDS, {"words": words})
    if shape is Shape.FLAG:
        return Sentence(ANYTHING)
    if shape is Shape.DAY:
        days = [day for day in values(measure, criteria) if isinstance(day, date)]
        open_ended = date.min in days
        return Sentence(ANYTHING if open_ended else BETWEEN, {"low": days[0], "high": days[-1]})
    return between(reach(measure, criteria), measure.ratio)


def between(within: Reach, ratio: bool = False) -> Sentence:
    ends = {"low": within.low, "high": within.high}
    said: dict[str, Value] = {
        name: Percent(end) if ratio else end for name, end in ends.items() if end is not None
    }
    if len(said) == 2:
        return Sentence(BETWEEN, said)
    return Sentence(FROM if "low" in said else UP_TO if said else ANYTHING, said)


def _points_required(criteria: Criteria) -> Iterator[Complaint]:
    """What a grade asks of the points of a section or item, against what these can be."""
    spans = dict(_spans(criteria))
    for i, band in enumerate(criteria.grades.bands if criteria.grades else ()):
        for j, required in enumerate(band.requires):
            span = spans.get(required.points_of or "")
            if span:
                at: At = ("grades", "bands", i, "requires", j)
                points = numbers(span, limits_of(required))
                truths = {required.holds(Found(number)) for number in points}
                said: dict[str, Value] = {"title": required.title, "possible": between(span)}
                yield from _told(at, "requires", required, truths, said)


def _spans(criteria: Criteria) -> Iterator[tuple[str, Reach]]:
    """The points that each section and item can come to."""
    for _, section in placed(criteria):
        penalty = section is criteria.penalties
        ends: list[tuple[str, Exact, Exact]] = [
            (section.id, min(most_of_section(section, criteria), section.points), 0)
        ]
        ends += [(i.id, most_of(i, criteria, penalty), i.floor) for i in section.indicators]
        for name, most, floor in ends:
            yield name, Reach(-most, 0) if penalty else Reach(min(floor, 0), most)
