"""What a branch is asked for: answers that nothing uses, and how much it is in all (基层减负)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import (
    Asked,
    DateField,
    EvidenceField,
    IntegerField,
    ListField,
    TextField,
    TextsField,
)
from branchscore.criteria.measures.base import ListMeasure, MeasureBase, Name
from branchscore.criteria.measures.value import Value
from branchscore.criteria.model import Criteria
from branchscore.criteria.terms import joined
from branchscore.lint.walk import items, measures
from branchscore.text.numbers import Exact, total
from branchscore.text.phrase import Phrase, Sentence

OF_LIST = Phrase("{list}的{names}", "{names} of {list}")
ANSWERS = Phrase("每个支部要填 {answers} 项数据", "answers of each branch: {answers}")
LISTS = Phrase("{lists} 个台账，记录共 {columns} 栏", "lists: {lists}, with columns: {columns}")
PROOFS = Phrase(
    "佐证 {proofs} 处，{proven} 项只计有佐证的",
    "fields of evidence: {proofs}; items that count only what has evidence: {proven}",
)
DECIDED = Phrase(
    "{total} 分中，按填报算出 {machine} 分，由评审组评定 {judged} 分",
    "of {total} points, {machine} by what is answered and {judged} by the panel",
)
MIXED = Phrase("两者都有的 {both} 分", "{both} by both")


def unused(criteria: Criteria) -> Iterator[Complaint]:
    """Fields that nothing reads; where people may read them instead, as a note (L014)."""
    read = _read(criteria)
    for name, field in criteria.fields.items():
        if (name,) not in read:
            code = "L014" if _for_people(field) else "L013"
            yield Complaint(code, ("fields", name), {"names": field.title})
        elif isinstance(field, ListField):
            yield from _inside(name, field, read)


def _inside(name: str, asked: ListField, read: set[Name]) -> Iterator[Complaint]:
    shown: list[str] = []
    for inner, field in asked.fields.items():
        if (name, inner) in read:
            continue
        if _for_people(field):
            shown.append(inner)
        else:
            names = Sentence(OF_LIST, {"list": asked.title, "names": field.title})
            yield Complaint("L013", ("fields", name, "fields", inner), {"names": names})
    if shown:
        titles = tuple(asked.fields[inner].title for inner in shown)
        names = Sentence(OF_LIST, {"list": asked.title, "names": titles})
        yield Complaint("L014", ("fields", name, "fields", shown[0]), {"names": names})


def _asks_proof(measure: MeasureBase) -> bool:
    match measure:
        case ListMeasure():
            return measure.proven
        case Value():
            return measure.proven_by is not None
        case _:
            return False


def _for_people(field: Asked) -> bool:
    """Whether it may well be there for a reviewer to read. A day within the period is checked."""
    dated = isinstance(field, DateField) and field.within == "period"
    return dated or isinstance(field, TextField | TextsField | EvidenceField)


def _read(criteria: Criteria) -> set[Name]:
    """All that is measured, and the fields that something measured may not exceed."""
    read = {name for measure in measures(criteria) for name in measure.reads()}
    limiting: set[Name] = set(_limiting(criteria.fields, {name[0] for name in read}))
    for name, field in criteria.fields.items():
        if isinstance(field, ListField):
            inner = {n[1] for n in read if n[0] == name and len(n) > 1}
            limiting |= {(name, *above) for above in _limiting(field.fields, inner)}
    return read | limiting


def _limiting(fields: Mapping[str, Asked], read: set[str]) -> Iterator[tuple[str]]:
    for name in read:
        field = fields.get(name)
        while isinstance(field, IntegerField) and field.not_above and field.not_above not in read:
            yield (field.not_above,)
            field = fields.get(field.not_above)


class Burden(NamedTuple):
    """How much a table asks of a branch, and how its points are decided: by what was answered,
    by the panel, or by both."""

    answers: int
    lists: int
    columns: int
    proofs: int
    proven: int
    machine: Exact
    judged: Exact
    both: Exact


def burden(criteria: Criteria) -> Burden:
    lists = [f for f in criteria.fields.values() if isinstance(f, ListField)]
    asked = [*criteria.fields.values(), *(f for one in lists for f in one.fields.values())]
    points: dict[bool | None, list[Exact]] = {True: [], False: [], None: []}
    proven = 0
    for at, section, indicator in items(criteria):
        leaves = list(indicator.leaves(section is criteria.penalties))
        kinds = {leaf.measure.kind == "judged" for leaf in leaves}
        if at[0] == "dimensions":
            points[kinds.pop() if len(kinds) == 1 else None].append(indicator.points)
        within = (m for leaf in leaves for m in leaf.measure.within())
        proven += any(_asks_proof(m) for m in within)
    return Burden(
        len(criteria.fields) - len(lists),
        len(lists),
        sum(len(one.fields) for one in lists),
        sum(isinstance(field, EvidenceField) for field in asked),
        proven,
        total(points[False]),
        total(points[True]),
        total(points[None]),
    )


def in_words(asked: Burden) -> Sentence:
    """The closing sentence on a table."""
    values = {**asked._asdict(), "total": total([asked.machine, asked.judged, asked.both])}
    clauses = (
        (ANSWERS, True),
        (LISTS, asked.lists),
        (PROOFS, asked.proofs),
        (DECIDED, True),
        (MIXED, asked.both),
    )
    return joined([Sentence(clause, values) for clause, told in clauses if told])
