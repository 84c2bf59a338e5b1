"""A campaign scored with what reviewers struck, and beside that as it was handed in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from branchscore.criteria.found import Judgements
from branchscore.criteria.secrecy import told
from branchscore.review.strike import Strike, struck, touched, what
from branchscore.scoring.cohort import Figures
from branchscore.scoring.panel import levelled
from branchscore.scoring.scorecard import Scorecard, Scorer
from branchscore.scoring.verdict import Line, State
from branchscore.submission.reading import Submission
from branchscore.text.phrase import Phrase, Sentence, Value

STRUCK = Phrase("{reviewer}核减{what}：{reason}", "{reviewer} struck {what}: {reason}")
HIDDEN = Phrase("{reviewer}有核减", "{reviewer} struck something")
Effects = Sequence[tuple[Strike, Mapping[str, Line]]]
"""Strikes, each with the lines of the branch as they would be if there were only that one."""


class Raised(NamedTuple):
    """A strike after which an item has more points than before."""

    strike: Strike
    before: Line
    after: Line


class Scored(NamedTuple):
    """The scorecards in the order of the submissions, and the strikes that raised something."""

    cards: list[Scorecard]
    raised: list[Raised]


def score_reviewed(
    scorer: Scorer,
    submissions: Sequence[Submission],
    judgements: Mapping[str, Judgements],
    strikes: Mapping[str, Sequence[Strike]],
) -> Scored:
    """The scorecards of a whole campaign."""
    before = scorer.score_all(submissions, judgements)
    if not strikes:
        return Scored(before, [])
    fields = scorer.criteria.fields
    after = scorer.score_all(
        [struck(one, strikes.get(one.code, ()), fields) for one in submissions], judgements
    )
    given = levelled(scorer.criteria, judgements)
    cohort = scorer.cohort([(one, given.get(one.code, {})) for one in submissions])
    cards: list[Scorecard] = []
    raised: list[Raised] = []
    for old, new in zip(before, after, strict=True):
        code = old.submission.code
        mine = strikes.get(code, ())
        effects = list(_effects(scorer, old, mine, given.get(code, {}), cohort))
        cards.append(_beside(scorer, old, new, effects))
        raised += _raised(old, effects)
    return Scored(cards, raised)


def _effects(
    scorer: Scorer,
    old: Scorecard,
    strikes: Sequence[Strike],
    given: Judgements,
    cohort: Figures,
) -> Iterator[tuple[Strike, Mapping[str, Line]]]:
    for strike in strikes:
        alone = struck(old.submission, [strike], scorer.criteria.fields)
        yield strike, _lines(scorer.score(alone, given, cohort))


def _beside(scorer: Scorer, old: Scorecard, new: Scorecard, effects: Effects) -> Scorecard:
    earlier = _lines(old)
    lines = {
        name: _struck(scorer, line, earlier[name], old.submission, effects)
        for name, line in _lines(new).items()
        if effects and line.verdict != earlier[name].verdict
    }
    return replace(scorer.with_lines(new, lines) if lines else new, unstruck=old)


def _lines(card: Scorecard) -> dict[str, Line]:
    return {line.indicator.id: line for score in card.sections for line in score.lines}


def _struck(scorer: Scorer, line: Line, earlier: Line, one: Submission, effects: Effects) -> Line:
    """The line with a sentence for each strike that changed it."""
    fields, read = scorer.criteria.fields, {*line.fields, *earlier.fields}
    name, verdict, before = line.indicator.id, line.verdict, earlier.verdict
    touching = [strike for strike, _ in effects if touched(strike, one, fields) & read]
    alone = [strike for strike, lines in effects if lines[name].verdict != before]
    mine = alone or touching
    if not mine:
        return line
    secret = any(told(leaf.measure, fields) for leaf in line.indicator.leaves(False))
    why = (*verdict.why, *(said(strike, one, secret=secret) for strike in mine))
    changed = (verdict.low, verdict.high) != (before.low, before.high)
    state = State.STRUCK if changed and verdict.low == verdict.high else verdict.state
    return line._replace(verdict=replace(verdict, state=state, why=why))


def said(strike: Strike, one: Submission, *, secret: bool) -> Sentence:
    """Who struck what and why; `secret`: of an item that would tell what nobody is shown."""
    if secret or strike.secret:
        return Sentence(HIDDEN, {"reviewer": strike.reviewer})
    values: dict[str, Value] = {"reviewer": strike.reviewer, "reason": strike.reason}
    return Sentence(STRUCK, {**values, "what": what(strike, one)})


def _raised(old: Scorecard, effects: Effects) -> Iterator[Raised]:
    earlier = _lines(old)
    for strike, lines in effects:
        for name, line in lines.items():
            if line.verdict.low > earlier[name].verdict.low:
                yield Raised(strike, earlier[name], line)
