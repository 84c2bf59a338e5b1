"""What deserves a look in a submission that can be taken: warnings, and lists run together."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from branchscore.criteria.fields import Asked, ListField, TextField, TextsField
from branchscore.submission.form import Form
from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.oddities import oddities
from branchscore.text.source import Document, diagnostic
from branchscore.text.tree import first
from branchscore.text.twins import folded

Doubt = Callable[[], Diagnostic]
At = tuple[str | int, ...]
EARLIEST = date(1900, 1, 1)
AFTER = timedelta(days=366)
COMMENT = re.compile(r"[ \t]+(#.*)")
SEVERAL = re.compile("[、，；]")
OWN = frozenset(
    {"total", "total_score", "score", "final_score", "points", "rank", "grade", "bonus", "result"}
    | {"总分", "得分", "总得分", "合计", "合计得分", "最终得分", "名次", "排名", "等次", "加分"}
)


def doubts(document: Document, values: Mapping[str, Any], form: Form) -> list[Diagnostic]:
    """The warnings, and the faults of lists in one line."""
    return [*document.remarks, *first(_doubts(document, values, form), document.path)]


def _doubts(document: Document, values: Mapping[str, Any], form: Form) -> Iterator[Doubt]:
    yield from oddities(document)
    yield from _entered_twice(document, values.get("evidence", ()))
    fields = form.criteria.fields
    for name, field in fields.items():
        if isinstance(field, TextsField) and name in values:
            yield from _listed(document, name, values[name])
    yield from _days(document, values, form)
    if b" #" in document.raw or b"\t#" in document.raw:
        ends = tuple(_before_comments(document.raw.decode("utf-8-sig", "replace")))
        for at, text in _free(values, fields) if ends else ():
            if text.endswith(ends) and (cut := _cut(document, at)):
                yield partial(diagnostic, document.raw, "Y039", cut[0], what=cut[1])


def _before_comments(text: str) -> Iterator[str]:
    """The last word before each comment that stands behind something."""
    text = text.replace("\r", "\n")
    for sign in (" #", "\t#"):
        at = text.find(sign)
        while at >= 0:
            words = text[text.rfind("\n", 0, at) + 1 : at].split()
            if words and words[0][0] != "#":
                yield words[-1]
            end = text.find("\n", at)
            at = text.find(sign, end) if end >= 0 else -1


def own_totals(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What a submission says of its own points is told as that, not as a misspelt key."""
    told = [(fault, fault.code == "T001" and fault.values["got"] in OWN) for fault in faults]
    return [replace(fault, code="S060") if own else fault for fault, own in told]


def _entered_twice(document: Document, ledger: Iterable[Mapping[str, Any]]) -> Iterator[Doubt]:
    seen: dict[str, int] = {}
    for i, entry in enumerate(ledger):
        if "file" in entry:
            earlier = seen.setdefault(folded(entry["file"]), i)
            if earlier != i:
                line = document.span(("evidence", earlier, "file")).line
                at = ("evidence", i, "file")
                values = {"got": entry["file"], "first": line}
                yield partial(document.diagnose, "S062", at, **values)


def _listed(document: Document, name: str, texts: tuple[str, ...]) -> Iterator[Doubt]:
    """Several texts that became one, and one that is given twice."""
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        at = (name, i)
        earlier = seen.setdefault(text, i)
        if earlier != i:
            line = document.span((name, earlier)).line
            yield partial(document.diagnose, "Y043", at, got=text, first=line)
        hit = SEVERAL.search(text)
        if not hit or _quoted(document, at):
            continue
        if hit[0] != "、" and _bracketed(document, name):
            yield partial(document.diagnose, "Y031", at, what=hit[0])
        elif len(texts) == 1:
            yield partial(document.diagnose, "Y040", at, what=hit[0])


def _sign(document: Document, at: At) -> str:
    span = document.span(at)
    return document.lines[span.line - 1][span.column - 1 : span.column]


def _bracketed(document: Document, name: str) -> bool:
    return _sign(document, (name,)) == "["


def _quoted(document: Document, at: At) -> bool:
    return _sign(document, at) in ("'", '"')


def _days(document: Document, values: Mapping[str, Any], form: Form) -> Iterator[Doubt]:
    start, last = form.criteria.days
    latest = last + AFTER

    def look(found: Any, at: At) -> Iterator[Doubt]:
        if isinstance(found, date) and not EARLIEST <= found <= latest:
            yield partial(document.diagnose, "S061", at, got=found, first=start, last=last)

    for name in form.undated:
        yield from look(values.get(name), (name,))
    for name, inner in form.undated_in:
        for i, record in enumerate(values.get(name, ())):
            yield from look(record.get(inner), (name, i, inner))


def _free(values: Mapping[str, Any], fields: Mapping[str, Asked]) -> Iterator[tuple[At, str]]:
    """Every free text, with where it stands."""
    yield from (((name,), values[name]) for name in ("branch", "note") if name in values)
    for i, proof in enumerate(values.get("evidence", ())):
        said = (key for key in ("title", "file", "place") if key in proof)
        yield from ((("evidence", i, key), proof[key]) for key in said)
    yield from _texts(values, fields, ())


def _texts(
    values: Mapping[str, Any], fields: Mapping[str, Asked], at: At
) -> Iterator[tuple[At, str]]:
    for name, field in fields.items():
        value = values.get(name)
        if value is None:
            continue
        match field:
            case TextField():
                yield (*at, name), value
            case TextsField():
                yield from (((*at, name, i), text) for i, text in enumerate(value))
            case ListField():
                for i, record in enumerate(value):
                    yield from _texts(record, field.fields, (*at, name, i))


def _cut(document: Document, at: At) -> tuple[Span, str] | None:
    """What a text lost behind a blank and a number sign, and where."""
    span, rest = document.span(at), str(document.value(at))
    for number in range(span.line, len(document.lines) + 1):
        line = document.lines[number - 1]
        start = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
        piece = line[start:].rstrip()
        if not piece and number != span.line:
            continue
        if piece and rest.startswith(piece):
            rest = rest[len(piece) :].lstrip()
            if rest:
                continue
            return None
        hit = COMMENT.fullmatch(piece, len(rest)) if piece.startswith(rest) else None
        if hit:
            place = Span(span.path, number, start + hit.start(1) + 1, len(hit[1]))
            return place, hit[1].lstrip("# ")
        return None
    return None
