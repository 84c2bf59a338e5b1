"""What may be published of an evaluation, as a type of its own.

The writers of what is meant for everybody (the ranking as a table, certificates, notices) take
these and never `Results`: what is internal is not there to be shown, and asking for it is an
error of types. It is made in this module only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from branchscore.criteria.fields import Asked, ListField, TextField, options_of
from branchscore.criteria.secrecy import told
from branchscore.evaluation import Evaluation
from branchscore.outputs.papers import PublicPapers, papers_of
from branchscore.outputs.wordings import Both, both
from branchscore.scoring.scorecard import Scorecard
from branchscore.selection.standing import Standing
from branchscore.text.numbers import plain
from branchscore.text.personal import NUMBERS, initials, masked
from branchscore.text.phrase import Phrase, Sentence, Value

UNTOLD = Phrase("不公开的条件", "a condition that is not shown")
YES, NO = Phrase("是", "yes"), Phrase("否", "no")


@dataclass(frozen=True, slots=True)
class PublicColumn:
    """A section or an item of the table: what its points are of."""

    id: str
    title: Both


@dataclass(frozen=True, slots=True)
class PublicBranch:
    """What everybody may know of a branch. `sections` and `items` are the certain points, in
    the order of the columns; `answers` are those to the fields that are public."""

    code: str
    name: str
    fictional: bool
    rank: int | None
    outcome: str
    grade: Both
    why: Both
    low: str
    high: str
    sections: tuple[str, ...]
    items: tuple[str, ...]
    answers: tuple[Both, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody may know of an evaluation; `fields` are the titles of what is answered,
    `papers` is what the criteria say of official documents."""

    criteria: str
    title: Both
    sections: tuple[PublicColumn, ...]
    items: tuple[PublicColumn, ...]
    fields: tuple[Both, ...]
    branches: tuple[PublicBranch, ...]
    papers: PublicPapers


def published(evaluation: Evaluation) -> Published:
    """The part of an evaluation that is public."""
    criteria = evaluation.criteria
    fields = {name: asked for name, asked in criteria.fields.items() if _shown(asked)}
    return Published(
        criteria.id,
        both(criteria.title),
        tuple(PublicColumn(s.id, both(s.title)) for s in criteria.sections()),
        tuple(PublicColumn(i.id, both(i.title)) for s in criteria.sections() for i in s.indicators),
        tuple(both(asked.title) for asked in fields.values()),
        tuple(_branch(standing, criteria.fields, fields) for standing in evaluation.standings),
        papers_of(criteria),
    )


def _shown(asked: Asked) -> bool:
    return asked.personal == "public" and not isinstance(asked, ListField)


def _branch(
    standing: Standing, fields: Mapping[str, Asked], shown: Mapping[str, Asked]
) -> PublicBranch:
    card, submission = standing.card, standing.card.submission
    lines = [line for score in card.sections for line in score.lines]
    return PublicBranch(
        submission.code,
        submission.branch,
        submission.fictional,
        standing.rank,
        standing.outcome.value,
        both(standing.grade),
        both(_without(standing.why, dict(_internal(card, fields)))),
        plain(card.low),
        plain(card.high),
        tuple(plain(score.low) for score in card.sections),
        tuple(plain(line.verdict.low) for line in lines),
        tuple(both(_answer(submission.answers.get(n), asked)) for n, asked in shown.items()),
    )


def _internal(card: Scorecard, fields: Mapping[str, Asked]) -> Iterator[tuple[int, Phrase]]:
    """The sentences that tell answers which are not public, with what may be said instead."""
    required = (tested for several in card.required.values() for tested in several)
    for tested in (*card.gates, *card.vetoes, *required):
        test = tested.test
        if test.measure and told(test.measure, fields):
            yield from ((id(said), UNTOLD) for said in (tested.why, test.title))
        elif not all(_public(fields[name]) for name in tested.fields):
            yield id(tested.why), test.title


def _public(asked: Asked) -> bool:
    inner = asked.fields.values() if isinstance(asked, ListField) else ()
    return all(one.personal == "public" for one in (asked, *inner))


def _without(value: Value, internal: Mapping[int, Phrase]) -> Value:
    """A sentence with what is internal replaced, however deep it stands in it."""
    if id(value) in internal:
        return internal[id(value)]
    if isinstance(value, str):
        return masked(value, NUMBERS)
    if isinstance(value, Sentence):
        values = {name: _without(part, internal) for name, part in value.values.items()}
        return Sentence(value.wording, values)
    if isinstance(value, tuple) and not isinstance(value, Phrase):
        return tuple(_without(part, internal) for part in value)
    return value


def _answer(value: Any, asked: Asked) -> Value:
    """An answer as it is read; free text without personal data, names by their initials."""
    options = options_of(asked) or {}
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case str() if isinstance(asked, TextField) and asked.names:
            return initials(masked(value))
        case str():
            return options.get(value) or masked(value)
        case tuple():
            return tuple(_answer(part, asked) for part in value)
        case dict():
            return tuple(f"{masked(name)} {plain(number)}" for name, number in value.items())
        case _:
            return value  # type: ignore[no-any-return]
