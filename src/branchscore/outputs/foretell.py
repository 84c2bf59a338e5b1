"""A pre-check → `PreCheckSaid`: every value printed once, in both languages."""

from collections.abc import Iterator
from typing import Literal

from branchscore.advice.missing import Gap, awaits
from branchscore.advice.plan import Plan
from branchscore.advice.precheck import PreCheck
from branchscore.advice.situation import situation
from branchscore.advice.steps import Option, Step, steps
from branchscore.advice.target import Reach, Target
from branchscore.criteria import secrecy
from branchscore.criteria.indicator import Indicator, Section
from branchscore.criteria.measures import Measure
from branchscore.criteria.model import Criteria
from branchscore.outputs.precheck import (
    FORMAT,
    Doing,
    ItemSaid,
    Kind,
    Missing,
    Named,
    PlanSaid,
    PreCheckSaid,
    ReachSaid,
    SectionSaid,
    StepSaid,
    TargetSaid,
    TestSaid,
)
from branchscore.outputs.wordings import Both, both, written
from branchscore.scoring.scorecard import SectionScore
from branchscore.scoring.testing import Tested
from branchscore.scoring.verdict import Line
from branchscore.submission.reading import Submission
from branchscore.text.numbers import Exact, plain


def told(check: PreCheck) -> PreCheckSaid:
    """The whole pre-check as plain data."""
    criteria, submission, card = check.now.criteria, check.now.submission, check.now.card
    return {
        "format": FORMAT,
        "criteria": {"id": criteria.id, "title": both(criteria.title)},
        "most": plain(criteria.total),
        "file": written(submission.path),
        "code": submission.code,
        "name": submission.branch,
        "fictional": submission.fictional,
        "on": check.now.on.isoformat() if check.now.on else None,
        "low": plain(card.low),
        "high": plain(card.high),
        "open": [{"awaits": list(whom), "points": plain(points)} for whom, points in check.open],
        "tests": [
            *(_test(tested, "gate", check) for tested in card.gates),
            *(_test(tested, "veto", check) for tested in card.vetoes),
        ],
        "sections": [_section(score, criteria) for score in card.sections],
        "missing": [_missing(gap, check) for gap in check.gaps],
        "steps": [_step(step) for step in check.steps],
        "stuck": [_item(line, line.verdict.low < 0) for line in check.stuck],
        "grade": _reach(check.reach, criteria) if check.reach else None,
        "self_scores": [
            {
                **_named(own.line.indicator),
                "own": plain(own.own),
                "low": plain(own.line.verdict.low),
                "high": plain(own.line.verdict.high),
                "kind": own.kind,
                "by": plain(_apart(own.own, own.line)),
                "awaits": list(awaits(own.line)) if own.kind == "open" else [],
                "why": _why(own.line),
            }
            for own in check.selfs
        ],
    }


def _apart(own: Exact, line: Line) -> Exact:
    """How far the branch's own points are from what can be."""
    return max(own - line.verdict.high, line.verdict.low - own, 0)


def _named(indicator: Indicator) -> Named:
    return {"id": indicator.id, "title": both(indicator.title)}


def _doing(option: Option) -> Doing:
    move = option.move
    return {"do": both(move.said), "effort": move.effort, "gain": plain(option.gain)}


def _test(tested: Tested, kind: Literal["gate", "veto"], check: PreCheck) -> TestSaid:
    name = str(getattr(tested.test, "id", ""))
    helping = check.helps.get(name) if kind == "gate" else None
    return {
        "id": name,
        "kind": kind,
        "title": both(tested.test.title),
        "holds": tested.holds,
        "why": both(tested.why),
        "bars": kind == "gate" or getattr(tested.test, "effect", "") == "exclude",
        "help": _doing(helping) if helping else None,
    }


def _section(score: SectionScore, criteria: Criteria) -> SectionSaid:
    section = score.section
    return {
        "id": section.id,
        "kind": _kind(section, criteria),
        "title": both(section.title),
        "points": plain(section.points),
        "low": plain(score.low),
        "high": plain(score.high),
        "items": [_item(line, section is criteria.penalties) for line in score.lines],
        "adjustments": [
            {"why": both(a.why), "low": plain(a.low), "high": plain(a.high)}
            for a in score.adjustments
        ],
    }


def _kind(section: Section, criteria: Criteria) -> Kind:
    if section is criteria.penalties:
        return "penalties"
    return "bonus" if section is criteria.bonus else "dimension"


def _item(line: Line, takes: bool) -> ItemSaid:
    verdict = line.verdict
    return {
        **_named(line.indicator),
        "points": plain(line.indicator.points),
        "low": plain(verdict.low),
        "high": plain(verdict.high),
        "state": verdict.state.value,
        "takes": takes,
        "awaits": list(awaits(line)) if verdict.low != verdict.high else [],
        "why": _why(line),
        "gain": both(verdict.gain) if verdict.gain else None,
    }


def _why(line: Line) -> Both:
    texts = [sentence.both() for sentence in line.verdict.why]
    comma = "；" if line.indicator.parts else "，"
    return {"zh": comma.join(zh for zh, _ in texts), "en": "; ".join(en for _, en in texts)}


def _missing(gap: Gap, check: PreCheck) -> Missing:
    asked = check.now.criteria.fields.get(gap.field)
    return {
        "field": gap.field,
        "inner": gap.inner,
        "title": both(gap.title),
        "list": both(asked.title) if asked and gap.inner else None,
        "lines": list(gap.lines),
        "partial": gap.partial,
        "items": [
            {
                **_named(line.indicator),
                "low": plain(line.verdict.low),
                "high": plain(line.verdict.high),
            }
            for line in gap.items
        ],
        "tests": [
            {"id": str(getattr(t.test, "id", "")), "title": both(t.test.title)} for t in gap.tests
        ],
        "worth": plain(gap.worth),
    }


def steps_said(criteria: Criteria, submission: Submission) -> list[StepSaid]:
    """What would have earned more, the most for the least effort first; nothing that would tell
    secret answers."""
    secret = {
        indicator.id
        for indicator in criteria.indicators()
        if any(secrecy.told(measure, criteria.fields) for measure in _measures(indicator))
    }
    found = steps(situation(criteria, submission))
    return [_step(step) for step in found if step.indicator.id not in secret]


def _measures(indicator: Indicator) -> Iterator[Measure]:
    yield from (leaf.measure for leaf in indicator.leaves(penalty=False))
    yield from (measure for *_, measure in indicator.conditions())


def _step(step: Step) -> StepSaid:
    return {
        "id": step.indicator.id,
        "title": both(step.title),
        "now": step.now,
        "first": _doing(step.options[0]),
        "last": _doing(step.options[-1]),
        "total": plain(step.total),
    }


def _reach(reach: Reach, criteria: Criteria) -> ReachSaid:
    return {
        "sure": both(reach.sure),
        "answered": both(reach.answered),
        "best": both(reach.best),
        "held": [both(sentence) for sentence in reach.held],
        "targets": [_target(target) for target in reach.targets],
        "quota": criteria.selection.quota if criteria.selection else None,
    }


def _target(target: Target) -> TargetSaid:
    return {
        "grade": both(target.band.title),
        "at_least": plain(target.band.at_least),
        "minimum": target.minimum,
        "gap": plain(target.gap),
        "answers": plain(target.answers),
        "rest": plain(target.rest),
        "lacking": [both(sentence) for sentence in target.lacking],
        "shared": target.band.share is not None,
        "now": _plan(target.now),
        "later": _plan(target.later),
    }


def _plan(plan: Plan | None) -> PlanSaid | None:
    if plan is None:
        return None
    return {
        "steps": [
            {"id": step.indicator.id, "title": both(step.title), "step": _doing(option)}
            for step, option in plan.picks
        ],
        "effort": plan.effort,
        "low": plain(plan.low),
    }
