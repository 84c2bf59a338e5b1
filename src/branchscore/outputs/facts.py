"""`facts.json`: what scoring read, so that a run can be scored again without its YAML.

Internal: answers stand in it that no page shows. What no measure reads is left out; texts are
replaced by numbers that tell only which of a branch's texts are equal.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json
from typing_extensions import TypedDict

from branchscore.criteria.fields import (
    Asked,
    EvidenceField,
    FiguresField,
    ListField,
    TextField,
    TextsField,
)
from branchscore.criteria.found import Judgement, Marks
from branchscore.criteria.model import Criteria
from branchscore.evaluation import Evaluation
from branchscore.outputs.held import NAMES, dotted, named, worded
from branchscore.outputs.opened import FACTS, run_in, unchanged
from branchscore.outputs.stored import unusable
from branchscore.outputs.wordings import Both, both
from branchscore.review.decision import Decision
from branchscore.review.strike import Strike
from branchscore.submission.reading import Submission
from branchscore.text.numbers import plain
from branchscore.text.phrase import Phrase

FORMAT: Literal["branchscore-facts/1"] = "branchscore-facts/1"
Written: TypeAlias = "str | list[Written] | dict[str, Written]"
DAMAGED = Phrase("内容已损坏", "it is damaged")
NONE = Phrase(
    "没有 {path}：它由输出 json 的评估写出", "there is no {path}: runs with json output have it"
)


class MarkHeld(TypedDict):
    """One judgement: points or a level as text, or votes by level."""

    reviewer: str
    origin: str
    value: str | dict[str, int]


class StrikeHeld(TypedDict):
    """One strike; `record` counts from 0. A secret one is without its reason."""

    reviewer: str
    reason: str
    list: str | None
    record: int | None
    field: str | None
    to: str | None
    without: list[str]
    evidence: str | None


class BranchHeld(TypedDict):
    """What is known of one branch; answers are written as in a submission."""

    code: str
    fictional: bool
    partial: list[str]
    self_scores: dict[str, str]
    answers: dict[str, Any]
    marks: dict[str, list[MarkHeld]]
    strikes: list[StrikeHeld]


class DecisionHeld(TypedDict):
    """What the commission or a public draw decided; `votes` in favour, against, abstained."""

    among: list[str]
    named: list[str]
    by: Both
    day: str
    reason: str
    seed: str | None
    votes: list[int] | None


class Facts(TypedDict):
    """`criteria` is the file with all that it extends; `held` are the fields whose answers stand
    here, `verbatim` those of their texts that are not replaced by numbers."""

    format: Literal["branchscore-facts/1"]
    criteria: dict[str, Any]
    held: list[str]
    verbatim: list[str]
    branches: list[BranchHeld]
    decisions: list[DecisionHeld]


ADAPTER: TypeAdapter[Facts] = TypeAdapter(Facts)


def facts_of(evaluation: Evaluation) -> Facts:
    """What the evaluation was scored from. The same inputs give the same, in one order."""
    criteria = evaluation.criteria
    strikes = evaluation.reviews.strikes
    held = named(criteria) | {
        name
        for several in strikes.values()
        for strike in several
        if (name := _lowered(strike, criteria)) is not None
    }
    keeper = _Keeper(criteria, held)
    cards = [standing.card.unstruck or standing.card for standing in evaluation.standings]
    return {
        "format": FORMAT,
        "criteria": evaluation.document.root,
        "held": sorted(map(dotted, keeper.held)),
        "verbatim": sorted(map(dotted, keeper.verbatim)),
        "branches": [
            keeper.branch(one, evaluation.reviews.judgements.get(one.code, {}), strikes)
            for one in sorted((card.submission for card in cards), key=lambda one: one.code)
        ],
        "decisions": [_decision(one) for one in evaluation.decisions],
    }


def encoded(facts: Facts) -> bytes:
    return to_json(facts, indent=1) + b"\n"


def facts_in(run: Path) -> Facts:
    """The facts of a run, named by its folder or its `results.json`. Raises `Faulty` (L024)."""
    path = (run.parent if run.suffix == ".json" else run_in(run)) / FACTS
    if not path.is_file():
        raise unusable(path, Phrase(*(text.format(path=path) for text in NONE)))
    unchanged(path)
    try:
        return ADAPTER.validate_python(json.loads(path.read_bytes()), strict=True)
    except (OSError, ValueError, ValidationError):
        raise unusable(path, DAMAGED) from None


def _lowered(strike: Strike, criteria: Criteria) -> tuple[str, str] | None:
    """A field that is struck in the records of a list that something reads."""
    if strike.list is None or strike.name is None or strike.secret:
        return None
    return (strike.list, strike.name) if (strike.list,) in named(criteria) else None


class _Keeper:
    """Writes what is held of each branch."""

    def __init__(self, criteria: Criteria, held: frozenset[NAMES] | set[NAMES]) -> None:
        self.fields, self.verbatim = criteria.fields, frozenset(worded(criteria))
        self.held = frozenset(held | set(_proofs(criteria.fields, held)))

    def branch(
        self,
        one: Submission,
        given: Mapping[str, Judgement | Marks],
        strikes: Mapping[str, tuple[Strike, ...]],
    ) -> BranchHeld:
        texts: dict[str, str] = {}
        answers = {
            name: self._answer((name,), field, one.answers[name], texts)
            for name, field in self.fields.items()
            if (name,) in self.held and name in one.answers
        }
        return {
            "code": one.code,
            "fictional": one.fictional,
            "partial": sorted(one.partial & answers.keys()),
            "self_scores": {name: plain(one.self_scores[name]) for name in sorted(one.self_scores)},
            "answers": answers,
            "marks": {name: [_mark(mark) for mark in _each(given[name])] for name in sorted(given)},
            "strikes": [
                _strike(strike) for strike in strikes.get(one.code, ()) if self._effective(strike)
            ],
        }

    def _effective(self, strike: Strike) -> bool:
        """Whether it takes away anything that is held."""
        if strike.evidence is not None:
            return True
        at = (strike.list, strike.name) if strike.list else (strike.name,)
        return tuple(step for step in at if step is not None) in self.held

    def _answer(self, at: NAMES, field: Asked, value: Any, texts: dict[str, str]) -> Written:
        if isinstance(field, ListField):
            return [
                {
                    name: self._answer((*at, name), inner, record[name], texts)
                    for name, inner in field.fields.items()
                    if (*at, name) in self.held and record.get(name) is not None
                }
                for record in value
            ]
        if isinstance(field, TextField | TextsField) and at not in self.verbatim:
            if isinstance(value, str):
                return _numbered(value, texts)
            return [_numbered(text, texts) for text in value]
        if isinstance(field, FiguresField):
            hidden = field.personal == "secret"
            return {
                _numbered(key, texts) if hidden else key: plain(number)
                for key, number in value.items()
            }
        return _written(value)


def _proofs(fields: Mapping[str, Asked], held: set[NAMES] | frozenset[NAMES]) -> Iterator[NAMES]:
    """Numbers of evidence, which strikes may be about, in what is held anyway."""
    for name, field in fields.items():
        if isinstance(field, EvidenceField):
            yield (name,)
        elif isinstance(field, ListField) and (name,) in held:
            for inner, asked in field.fields.items():
                if isinstance(asked, EvidenceField):
                    yield name, inner


def _numbered(text: str, texts: dict[str, str]) -> str:
    return texts.setdefault(text, f"t{len(texts) + 1}")


def _written(value: Any) -> Written:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case str():
            return value
        case tuple() | list():
            return [_written(part) for part in value]
        case _:
            return plain(value)


def _each(given: Judgement | Marks) -> tuple[Judgement, ...]:
    return given.given if isinstance(given, Marks) else (given,)


def _mark(one: Judgement) -> MarkHeld:
    match one.value:
        case tuple() as votes:
            value: str | dict[str, int] = dict(votes)
        case str() as level:
            value = level
        case points:
            value = plain(points)
    return {"reviewer": one.reviewer, "origin": one.origin, "value": value}


def _decision(one: Decision) -> DecisionHeld:
    return {
        "among": sorted(one.among),
        "named": sorted(one.named),
        "by": both(one.by),
        "day": one.day.isoformat(),
        "reason": one.reason,
        "seed": one.seed,
        "votes": None if one.votes is None else list(one.votes),
    }


def _strike(strike: Strike) -> StrikeHeld:
    to = strike.to
    return {
        "reviewer": strike.reviewer,
        "reason": "" if strike.secret else strike.reason,
        "list": strike.list,
        "record": strike.record,
        "field": strike.name,
        "to": None if to is None else "false" if to is False else plain(to),
        "without": list(strike.without),
        "evidence": strike.evidence,
    }
