"""An evaluation → `Results`: every value printed once, in both languages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from branchscore.criteria.model import Criteria, Indicator, Source
from branchscore.evaluation import Evaluation
from branchscore.outputs.results import (
    FORMAT,
    Both,
    Branch,
    Cited,
    Fault,
    Item,
    ItemTerms,
    Place,
    Results,
    SectionTerms,
    Table,
    Test,
)
from branchscore.scoring.scorecard import Line, Scorecard, Tested
from branchscore.selection.ranking import Standing
from branchscore.submission.reading import Submission
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.manual import cause, manual, mend
from branchscore.text.numbers import plain
from branchscore.text.phrase import NEUTRAL, Sentence, Value, shown


def both(value: Value) -> Both:
    if isinstance(value, Sentence):
        zh, en = value.both()
    elif type(value) in NEUTRAL:
        zh = en = shown(value, "zh")
    else:
        zh, en = shown(value, "zh"), shown(value, "en")
    return {"zh": zh, "en": en}


def gather(evaluation: Evaluation, version: str) -> Results:
    """The whole evaluation as plain data."""
    criteria = evaluation.criteria
    return {
        "format": FORMAT,
        "version": version,
        "criteria": _table(criteria),
        "reviewers": list(evaluation.reviewers),
        "branches": [_branch(standing) for standing in evaluation.standings],
        "inputs": [
            {"file": entry.path, "status": entry.status, "sha256": entry.digest}
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
        "quota": criteria.selection.quota,
        "grades": [
            *(both(band.title) for band in criteria.grades.bands),
            both(criteria.grades.otherwise),
        ],
        "fields": {name: both(field.title) for name, field in criteria.fields.items()},
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
            "items": [_terms(criteria, indicator) for indicator in section.indicators],
        }


def _terms(criteria: Criteria, indicator: Indicator) -> ItemTerms:
    return {
        "id": indicator.id,
        "title": both(indicator.title),
        "points": plain(indicator.points),
        "terms": both(indicator.rule.terms(indicator.item(criteria.fields))),
        "source": _cited(criteria, indicator.source) if indicator.source else None,
    }


def _cited(criteria: Criteria, source: Source) -> Cited:
    title = criteria.documents[source.document].title
    return {"document": both(title), "article": source.article, "quote": source.quote}


def _branch(standing: Standing) -> Branch:
    card, submission = standing.card, standing.card.submission
    selfs = submission.self_scores
    return {
        "code": submission.code,
        "name": submission.branch,
        "fictional": submission.fictional,
        "file": submission.path,
        "rank": standing.rank,
        "outcome": standing.outcome.value,
        "grade": both(standing.grade),
        "why": both(standing.why),
        "points": plain(card.low) if card.low == card.high else None,
        "low": plain(card.low),
        "high": plain(card.high),
        "self": plain(sum(selfs.values())) if selfs else None,
        "sections": [
            {
                "id": score.section.id,
                "low": plain(score.low),
                "high": plain(score.high),
                "items": [_item(submission, line) for line in score.lines],
            }
            for score in card.sections
        ],
        "tests": list(_tests(card)),
        "note": submission.note,
    }


def _item(submission: Submission, line: Line) -> Item:
    low, found = plain(line.low), line.found
    fields = found.fields if found else line.unread
    records = dict(found.records) if found else {}
    selfs = submission.self_scores.get(line.indicator.id)
    return {
        "id": line.indicator.id,
        "state": line.state.value,
        "measured": both(found.shown()) if found else None,
        "before": None if line.before is None else plain(line.before),
        "points": low if line.low == line.high else None,
        "low": low,
        "high": plain(line.high),
        "why": _joined(line.why),
        "gain": both(line.gain) if line.gain else None,
        "self": None if selfs is None else plain(selfs),
        "places": _places(submission, fields, records),
    }


def _joined(sentences: tuple[Sentence, ...]) -> Both:
    texts = [sentence.both() for sentence in sentences]
    return {"zh": "，".join([zh for zh, _ in texts]), "en": "; ".join([en for _, en in texts])}


def _places(
    submission: Submission, fields: tuple[str, ...], records: Mapping[str, Sequence[int]]
) -> list[Place]:
    places: list[Place] = []
    for name in dict.fromkeys(fields):
        line, column = submission.places.get(name, (0, 0))
        marks = submission.records.get(name, ())
        places.append(
            {
                "field": name,
                "line": line,
                "column": column,
                "records": [marks[i][0] for i in records.get(name, ())],
            }
        )
    return places


def _tests(card: Scorecard) -> Iterator[Test]:
    kinds: tuple[tuple[Literal["gate", "veto"], tuple[Tested, ...]], ...] = (
        ("gate", card.gates),
        ("veto", card.vetoes),
    )
    for kind, tests in kinds:
        for tested in tests:
            yield {
                "id": tested.test.id,
                "kind": kind,
                "title": both(tested.test.title),
                "holds": tested.holds,
                "why": both(tested.why),
                "places": _places(card.submission, tested.fields, {}),
            }


def _fault(diagnostic: Diagnostic) -> Fault:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "name": manual()[diagnostic.code].name,
        "file": span.path,
        "line": span.line,
        "column": span.column,
        "cause": {"zh": cause(diagnostic, "zh"), "en": cause(diagnostic, "en")},
        "mend": {"zh": mend(diagnostic, "zh"), "en": mend(diagnostic, "en")},
    }
