"""A submission file → `Submission`: typed answers, each knowing its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from branchscore.criteria.fields import ElementsField, EvidenceField, IntegerField, ListField
from branchscore.submission.evidence import check_evidence
from branchscore.submission.form import FRAME, Form
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.numbers import Exact
from branchscore.text.source import Document, Map, Seq, read
from branchscore.text.typing import typed

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Submission:
    """What one branch handed in, sound in itself.

    digest       SHA-256 of the file's bytes
    answers      per field of the criteria file, typed; a missing key is an answer not given
    partial      lists that the branch says are not whole
    evidence     the ledger, as written
    self_scores  the branch's own points (自评分) per indicator
    places       line and column (1-based) of every field's value
    records      per list field, line and column of every record
    """

    path: str
    digest: str
    criteria: str
    code: str
    branch: str
    fictional: bool
    answers: Mapping[str, Any]
    partial: frozenset[str]
    evidence: tuple[Mapping[str, Any], ...]
    self_scores: Mapping[str, Exact]
    note: str | None
    places: Mapping[str, Place]
    records: Mapping[str, tuple[Place, ...]]


def read_submission(path: Path, forms: Mapping[str, Form]) -> Submission:
    """Read one submission against the form of the criteria it names.

    Raises `Faulty` with every fault found.
    """
    document = read(path)
    root = document.root
    if not isinstance(root, Map):
        raise Faulty([document.diagnose("T003", (), wanted="mapping")])
    name = str(root.get("criteria"))
    if name not in forms:
        known = ", ".join(sorted(forms))
        if "criteria" not in root:
            raise Faulty([document.diagnose("T002", (), name="criteria")])
        raise Faulty([document.diagnose("S001", ("criteria",), got=name, known=known)])
    form = forms[name]
    adapter = form.adapter(_partial(root))
    values = typed(adapter, document, form.keys)
    faults = list(_check(document, values, form))
    if faults:
        raise Faulty(faults)
    return _submission(document, values)


def _partial(root: Map) -> frozenset[str]:
    partial = root.get("partial")
    names = partial if isinstance(partial, Seq) else []
    return frozenset(name for name in names if isinstance(name, str))


def _check(document: Document, values: Mapping[str, Any], form: Form) -> Iterator[Diagnostic]:
    """Faults that show only when answers are held against each other."""
    ledger = values.get("evidence", [])
    yield from check_evidence(document, ledger)
    numbers = {proof["id"] for proof in ledger if "id" in proof}
    kinds = (ListField, ElementsField)
    lists = {name for name, field in form.criteria.fields.items() if isinstance(field, kinds)}
    for i, name in enumerate(values.get("partial", [])):
        if name not in lists:
            known = ", ".join(sorted(lists))
            yield document.diagnose("T008", ("partial", i), got=name, known=known, near="")
    yield from _self_scores(document, values, form)
    yield from _compared(document, values, form.criteria.fields, ())
    for name, field in form.criteria.fields.items():
        if isinstance(field, ListField):
            proofs = [n for n, inner in field.fields.items() if isinstance(inner, EvidenceField)]
            for i, record in enumerate(values.get(name, ())):
                yield from _compared(document, record, field.fields, (name, i))
                for key in proofs:
                    for number in record.get(key, ()):
                        if number not in numbers:
                            yield document.diagnose("S004", (name, i, key), got=number)


def _compared(
    document: Document,
    values: Mapping[str, Any],
    fields: Mapping[str, Any],
    at: tuple[str | int, ...],
) -> Iterator[Diagnostic]:
    for name, field in fields.items():
        if isinstance(field, IntegerField) and field.not_above:
            value, most = values.get(name), values.get(field.not_above)
            if value is not None and most is not None and value > most:
                above = fields[field.not_above].title
                shown = {"title": field.title, "got": value, "above": above, "most": most}
                yield document.diagnose("S003", (*at, name), **shown)


def _self_scores(document: Document, values: Mapping[str, Any], form: Form) -> Iterator[Diagnostic]:
    items = {indicator.id: indicator for indicator in form.criteria.indicators()}
    for name, points in values.get("self_scores", {}).items():
        if name not in items:
            known = ", ".join(items)
            yield document.diagnose("S008", ("self_scores", name), key=True, got=name, known=known)
        elif not 0 <= points <= items[name].points:
            yield document.diagnose(
                "T010", ("self_scores", name), got=points, least=0, most=items[name].points
            )


def _submission(document: Document, values: dict[str, Any]) -> Submission:
    root: Map = document.root
    places, records = dict[str, Place](), dict[str, tuple[Place, ...]]()
    answers = {name: value for name, value in values.items() if name not in FRAME}
    for name in answers:
        mark = root.marks[name][1]
        places[name] = mark.line + 1, mark.column + 1
        node = root[name]
        if isinstance(node, Seq):
            records[name] = tuple((mark.line + 1, mark.column + 1) for mark in node.marks)
    return Submission(
        path=document.path,
        digest=sha256(document.raw).hexdigest(),
        criteria=values["criteria"],
        code=values["code"],
        branch=values["branch"],
        fictional=values.get("fictional", False),
        answers=answers,
        partial=frozenset(values.get("partial", ())),
        evidence=tuple(values.get("evidence", ())),
        self_scores=values.get("self_scores", {}),
        note=values.get("note"),
        places=places,
        records=records,
    )
