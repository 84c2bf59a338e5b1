"""An evaluation → `Results`: every value printed once, in both languages."""

from collections.abc import Iterator
from typing import Literal

from branchscore.criteria.indicator import Indicator
from branchscore.criteria.method import method
from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import Source
from branchscore.criteria.secrecy import keys
from branchscore.criteria.terms import in_words
from branchscore.evaluation import Evaluation, no_collector
from branchscore.outputs.changes import Side
from branchscore.outputs.decisions import decisions_said, questions_said
from branchscore.outputs.instead import Instead
from branchscore.outputs.ledger import Ledgers
from branchscore.outputs.places import places
from branchscore.outputs.quality import groups_said, states_said
from branchscore.outputs.results import (
    FORMAT,
    Branch,
    Cited,
    Fault,
    Item,
    ItemTerms,
    Results,
    Said,
    SectionTerms,
    Table,
    Test,
)
from branchscore.outputs.reviewed import Reviewed, totals
from branchscore.outputs.safety import panel_said, safety_said
from branchscore.outputs.spread import spread_said
from branchscore.outputs.wordings import Both, both, written
from branchscore.scoring.scorecard import Scorecard
from branchscore.scoring.testing import Tested
from branchscore.scoring.verdict import Line, Verdict
from branchscore.selection.standing import Standing
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.manual import cause, manual, mend
from branchscore.text.numbers import plain


class _Sayer:
    """Says each verdict once, however many branches it was passed on. The verdicts are kept
    while it lives, so that their ids stay theirs."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[Verdict, Said]] = {}

    def say(self, line: Line) -> Said:
        known = self.known.get(id(line.verdict))
        if known is None:
            known = self.known[id(line.verdict)] = (line.verdict, _said(line))
        return known[1]


def gather(evaluation: Evaluation, version: str, instead: Instead | None = None) -> Results:
    """The whole evaluation as plain data; `instead` is the earlier run that it is instead of."""
    with no_collector():
        results = _gathered(evaluation, version)
        if instead is not None:
            results["instead_of"] = instead.said
            results["changes"] = instead.changes(results)
        return results


def side(evaluation: Evaluation, name: str) -> Side:
    """An evaluation to be compared, without what is not."""
    sayer, ledgers = _Sayer(), Ledgers(evaluation)
    reviewed = Reviewed(evaluation.criteria, evaluation.reviews)
    branches = [_branch(s, sayer, ledgers, reviewed) for s in evaluation.standings]
    return Side(name, _table(evaluation.criteria), branches, ())


def _gathered(evaluation: Evaluation, version: str) -> Results:
    criteria, sayer, ledgers = evaluation.criteria, _Sayer(), Ledgers(evaluation)
    reviewed = Reviewed(criteria, evaluation.reviews)
    return {
        "format": FORMAT,
        "version": version,
        "criteria": _table(criteria),
        "reviewers": list(evaluation.reviewers),
        "instead_of": None,
        "changes": [],
        "branches": [_branch(s, sayer, ledgers, reviewed) for s in evaluation.standings],
        "evidence": ledgers.repeats(),
        "panel": panel_said(evaluation),
        "safety": safety_said(evaluation),
        "decisions": decisions_said(evaluation),
        "questions": questions_said(evaluation),
        "spread": spread_said(evaluation),
        "groups": groups_said(evaluation),
        "states": states_said(evaluation),
        "inputs": [
            {
                "file": written(entry.path),
                "status": entry.status,
                "why": list(entry.why),
                "sha256": entry.digest,
            }
            for entry in evaluation.inputs
        ],
        "faults": [_fault(diagnostic) for diagnostic in evaluation.diagnostics],
    }


def _table(criteria: Criteria) -> Table:
    return {
        "id": criteria.id,
        "title": both(criteria.title),
        "year": criteria.year,
        "batch": both(criteria.batch),
        "first_day": criteria.period.first.isoformat(),
        "last_day": criteria.period.last.isoformat(),
        "issuers": [both(issuer) for issuer in criteria.issuers],
        "legal_basis": [_cited(criteria, source) for source in criteria.legal_basis],
        "note": both(criteria.note) if criteria.note else None,
        "total": plain(criteria.total),
        "decimals": criteria.rounding.decimals,
        "rounding": criteria.rounding.rule,
        "rounded_at": criteria.rounding.at,
        "quota": criteria.selection.quota if criteria.selection else None,
        "minimum": _minimum(criteria),
        "grades": _grades(criteria),
        "method": [
            {"title": both(clause.title), "said": [both(sentence) for sentence in clause.said]}
            for clause in method(criteria)
        ],
        "fields": {name: both(field.title) for name, field in criteria.fields.items()},
        "secret": [list(name) for name in keys(criteria.fields, secret=True)],
        "sections": list(_sections(criteria)),
    }


def _sections(criteria: Criteria) -> Iterator[SectionTerms]:
    kinds: dict[int, Literal["bonus", "penalties"]] = {
        id(criteria.bonus): "bonus",
        id(criteria.penalties): "penalties",
    }
    for section in criteria.sections():
        yield {
            "id": section.id,
            "kind": kinds.get(id(section), "dimension"),
            "title": both(section.title),
            "points": plain(section.points),
            "items": [
                _terms(criteria, indicator, section is criteria.penalties)
                for indicator in section.indicators
            ],
        }


def _grades(criteria: Criteria) -> list[Both]:
    if criteria.grades is None:
        return []
    return [*(both(b.title) for b in criteria.grades.bands), both(criteria.grades.otherwise)]


def _minimum(criteria: Criteria) -> Both | None:
    name = criteria.selection.minimum if criteria.selection else None
    bands = criteria.grades.bands if criteria.grades else ()
    return next((both(band.title) for band in bands if band.id == name), None)


def _terms(criteria: Criteria, indicator: Indicator, takes: bool) -> ItemTerms:
    return {
        "id": indicator.id,
        "title": both(indicator.title),
        "points": plain(indicator.points),
        "terms": both(in_words(indicator, criteria.fields, takes)),
        "source": _cited(criteria, indicator.source) if indicator.source else None,
    }


def _cited(criteria: Criteria, source: Source) -> Cited:
    title = criteria.documents[source.document].title
    return {"document": both(title), "article": source.article, "quote": source.quote}


def _branch(standing: Standing, sayer: _Sayer, ledgers: Ledgers, reviewed: Reviewed) -> Branch:
    card, submission = standing.card, standing.card.submission
    selfs, computed = submission.self_scores, reviewed.computed(card)

    def item(line: Line) -> Item:
        name, said = line.indicator.id, sayer.say(line)
        own = submission.self_scores.get(name)
        return {
            "id": name,
            **said,
            "self": None if own is None else plain(own),
            "computed": computed.get(name),
            "marks": reviewed.marks(submission.code, line.indicator),
            "places": places(submission, line.fields, line.records),
        }

    return {
        "code": submission.code,
        "name": submission.branch,
        "fictional": submission.fictional,
        "file": written(submission.path),
        "rank": standing.rank,
        "outcome": standing.outcome.value,
        "grade": both(standing.grade),
        "why": both(standing.why),
        "points": plain(card.low) if card.low == card.high else None,
        "low": plain(card.low),
        "high": plain(card.high),
        "computed": totals(card),
        "self": plain(sum(selfs.values())) if selfs else None,
        "sections": [
            {
                "id": score.section.id,
                "low": plain(score.low),
                "high": plain(score.high),
                "items": [item(line) for line in score.lines],
                "adjustments": [
                    {"why": both(a.why), "low": plain(a.low), "high": plain(a.high)}
                    for a in score.adjustments
                ],
            }
            for score in card.sections
        ],
        "tests": list(_tests(card)),
        "evidence": list(ledgers.of(submission)),
        "strikes": list(reviewed.strikes(card)),
        "comments": reviewed.comments(submission.code),
        "recused": reviewed.recused(submission.code),
        "note": submission.note,
    }


def _said(line: Line) -> Said:
    verdict = line.verdict
    low = plain(verdict.low)
    texts = [sentence.both() for sentence in verdict.why]
    comma = "；" if line.indicator.parts else "，"
    return {
        "state": verdict.state.value,
        "before": None if verdict.before is None else plain(verdict.before),
        "points": low if verdict.low == verdict.high else None,
        "low": low,
        "high": plain(verdict.high),
        "why": {
            "zh": comma.join([zh for zh, _ in texts]),
            "en": "; ".join([en for _, en in texts]),
        },
        "gain": both(verdict.gain) if verdict.gain else None,
        "measured": None if verdict.measured is None else both(verdict.measured),
    }


def _tests(card: Scorecard) -> Iterator[Test]:
    kinds: tuple[tuple[Literal["gate", "veto"], tuple[Tested, ...]], ...] = (
        ("gate", card.gates),
        ("veto", card.vetoes),
    )
    for kind, tests in kinds:
        for tested in tests:
            yield {
                "id": getattr(tested.test, "id", ""),
                "kind": kind,
                "title": both(tested.test.title),
                "holds": tested.holds,
                "why": both(tested.why),
                "places": places(card.submission, tested.fields, ()),
            }


def _fault(diagnostic: Diagnostic) -> Fault:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "name": manual()[diagnostic.code].name,
        "severity": manual()[diagnostic.code].severity,
        "file": written(span.path),
        "line": span.line,
        "column": span.column,
        "cause": {"zh": cause(diagnostic, "zh"), "en": cause(diagnostic, "en")},
        "mend": {"zh": mend(diagnostic, "zh"), "en": mend(diagnostic, "en")},
    }
