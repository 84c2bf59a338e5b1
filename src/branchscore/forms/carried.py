"""What still holds of last year's submission, for this year's form.

Carried over is only what the table says is lasting, and only where it would be accepted this
year; everything else is named with the reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from branchscore.criteria.fields import Asked, EvidenceField, ListField, options_of
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.submission.blanks import answered
from branchscore.submission.form import Form
from branchscore.submission.titles import in_ids
from branchscore.text.diagnostics import Faulty
from branchscore.text.manual import manual
from branchscore.text.phrase import Phrase, Sentence
from branchscore.text.source import Document, Map, Seq
from branchscore.text.typing import shapeless, typed

UNKNOWN = Phrase("今年的评分表不问", "is not asked this year")
MISFIT = Phrase("今年不能这样填（{why}）", "would not be accepted this year ({why})")
SAID = Phrase("“{title}”{why}", "“{title}” {why}")


@dataclass(frozen=True, slots=True)
class Carried:
    """`code` and `branch` as they were, empty where they were not stated; `answers` that were
    taken over, as text by id, and the same `typed`; `yearly` are titles of what is of its year
    and has to be stated anew; `left` says what else was not taken over, and why."""

    code: str
    branch: str
    answers: Mapping[str, Any]
    typed: Mapping[str, Any]
    yearly: tuple[Phrase, ...]
    left: tuple[Sentence, ...]


def carried(document: Document, form: Form, earlier: Form | None = None) -> Carried:
    """Last year's answers, for the form of this year's table; `earlier` is that of the table
    they were written for, where it is known. Raises `Faulty` for what is no submission."""
    if not isinstance(document.root, Map):
        raise Faulty([shapeless(document, (), "mapping", document.root)])
    for one in (earlier, form):
        if one:
            document, _ = in_ids(document, one.titles)
            document, _ = answered(document, one)
    root: Map = document.root
    answers, values, left = dict[str, Any](), dict[str, Any](), list[Sentence]()
    asked, fields = earlier.criteria.fields if earlier else {}, form.criteria.fields
    yearly = list[Phrase]()
    root = _by_id(root, asked)
    document = replace(document, root=root)
    for name in root:
        if name not in FRAME_TITLES:
            title = asked[name].title if name in asked else root.written(name)
            if name in fields and not fields[name].lasting:
                yearly.append(fields[name].title)
                continue
            left += _carry(document, name, title, form, answers, values)
    named = {name: root.get(name) for name in ("code", "branch")}
    code, branch = (text if isinstance(text, str) else "" for text in named.values())
    return Carried(code, branch, answers, values, tuple(yearly), tuple(left))


def _by_id(node: Map, asked: Mapping[str, Asked]) -> Map:
    """With options by id: this year they may be worded differently."""
    made = node.bare()
    made.marks = node.marks
    for name, value in node.items():
        field = asked.get(name)
        ids = {title.zh: one for one, title in (options_of(field) or {}).items()}
        if isinstance(value, Seq):
            inner = field.fields if isinstance(field, ListField) else {}
            listed = Seq()
            listed.marks = value.marks
            listed += [_by_id(v, inner) if isinstance(v, Map) else ids.get(v, v) for v in value]
            made[name] = listed
        else:
            made[name] = ids.get(value, value) if isinstance(value, str) else value
    return made


def _carry(
    document: Document,
    name: str,
    title: str | Phrase,
    form: Form,
    answers: dict[str, Any],
    values: dict[str, Any],
) -> Iterator[Sentence]:
    """Take one answer over, or say why not."""
    field = form.criteria.fields.get(name)
    if field is None:
        yield Sentence(SAID, {"title": title, "why": UNKNOWN})
        return
    alone = _alone(document.root, name, field)
    adapter = form.adapter(frozenset(), framed=False)
    try:
        accepted: dict[str, Any] = typed(adapter, replace(document, root=alone), form.keys)
    except Faulty as error:
        first = error.diagnostics[0]
        why = Sentence(manual()[first.code].cause, first.values)
        yield Sentence(SAID, {"title": field.title, "why": Sentence(MISFIT, {"why": why})})
        return
    values |= accepted
    answers[name] = alone[name]


def _alone(root: Map, name: str, field: object) -> Map:
    """One answer by itself. Evidence was numbered for last year's ledger, so records lose it."""
    alone = root.bare()
    alone[name] = root[name]
    alone.marks += root.places(name)
    if isinstance(field, ListField) and isinstance(root[name], Seq):
        proofs = {n for n, inner in field.fields.items() if isinstance(inner, EvidenceField)}
        kept = Seq()
        kept.marks = root[name].marks
        kept.extend(_without(record, proofs) for record in root[name])
        alone[name] = kept
    return alone


def _without(record: Any, names: set[str]) -> Any:
    if not isinstance(record, Map) or not names & record.keys():
        return record
    made = record.bare()
    for key, value in record.items():
        if key not in names:
            made[key] = value
            made.marks += record.places(key)
    return made
