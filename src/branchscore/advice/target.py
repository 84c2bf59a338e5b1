"""The grades within reach, and how far it is to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from branchscore.advice.missing import ANSWERS, awaits
from branchscore.advice.plan import Plan, cheapest
from branchscore.advice.situation import Situation
from branchscore.advice.steps import Step
from branchscore.criteria.outcome import GradeBand
from branchscore.scoring.scorecard import Scorecard
from branchscore.scoring.verdict import Line
from branchscore.selection.grading import Grade, Ladder
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence


@dataclass(frozen=True, slots=True)
class Target:
    """A grade above the one that is sure.

    minimum  whether it is the least grade for a title
    gap      the points that are lacking, 0 where points are not what is lacking
    answers  the most that answers which are missing can add; `rest`: the panel, and the
             comparison with others, beside them
    lacking  what else the grade requires and is not met, or not known
    now      the plan of what can still be done; `later`: one that needs what can be done only
             in another year. None where no plan of steps that are known leads there
    """

    band: GradeBand
    minimum: bool
    gap: Exact
    answers: Exact
    rest: Exact
    lacking: tuple[Sentence, ...]
    now: Plan | None
    later: Plan | None


@dataclass(frozen=True, slots=True)
class Reach:
    """The grade that is sure, that with the best answers to all that is missing, and that if the
    panel gives everything and the comparison with others ends as well as it can; what holds the
    grade below its points; and what comes next. None of the grades where there are none."""

    sure: Phrase
    answered: Phrase
    best: Phrase
    held: tuple[Sentence, ...]
    targets: tuple[Target, ...]


def at_best(now: Situation, lines: Iterable[Line]) -> Scorecard:
    """The card if these items came to all they can."""
    best = {
        x.indicator.id: x._replace(verdict=replace(x.verdict, low=x.verdict.high)) for x in lines
    }
    return now.scorer.with_lines(now.card, best)


def reach(now: Situation, steps: Sequence[Step]) -> Reach | None:
    if now.criteria.grades is None:
        return None
    ladder, card = Ladder(now.criteria), now.card
    lines = [x for s in card.sections for x in s.lines if x.verdict.low != x.verdict.high]
    waiting = [x for x in lines if ANSWERS in awaits(x)]
    sure, most = ladder.grade(card), at_best(now, waiting)
    answered = ladder.grade(most)
    return Reach(
        ladder.title(sure.worst),
        ladder.title(answered.worst),
        ladder.title(sure.best),
        sure.why,
        tuple(_targets(now, ladder, sure, most.low, steps)),
    )


def _targets(
    now: Situation, ladder: Ladder, sure: Grade, answered: Exact, steps: Sequence[Step]
) -> Iterable[Target]:
    minimum = now.criteria.selection.minimum if now.criteria.selection else None
    places = {ladder.places[minimum]} if minimum else set()
    for place in sorted({*places, sure.worst - 1}, reverse=True):
        if 0 <= place < sure.worst and place < len(ladder.bands):
            yield _target(now, ladder.bands[place], place in places, answered, steps)


def _target(
    now: Situation, band: GradeBand, minimum: bool, answered: Exact, steps: Sequence[Step]
) -> Target:
    gap = max(band.at_least - now.card.low, 0)
    required = now.card.required.get(band.id, ())
    lacking = tuple(tested.why for tested in required if not tested.holds)
    soon = later = None
    if gap:

        def enough(card: Scorecard) -> bool:
            return card.low >= band.at_least

        possible = [step for step in steps if step.now or now.on]
        soon = cheapest(possible, gap, enough, now)
        later = None if soon or now.on else cheapest(steps, gap, enough, now)
    answers, rest = answered - now.card.low, now.card.high - answered
    return Target(band, minimum, gap, answers, rest, lacking, soon, later)
