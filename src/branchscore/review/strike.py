"""核减: what a reviewer takes out of a submission. It only ever lowers what was stated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import Field as Key

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    DecimalField,
    ElementsField,
    EvidenceField,
    IntegerField,
    ListField,
    TextsField,
)
from branchscore.submission.reading import Submission
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.numbers import Exact, parse_decimal
from branchscore.text.personal import masked
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Code, Line, Name, Whole
from branchscore.text.source import Document
from branchscore.text.typing import Strict

At = tuple[str | int, ...]
RECORD = Phrase("“{title}”第 {n} 条", "record {n} of “{title}”")
PROOF = Phrase("佐证 {id}", "evidence {id}")
LOWERED = Phrase("{what}由 {before} 改为 {after}", "{what} from {before} to {after}")
WITHOUT = Phrase("{what}中的{names}", "{names} of {what}")
QUOTED = Phrase("“{title}”", "“{title}”")
INSIDE = Phrase("{record}的“{title}”", "“{title}” in {record}")
SECRET = Phrase("一处不公开的填报内容", "an answer that is not shown")
YES, NO = Phrase("是", "yes"), Phrase("否", "no")


class StrikeEntry(Strict):
    """一处核减及其理由：去掉一条台账，改小一个数，把“是”改为否，去掉清单里的几样，或使一件佐证不作数。

    One thing that is struck, and why: a record, part of a number, a yes, elements, or a proof.
    """

    list: Name | None = None
    """哪份台账，写代号或名称 · which list, by id or title"""
    record: Whole | None = Key(default=None, ge=1)
    """第几条，从 1 数起 · which record, counted from 1"""
    field: Name | None = None
    """哪个数、哪个是否、哪份清单 · which number, yes or no, or elements"""
    to: Line | None = None
    """改为多少，或 false · what it is lowered to, or false"""
    without: tuple[Name, ...] = ()
    """去掉清单里的哪几样 · the elements that are taken out"""
    evidence: Code | None = None
    """哪件佐证不作数 · which proof counts for nothing"""
    reason: Line
    """理由 · the reason"""


@dataclass(frozen=True, slots=True)
class Strike:
    """A strike that the table understands. `record` counts from 0; `asked` is what is lowered, in a
    record of the list `held` where there is one; `document` and `at` say where it was written."""

    reviewer: str
    reason: str
    list: str | None
    held: Asked | None
    record: int | None
    name: str | None
    asked: Asked | None
    to: Exact | bool | None
    without: tuple[str, ...]
    evidence: str | None
    document: Document = field(repr=False, compare=False)
    at: At

    def fault(self, code: str, key: str, **values: Any) -> Diagnostic:
        return self.document.diagnose(code, (*self.at, key), **values)

    def gains(self, item: str, before: Exact, after: Exact) -> Diagnostic:
        """A warning: so the branch has more points than before."""
        return self.document.diagnose("R014", self.at, got=item, before=before, after=after)

    @property
    def secret(self) -> bool:
        """Whether it is about an answer that nobody is shown."""
        return any(f is not None and f.personal == "secret" for f in (self.held, self.asked))


def resolved(
    entry: StrikeEntry, fields: Mapping[str, Asked], document: Document, at: At, reviewer: str
) -> Strike | Diagnostic:
    """The strike, or why the table does not understand it."""

    def fault(code: str, key: str, **values: Any) -> Diagnostic:
        return document.diagnose(code, (*at, key), **values)

    if not _whole(entry):
        return document.diagnose("R010", at)
    own, name, beside, holder = entry.list, entry.field, fields, None
    if own is not None:
        lists = {n: f for n, f in fields.items() if isinstance(f, ListField | TextsField)}
        own = _named(own, lists)
        if own is None:
            return fault("R013", "list", got=str(entry.list), known=_titles(lists))
        holder = lists[own]
        beside = holder.fields if isinstance(holder, ListField) else {}
    asked: Asked | None = None
    to: Exact | bool | None = None
    if name is not None:
        sort = ElementsField if entry.without else (IntegerField, DecimalField, BooleanField)
        fitting = {n: f for n, f in beside.items() if isinstance(f, sort)}
        name = _named(name, fitting)
        if name is None:
            return fault("R013", "field", got=str(entry.field), known=_titles(fitting))
        asked = fitting[name]
    without = tuple(_element(word, asked) for word in entry.without)
    if entry.to is not None and asked is not None:
        lowered = _lowered(entry.to, asked)
        if isinstance(lowered, str):
            return fault(lowered, "to", got=entry.to, near="")
        to = lowered
    record = None if entry.record is None else entry.record - 1
    reason = masked(entry.reason)
    proof = entry.evidence
    return Strike(
        reviewer, reason, own, holder, record, name, asked, to, without, proof, document, at
    )


def _whole(entry: StrikeEntry) -> bool:
    """Whether it says exactly one thing to be done."""
    lowers = (entry.to is not None) + bool(entry.without)
    if entry.evidence is not None:
        return entry.list is None and entry.record is None and entry.field is None and not lowers
    if (entry.list is None) != (entry.record is None):
        return False
    return lowers == (entry.field is not None) and (entry.list or entry.field) is not None


def _named(word: str, fields: Mapping[str, Asked]) -> str | None:
    """The id of a field that is called by its id or title."""
    if word in fields:
        return word
    return next((n for n, f in fields.items() if word in f.title), None)


def _titles(fields: Mapping[str, Asked]) -> tuple[Value, ...]:
    return tuple(f.title for f in fields.values())


def _element(word: str, asked: Asked | None) -> str:
    elements = asked.elements if isinstance(asked, ElementsField) else {}
    return next((name for name, title in elements.items() if word in title), word)


def _lowered(text: str, asked: Asked) -> Exact | bool | str:
    """What an answer becomes; a code where that cannot be one."""
    if isinstance(asked, BooleanField):
        return False if text in ("false", "否") else "T007"
    number = parse_decimal(text)
    if number is None:
        return "T004"
    return "T005" if isinstance(asked, IntegerField) and number.denominator != 1 else number


def unfit(strike: Strike, one: Submission) -> Diagnostic | None:
    """Why there is nothing to strike in this submission, or what would be raised."""
    if strike.evidence is not None:
        if any(entry.get("id") == strike.evidence for entry in one.evidence):
            return None
        what: Value = Sentence(PROOF, {"id": strike.evidence})
        return strike.fault("R012", "evidence", got=what)
    answers: Mapping[str, Any] = one.answers
    if strike.list is not None and strike.record is not None:
        records = answers.get(strike.list) or ()
        if strike.record >= len(records):
            return strike.fault("R012", "record", got=_record(strike))
        answers = records[strike.record] if strike.name else {}
    return _not_lowered(strike, answers) if strike.name and strike.asked else None


def _not_lowered(strike: Strike, answers: Mapping[str, Any]) -> Diagnostic | None:
    stated = answers.get(strike.name or "")
    title: Value = strike.asked.title if strike.asked else ""
    if stated is None or stated is False:
        return strike.fault("R012", "field", got=Sentence(QUOTED, {"title": title}))
    if strike.without:
        lacking = [word for word in strike.without if word not in stated]
        if lacking:
            words = strike.asked.elements if isinstance(strike.asked, ElementsField) else {}
            lack = Sentence(QUOTED, {"title": words.get(lacking[0], lacking[0])})
            return strike.fault("R012", "without", got=lack)
        return None
    if strike.to is not None and strike.to is not False and not 0 <= strike.to < stated:
        told = "***" if strike.secret else stated
        return strike.fault("R011", "to", stated=told, got=strike.to)
    return None


def struck(one: Submission, strikes: Iterable[Strike], fields: Mapping[str, Asked]) -> Submission:
    """The submission without what is struck. All strikes count records as they were handed in,
    and of several that lower one answer the lowest holds: their order changes nothing."""
    answers = {name: _copied(value) for name, value in one.answers.items()}
    gone: dict[str, set[int]] = {}
    proofs = set[str]()
    for strike in strikes:
        if strike.evidence is not None:
            proofs.add(strike.evidence)
        elif strike.name is None and strike.list is not None and strike.record is not None:
            gone.setdefault(strike.list, set()).add(strike.record)
        else:
            _lower(strike, answers)
    records = dict(one.records)
    for name, indices in gone.items():
        kept = [i for i in range(len(answers[name])) if i not in indices]
        answers[name] = type(one.answers[name])(answers[name][i] for i in kept)
        if name in records:
            records[name] = [records[name][i] for i in kept]
    if proofs:
        answers = {n: _unproven(value, fields.get(n), proofs) for n, value in answers.items()}
    return replace(one, answers=answers, records=records)


def _copied(value: Any) -> Any:
    """An answer whose records can be changed."""
    return [dict(r) if isinstance(r, dict) else r for r in value] if _listed(value) else value


def _listed(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(record, dict) for record in value)


def _lower(strike: Strike, answers: dict[str, Any]) -> None:
    held, name = answers, strike.name or ""
    if strike.list is not None and strike.record is not None:
        held = answers[strike.list][strike.record]
    if strike.without:
        held[name] = tuple(word for word in held[name] if word not in strike.without)
    elif strike.to is not None:
        held[name] = min(held[name], strike.to)


def _unproven(value: Any, asked: Asked | None, proofs: set[str]) -> Any:
    """An answer without references to these proofs."""
    if isinstance(asked, EvidenceField):
        return tuple(proof for proof in value if proof not in proofs)
    if isinstance(asked, ListField):
        return [
            {name: _unproven(v, asked.fields.get(name), proofs) for name, v in record.items()}
            for record in value
        ]
    return value


def touched(strike: Strike, one: Submission, fields: Mapping[str, Asked]) -> frozenset[str]:
    """The fields of the submission that a strike changes."""
    if strike.evidence is None:
        return frozenset({strike.list or strike.name or ""})
    proofs = {strike.evidence}
    return frozenset(
        name
        for name, value in one.answers.items()
        if _unproven(value, fields.get(name), proofs) != value
    )


def what(strike: Strike, one: Submission) -> Value:
    """What is struck, in words that give no secret away."""
    if strike.evidence is not None:
        return Sentence(PROOF, {"id": strike.evidence})
    if strike.secret:
        return SECRET
    if strike.asked is None:
        return _record(strike)
    held, title = one.answers, strike.asked.title
    place = Sentence(QUOTED, {"title": title})
    if strike.list is not None and strike.record is not None:
        held = one.answers[strike.list][strike.record]
        place = Sentence(INSIDE, {"record": _record(strike), "title": title})
    if isinstance(strike.asked, ElementsField):
        names = tuple(strike.asked.elements[word] for word in strike.without)
        return Sentence(WITHOUT, {"what": place, "names": names})
    before, after = held[strike.name or ""], strike.to
    values = {"what": place, "before": _shown(before), "after": _shown(after)}
    return Sentence(LOWERED, values)


def _record(strike: Strike) -> Sentence:
    title: Value = strike.held.title if strike.held else ""
    return Sentence(RECORD, {"title": title, "n": (strike.record or 0) + 1})


def _shown(value: Any) -> Value:
    if isinstance(value, bool):
        return YES if value else NO
    return value  # type: ignore[no-any-return]
