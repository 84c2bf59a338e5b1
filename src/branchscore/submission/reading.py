"""A submission file → `Submission`: typed answers, each knowing its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from branchscore.criteria.fields import Asked, ElementsField, ListField
from branchscore.submission.evidence import check_evidence
from branchscore.submission.form import FRAME, Form
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.manual import is_error
from branchscore.text.numbers import Exact
from branchscore.text.source import Document, Map, Seq, read
from branchscore.text.typing import shapeless, typed

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
    records      per list field, the reader's mark (0-based line) of every record
    remarks      warnings: what deserves a look and refuses nothing
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
    records: Mapping[str, Sequence[Any]]
    remarks: tuple[Diagnostic, ...] = ()


def read_submission(path: Path, forms: Mapping[str, Form]) -> Submission:
    """Read one submission against the form of the criteria it names.

    Raises `Faulty` with every fault found.
    """
    document = read(path)
    root = document.root
    if not isinstance(root, Map):
        raise Faulty([shapeless(document, (), "mapping", root)])
    name = str(root.get("criteria"))
    if name not in forms:
        known = ", ".join(sorted(forms))
        if "criteria" not in root:
            raise Faulty([document.diagnose("T002", (), name="criteria")])
        raise Faulty([document.diagnose("S001", ("criteria",), got=name, known=known)])
    form = forms[name]
    adapter = form.adapter(_partial(root))
    values = typed(adapter, document, form.keys)
    ledger = values.get("evidence", [])
    numbers = {proof["id"] for proof in ledger if "id" in proof}
    return _accepted(
        document,
        values,
        [*check_evidence(document, ledger), *_check(document, values, form, numbers)],
    )


def read_answers(document: Document, form: Form, code: str, branch: str) -> Submission:
    """Read the mapping at the root of `document` as answers without a frame or a ledger: any
    evidence number is taken as it is. Raises `Faulty` with every fault found."""
    values = typed(form.adapter(_partial(document.root), False), document, form.keys)
    frame = {"criteria": form.criteria.id, "code": code, "branch": branch}
    return _accepted(document, {**frame, **values}, list(_check(document, values, form, None)))


def _accepted(
    document: Document, values: dict[str, Any], diagnostics: list[Diagnostic]
) -> Submission:
    """The submission with its warnings; raises `Faulty` with all of them if one is an error."""
    if any(map(is_error, diagnostics)):
        raise Faulty(diagnostics)
    return _submission(document, values, tuple(diagnostics))


def _partial(root: Map) -> frozenset[str]:
    partial = root.get("partial")
    names = partial if isinstance(partial, Seq) else []
    return frozenset(name for name in names if isinstance(name, str))


def _check(
    document: Document, values: Mapping[str, Any], form: Form, numbers: set[str] | None
) -> Iterator[Diagnostic]:
    """Faults that show only when answers are held against each other; `numbers` are those of
    the ledger, None where there is none to look into."""
    fields = form.criteria.fields
    for i, name in enumerate(values.get("partial", [])):
        if not isinstance(fields.get(name), ListField | ElementsField):
            known = ", ".join(n for n, f in fields.items() if isinstance(f, ListField))
            yield document.diagnose("T008", ("partial", i), got=name, known=known, near="")
    yield from _self_scores(document, values, form)
    for name, above in form.bounded:
        if _exceeds(values, name, above):
            yield _too_much(document, values, fields, (name, above), ())
    for name in form.lists:
        yield from _records(document, values.get(name, ()), form, name, numbers)


def _records(
    document: Document,
    records: Sequence[Mapping[str, Any]],
    form: Form,
    name: str,
    numbers: set[str] | None,
) -> Iterator[Diagnostic]:
    fields, pairs, proofs = form.lists[name].fields, form.bounded_in[name], form.proofs_in[name]
    for i, record in enumerate(records):
        for inner, above in pairs:
            if _exceeds(record, inner, above):
                yield _too_much(document, record, fields, (inner, above), (name, i))
        for key in proofs:
            for number in record.get(key, ()):
                if numbers is not None and number not in numbers:
                    yield document.diagnose("S004", (name, i, key), got=number)


def _exceeds(values: Mapping[str, Any], name: str, above: str) -> bool:
    value, most = values.get(name), values.get(above)
    return value is not None and most is not None and value > most


def _too_much(
    document: Document,
    values: Mapping[str, Any],
    fields: Mapping[str, Asked],
    pair: tuple[str, str],
    at: tuple[str | int, ...],
) -> Diagnostic:
    name, above = pair
    titles: dict[str, Any] = {"title": fields[name].title, "above": fields[above].title}
    return document.diagnose("S003", (*at, name), got=values[name], most=values[above], **titles)


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


def _submission(
    document: Document, values: dict[str, Any], remarks: tuple[Diagnostic, ...]
) -> Submission:
    root: Map = document.root
    answers = {name: value for name, value in values.items() if name not in FRAME}
    marks = {name: root.places(name)[1] for name in answers}
    nodes = {name: root[name] for name in answers}
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
        places={name: (mark.line + 1, mark.column + 1) for name, mark in marks.items()},
        records={name: node.marks for name, node in nodes.items() if isinstance(node, Seq)},
        remarks=remarks,
    )
