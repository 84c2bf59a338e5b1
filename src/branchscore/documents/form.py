"""The application and approval form (呈报表) of one branch, filled from its submission.

It goes from the branch to those above it: what is secret and numbers of persons stay out, names
of people are whole. What was not answered is left blank, to be written by hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from branchscore.criteria.fields import (
    Asked,
    EvidenceField,
    ListField,
    TextField,
    TextsField,
    options_of,
)
from branchscore.criteria.model import Criteria
from branchscore.documents.document import dated
from branchscore.submission.reading import Submission
from branchscore.text.numbers import is_unlimited, plain, total
from branchscore.text.personal import masked

HIDDEN = "（不公开）"
LEFT_TO_US = "（由审核单位填写）"
SHORT = 14
"""Characters that fit half a row."""
RECORDS = 20
"""Records of a list that are written out."""
ABOVE = "上级党组织"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and what was answered; `paragraphs` are numbered where there are several."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def long(self) -> bool:
        return len(self.paragraphs) > 1 or any(len(p) > SHORT for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class SelfScore:
    """An item, what it is worth, and what the branch gave itself; empty where it gave nothing."""

    title: str
    points: str
    scored: str


@dataclass(frozen=True, slots=True)
class ApprovalForm:
    """All that the form says."""

    title: str
    branch: str
    code: str
    above: str
    entries: tuple[Entry, ...]
    deeds: tuple[Entry, ...]
    scores: tuple[SelfScore, ...]
    total: str
    opinions: tuple[str, ...]
    fictional: bool


def form(criteria: Criteria, submission: Submission) -> ApprovalForm:
    """The form of one branch; what is asked of the panel or an office is not in it."""
    award = criteria.award
    entries = tuple(_entries(criteria.fields, submission.answers))
    above = next((e for e in entries if e.title.startswith(ABOVE)), Entry(ABOVE, ()))
    told = [(e, criteria.fields[n]) for n, e in zip(criteria.fields, entries, strict=True)]
    deeds = tuple(
        e
        for n, (e, asked) in zip(criteria.fields, told, strict=True)
        if _is_deed(asked) and n in submission.answers and LEFT_TO_US not in asked.title.zh
    )
    given = submission.self_scores
    return ApprovalForm(
        f"{award.title.zh if award else criteria.title.zh}呈报表",
        submission.branch,
        submission.code,
        "".join(above.paragraphs),
        tuple(e for e, asked in told if e is not above and not _is_deed(asked)),
        deeds,
        tuple(
            SelfScore(
                f"{item.id} {item.title.zh}",
                "不限" if is_unlimited(item.points) else plain(item.points),
                plain(given[item.id]) if item.id in given else "",
            )
            for item in criteria.indicators()
        ),
        plain(_own_total(criteria, submission)) if given else "",
        ("上级党组织意见", "审核单位意见", "审批机关意见"),
        submission.fictional,
    )


def _own_total(criteria: Criteria, submission: Submission) -> Any:
    lost = {i.id for i in criteria.penalties.indicators} if criteria.penalties else set()
    return total(-n if item in lost else n for item, n in submission.self_scores.items())


def _is_deed(asked: Asked) -> bool:
    """What is told at length: ledgers, and texts of more than a line."""
    free = isinstance(asked, TextField) and not asked.one_line and not asked.names
    return free or isinstance(asked, ListField | TextsField)


def _entries(fields: Mapping[str, Asked], answers: Mapping[str, Any]) -> Iterator[Entry]:
    for name, asked in fields.items():
        title = asked.title.zh
        if LEFT_TO_US in title:
            yield Entry(title.replace(LEFT_TO_US, ""), ())
        elif name not in answers:
            yield Entry(title, ())
        elif asked.personal == "secret":
            yield Entry(title, (HIDDEN,))
        elif isinstance(asked, ListField):
            yield _ledger(title, answers[name], asked)
        elif isinstance(asked, TextsField):
            yield Entry(title, tuple(map(masked, answers[name])))
        else:
            yield Entry(title, (_said(answers[name], asked),))


def _ledger(title: str, records: Sequence[Mapping[str, Any]], asked: ListField) -> Entry:
    """The first records of a list; where a part of them is secret, only how many there are."""
    if any(inner.personal == "secret" for inner in asked.fields.values()):
        return Entry(f"{title}（共{len(records)}条）", ())
    first = f"，列前{RECORDS}条" if len(records) > RECORDS else ""
    told = (_record(record, asked) for record in records[:RECORDS])
    return Entry(f"{title}（共{len(records)}条{first}）", tuple(told))


def _record(record: Mapping[str, Any], asked: ListField) -> str:
    parts = (
        _said(record[name], inner)
        for name, inner in asked.fields.items()
        if name in record and not isinstance(inner, EvidenceField)
    )
    return "，".join(part for part in parts if part)


def _said(answer: Any, asked: Asked) -> str:
    options = options_of(asked) or {}
    match answer:
        case bool():
            return "是" if answer else "否"
        case date():
            return dated(answer)
        case str():
            return options[answer].zh if answer in options else masked(answer)
        case tuple():
            return "、".join(_said(part, asked) for part in answer)
        case Mapping():
            return "、".join(f"{masked(name)}{plain(n)}" for name, n in answer.items())
        case _:
            unit = getattr(asked, "unit", None)
            return plain(answer) + (unit.zh if unit else "")
