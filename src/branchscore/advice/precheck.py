"""What a branch wants to know of its own submission before it hands it in.

Nothing of other branches is in it, and nothing that the panel has judged: what depends on
them is open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from branchscore.advice.change import Changes
from branchscore.advice.missing import Gap, awaits, gaps
from branchscore.advice.situation import Situation, situation
from branchscore.advice.steps import Option, Step, searched, steps
from branchscore.advice.target import Reach, at_best, reach
from branchscore.advice.ways import ways
from branchscore.criteria.model import Criteria
from branchscore.scoring.testing import Tested, Tester
from branchscore.scoring.verdict import Line
from branchscore.submission.reading import Submission
from branchscore.text.numbers import Exact


@dataclass(frozen=True, slots=True)
class SelfScored:
    """An item that the branch scored itself: `open` while the computed points may still become
    the branch's."""

    line: Line
    own: Exact
    kind: Literal["same", "less", "more", "open"]


@dataclass(frozen=True, slots=True)
class PreCheck:
    """open    what is not decided, by whom it waits for, and what it can add to the total
    helps   per failed gate, the least that would meet it, where that can be told
    steps   the smallest improvements, the best first; `stuck` are the items that lost points
            and for which no step can be told
    """

    now: Situation
    open: tuple[tuple[tuple[str, ...], Exact], ...]
    helps: dict[str, Option]
    gaps: tuple[Gap, ...]
    steps: tuple[Step, ...]
    stuck: tuple[Line, ...]
    reach: Reach | None
    selfs: tuple[SelfScored, ...]


def precheck(criteria: Criteria, submission: Submission, on: date | None = None) -> PreCheck:
    """All of it for one sound submission; `on` is the day on which it is asked, if that is within
    the period. Without it the period counts as over."""
    now = situation(criteria, submission, on)
    found = steps(now)
    return PreCheck(
        now,
        tuple(_open(now)),
        dict(_helps(now)),
        tuple(gaps(now)),
        tuple(found),
        tuple(_stuck(now, found)),
        reach(now, found),
        tuple(_selfs(now)),
    )


def lines(now: Situation) -> Iterator[Line]:
    for score in now.card.sections:
        yield from score.lines


def _open(now: Situation) -> Iterator[tuple[tuple[str, ...], Exact]]:
    waiting: dict[tuple[str, ...], list[Line]] = {}
    for line in lines(now):
        if line.verdict.low != line.verdict.high:
            waiting.setdefault(tuple(sorted(awaits(line))), []).append(line)
    for whom, several in waiting.items():
        yield whom, at_best(now, several).low - now.card.low


def _helps(now: Situation) -> Iterator[tuple[str, Option]]:
    for tester, tested in zip(now.scorer.gates, now.card.gates, strict=True):
        if tested.holds is False:
            helping = [options[0] for options in _meeting(tester, now) if options]
            if helping:
                best = min(helping, key=lambda option: option.move.effort)
                yield getattr(tested.test, "id", ""), best


def _meeting(tester: Tester, now: Situation) -> Iterator[tuple[Option, ...]]:
    def gain(changes: Changes) -> Exact:
        held: Tested = tester.held(now.facts_after(changes))
        return int(held.holds is True)

    for way in ways(tester.measure, now):
        yield searched(way, gain, 1)


def _stuck(now: Situation, found: list[Step]) -> Iterator[Line]:
    """Items below their points for which there is no step, and nothing that is still open."""
    helped = {step.indicator.id for step in found}
    for payer, line in zip(now.payers(), lines(now), strict=True):
        most = 0 if payer.penalty else payer.indicator.points
        decided = line.verdict.low == line.verdict.high
        if decided and line.verdict.high < most and line.indicator.id not in helped:
            yield line


def _selfs(now: Situation) -> Iterator[SelfScored]:
    for payer, line in zip(now.payers(), lines(now), strict=True):
        own = now.submission.self_scores.get(line.indicator.id)
        if own is None:
            continue
        # Among the penalties a branch writes how much is taken off.
        own = -own if payer.penalty else own
        low, high = line.verdict.low, line.verdict.high
        if low == high == own:
            yield SelfScored(line, own, "same")
        elif low <= own <= high:
            yield SelfScored(line, own, "open")
        else:
            yield SelfScored(line, own, "less" if high < own else "more")
