"""What is not answered, and what each answer could add."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from branchscore.advice.situation import Situation
from branchscore.criteria.fields import EvidenceField, ListField
from branchscore.criteria.indicator import Indicator
from branchscore.criteria.measures.base import ListMeasure, MeasureBase
from branchscore.criteria.measures.self_score import SelfScore
from branchscore.scoring import words
from branchscore.scoring.paying import IndicatorPayer
from branchscore.scoring.testing import Tested
from branchscore.scoring.verdict import Line
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase

SELF = "self_scores"
PANEL, PEERS, ANSWERS = "panel", "peers", "answers"
AWAITED = {
    words.PENDING: PANEL,
    words.AWAITS_PEERS: PEERS,
    words.NOT_STATED: ANSWERS,
    words.INCOMPLETE: ANSWERS,
    words.AT_LEAST: ANSWERS,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that is not answered (`lines` empty), or in some records (their lines) of a list
    that is not; or a list that is said not to be whole (`partial`).

    items  the items that are open for it, each with what it is sure of and what it can still be
    tests  the gates and vetoes that are open for it
    worth  the most that it can add to the total
    """

    field: str
    inner: str | None
    title: Phrase
    lines: tuple[int, ...]
    partial: bool
    items: tuple[Line, ...]
    tests: tuple[Tested, ...]
    worth: Exact


def awaits(line: Line) -> tuple[str, ...]:
    """For whom an open item waits: the panel, the other branches' figures, answers."""
    found = (AWAITED.get(sentence.wording) for sentence in line.verdict.why)
    return tuple(dict.fromkeys(one for one in found if one))


def gaps(now: Situation) -> list[Gap]:
    """All that is not answered, what is worth most first; what changes nothing last."""
    made: dict[tuple[str, str | None], list[Line]] = {}
    rows: dict[tuple[str, str | None], set[int]] = {}
    lines = {line.indicator.id: line for s in now.card.sections for line in s.lines}
    for payer in now.payers():
        line = lines[payer.indicator.id]
        if line.verdict.low == line.verdict.high or ANSWERS not in awaits(line):
            continue
        for name, inner, numbers in _lacking(payer, line, now):
            made.setdefault((name, inner), []).append(line)
            rows.setdefault((name, inner), set()).update(numbers)
    tests = [t for t in (*now.card.gates, *now.card.vetoes) if t.holds is None]
    for name in (name for test in tests for name in test.fields):
        made.setdefault((name, None), [])
    for name, field in now.criteria.fields.items():
        # Proofs that are lacking are steps.
        if name not in now.facts.values and not isinstance(field, EvidenceField):
            made.setdefault((name, None), [])
    found = [
        _gap(name, inner, items, sorted(rows.get((name, inner), ())), tests, now)
        for (name, inner), items in made.items()
    ]
    return sorted(found, key=lambda gap: (-gap.worth, not gap.tests))


def _gap(
    name: str,
    inner: str | None,
    items: list[Line],
    numbers: list[int],
    tests: Iterable[Tested],
    now: Situation,
) -> Gap:
    asked = now.criteria.fields.get(name)
    title = words.SELF_SCORE if asked is None else asked.title
    if inner is not None and isinstance(asked, ListField):
        title = asked.fields[inner].title
    held = now.facts.values.get(name)
    partial = held is not None and inner is None and name in now.facts.partial
    several = {x.indicator.id: x for x in items}
    best = {
        key: x._replace(verdict=replace(x.verdict, low=x.verdict.high))
        for key, x in several.items()
    }
    worth = now.scorer.with_lines(now.card, best).low - now.card.low
    open_tests = tuple(test for test in tests if name in test.fields and inner is None)
    return Gap(
        name, inner, title, tuple(numbers), partial, tuple(several.values()), open_tests, worth
    )


def _lacking(
    payer: IndicatorPayer, line: Line, now: Situation
) -> Iterator[tuple[str, str | None, Iterable[int]]]:
    """What an open item still reads: fields, and fields in the records of a list."""
    held = now.facts.values
    measures = list(_measures(payer.indicator, payer.penalty))
    names = [*line.fields]
    if not any(a.variants for a in (payer.indicator, *payer.indicator.parts)):
        names += [name for m in measures for name, *inner in m.reads() if not inner]
    for name in dict.fromkeys(names):
        if name not in held or name in now.facts.partial:
            yield name, None, ()
    for measure in measures:
        for one in measure.within():
            if isinstance(one, SelfScore) and not _self_scored(one, now):
                yield SELF, None, ()
            if isinstance(one, ListMeasure) and one.list in line.fields:
                yield from _in_records(one, now)


def _self_scored(measure: SelfScore, now: Situation) -> bool:
    given = now.submission.self_scores
    return bool(given) if measure.item is None else measure.item in given


def _measures(indicator: Indicator, penalty: bool) -> Iterator[MeasureBase]:
    for leaf in indicator.leaves(penalty):
        yield leaf.measure
    for _, _, measure in indicator.conditions():
        yield measure


def _in_records(
    measure: ListMeasure, now: Situation
) -> Iterator[tuple[str, str | None, Iterable[int]]]:
    """Fields that records lack and that decide whether, or as what, they count."""
    asked = now.criteria.fields[measure.list]
    if measure.list in now.facts.partial or not isinstance(asked, ListField):
        return
    inside = [*measure.where.fields(), *measure.inner()]
    marks = now.submission.records.get(measure.list, ())
    for i, record in enumerate(now.facts.values.get(measure.list, ())):
        if measure.where.holds(record, now.facts) is False:
            continue
        for name in dict.fromkeys(inside):
            if record.get(name) is None and name in asked.fields:
                yield measure.list, name, (marks[i].line + 1,)
