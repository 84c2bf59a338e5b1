"""What the cases of a criteria file reach, and what none of them does."""

from collections.abc import Iterable, Iterator

from branchscore.criteria.check import placed
from branchscore.criteria.found import Facts, Found
from branchscore.criteria.indicator import Assessed, Indicator, Leaf, Section
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.all_or_nothing import AllOrNothing
from branchscore.criteria.rules.bands import Bands
from branchscore.criteria.rules.levels import Levels
from branchscore.criteria.rules.marginal import Marginal
from branchscore.criteria.rules.places import Places
from branchscore.criteria.rules.tiers import Tiers
from branchscore.scoring.scorecard import Scorecard, SectionScore
from branchscore.selection.grading import Ladder
from branchscore.text.numbers import Exact, total
from branchscore.trial.model import Case, Table
from branchscore.trial.protection import concerns
from branchscore.trial.reading import OWN
from branchscore.trial.running import Result, run
from branchscore.trial.spots import Spot, assessed, spots
from branchscore.trial.tree import At

Reached = tuple[At, str]


def unreached(table: Table, cases: Iterable[Case]) -> list[Spot]:
    """What no case reaches and holds the result of, by place; of what lies in a line, a part or a
    variant that is not reached at all nothing is said."""
    reached = {
        spot for case in cases for spot in _reached(table, case) if concerns(table, spot[0], case)
    }
    missed = [spot for spot in spots(table.criteria) if (spot.at, spot.tag) not in reached]
    out = {spot.at for spot in missed if not spot.tag}
    told = [s for s in missed if not any(s.at[:end] in out for end in range(1, len(s.at)))]
    return sorted(told, key=lambda spot: table.document.span(spot.at))


def _reached(table: Table, case: Case) -> Iterator[Reached]:
    """Where the branch of a case comes by."""
    criteria, result = table.criteria, run(table, case)
    facts = _facts(table, case)
    for at, section in placed(criteria):
        for i, indicator in enumerate(section.indicators):
            takes = section is criteria.penalties
            for under, tag in _indicator(indicator, facts, takes):
                yield (*at, "indicators", i, *under), tag
    for (at, section), score in zip(placed(criteria), result.card.sections, strict=True):
        yield from _capped(section, score, at)
    points = total(score.low for score in result.card.sections)
    if criteria.at_most is not None and points > criteria.at_most:
        yield ("at_most",), ""
    yield from _tested(criteria, result.card)
    if case.named & {"grade", "outcome"}:
        yield from _graded(criteria, result)


def _facts(table: Table, case: Case) -> Facts:
    scorer = table.scorer
    several = [(s, case.judgements.get(s.code, {})) for s in case.branches]
    return scorer.facts(case.branches[0], case.judgements[OWN], scorer.cohort(several))


def _indicator(indicator: Indicator, facts: Facts, takes: bool) -> Iterator[Reached]:
    leaves = {leaf.at: leaf for leaf in indicator.leaves(takes)}
    for under, one in assessed(indicator):
        if one.applies:
            found = one.applies.measure.measure(facts, one.id)
            holds = one.applies.holds(found) if isinstance(found, Found) else None
            if holds is not None:
                yield (*under, "applies"), str(holds).lower()
            if not holds:
                yield from [(under, "")] if holds is False else []
                if under:
                    continue
                return
        place = _variant(one, facts) if one.variants else ()
        leaf = None if place is None else leaves.get((*under, *place))
        if leaf:
            yield from _leaf(leaf, facts, under, indicator)


def _variant(one: Assessed, facts: Facts) -> At | None:
    """The variant that is of this branch; None where none is, or it is not known."""
    for i, variant in enumerate(one.variants):
        found = variant.when.measure.measure(facts, one.id) if variant.when else None
        if variant.when and not isinstance(found, Found):
            return None
        if not (variant.when and isinstance(found, Found)) or variant.when.holds(found):
            return "variants", i
    return None


def _leaf(leaf: Leaf, facts: Facts, under: At, indicator: Indicator) -> Iterator[Reached]:
    found = leaf.measure.measure(facts, leaf.id)
    if not isinstance(found, Found) or found.at_least:
        return
    if indicator.parts:
        yield (), ""
    yield under, ""
    yield leaf.at, ""
    for tag, keys in _outcomes(leaf, found):
        yield (*leaf.at, "rule", *keys), tag


def _outcomes(leaf: Leaf, found: Found) -> Iterator[tuple[str, At]]:
    """Which of the outcomes of its rule a finding has."""
    match leaf.rule:
        case AllOrNothing() as rule:
            yield str(bool(rule.holds(found))).lower(), ()
        case Bands(bands=bands):
            ends = [band.at_least for band in bands]
            place = sum(1 for end in ends if found.number < end)
            yield str(place), ("bands", place) if place < len(ends) else ("otherwise",)
        case Marginal(segments=segments):
            starts: list[Exact] = [0, *[segment.up_to or 0 for segment in segments[:-1]]]
            for i, start in enumerate(starts):
                if found.number > start:
                    yield str(i), ("segments", i)
        case Places(points=points):
            place = min(int(found.number) - 1, len(points))
            yield str(place), ("points", place) if place < len(points) else ("otherwise",)
        case Levels():
            yield str(found.value), ("points", str(found.value))
        case Tiers():
            words = found.value if isinstance(found.value, tuple) else ()
            yield from ((word, ("points", word)) for word in words)


def _capped(section: Section, score: SectionScore, at: At) -> Iterator[Reached]:
    points = {line.indicator.id: line.verdict.low for line in score.lines}
    for i, cap in enumerate(section.caps):
        if total(points[name] for name in cap.items) > cap.points:
            yield (*at, "caps", i), ""
    gained = total([*points.values(), *(adjustment.low for adjustment in score.adjustments)])
    if max(gained, -gained) > section.points:
        yield (*at, "points"), ""


def _tested(criteria: Criteria, card: Scorecard) -> Iterator[Reached]:
    held: list[tuple[At, bool | None]] = []
    held += [(("gates", i), tested.holds) for i, tested in enumerate(card.gates)]
    held += [(("vetoes", i), tested.holds) for i, tested in enumerate(card.vetoes)]
    for i, band in enumerate(criteria.grades.bands if criteria.grades else ()):
        required = enumerate(card.required.get(band.id, ()))
        held += [(("grades", "bands", i, "requires", j), tested.holds) for j, tested in required]
    yield from ((at, str(holds).lower()) for at, holds in held if holds is not None)


def _graded(criteria: Criteria, result: Result) -> Iterator[Reached]:
    """The step of the ladder that the branch stands on, where that is decided."""
    ladder = Ladder(criteria)
    for place in range(len(ladder.bands) + 1):
        if result.standing and result.standing.grade == ladder.title(place):
            below = place == len(ladder.bands)
            yield ("grades", "otherwise") if below else ("grades", "bands", place), ""
