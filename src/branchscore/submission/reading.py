"""A submission file → `Submission`: typed answers, each knowing its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

from branchscore.criteria.fields import Asked, EvidenceField
from branchscore.submission.blanks import answered
from branchscore.submission.doubts import doubts, own_totals
from branchscore.submission.evidence import Ledger, Proof
from branchscore.submission.form import FRAME, Form
from branchscore.submission.privacy import Veil, remarks, unparsed, without_personal
from branchscore.submission.titles import called, in_ids, stated
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
    proofs       the files of the ledger that are there
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
    proofs: tuple[Proof, ...] = ()


def read_submission(path: Path, forms: Mapping[str, Form]) -> Submission:
    """Read one submission against the form of the criteria it names.

    Raises `Faulty` with every fault found.
    """
    return submission_of(opened(path, forms), forms)


def opened(path: Path, forms: Mapping[str, Form]) -> Document:
    """The text of a submission; where it cannot be read, no fault tells what is secret."""
    try:
        return read(path)
    except Faulty as error:
        raise Faulty([unparsed(fault, forms.values()) for fault in error.diagnostics]) from None


def submission_of(document: Document, forms: Mapping[str, Form]) -> Submission:
    """Check a submission that is already read. Raises `Faulty` likewise."""
    root = document.root
    if not isinstance(root, Map):
        raise Faulty([shapeless(document, (), "mapping", root)])
    key, name = stated(root, "criteria")
    form = forms.get(name) if isinstance(name, str) else None
    if form is None and key not in root and len(set(forms.values())) == 1:
        form = next(iter(forms.values()))  # there is no other; what else is wrong is told too
    if form is None:
        raise Faulty([_no_table(document, key, name, forms)])
    try:
        return _framed(document, form)
    except Faulty as error:
        veil = Veil.of(document, form)
        raise Faulty([veil.over(fault) for fault in error.diagnostics]) from None


def _no_table(document: Document, key: str, name: object, forms: Mapping[str, Form]) -> Diagnostic:
    if key not in document.root:
        said: dict[str, Any] = called(document.root, "criteria")
        return document.diagnose("T002", (), **said)
    near, known = get_close_matches(str(name), forms, 1, 0.6), ", ".join(sorted(forms))
    return document.diagnose("S001", (key,), got=str(name), known=known, near="".join(near))


def _framed(document: Document, form: Form) -> Submission:
    document, faults = in_ids(document, form.titles)
    document, unfilled = answered(document, form)
    values = _typed(document, form, [*faults, *unfilled])
    entries = values.get("evidence", [])
    numbers = {entry["id"] for entry in entries if "id" in entry}
    ledger = Ledger(document, entries)
    return _accepted(
        document,
        {"criteria": form.criteria.id, "code": "", **values},
        [
            *faults,
            *unfilled,
            *ledger.faults,
            *_check(document, values, form, numbers),
            *remarks(document, values, form),
            *doubts(document, values, form),
        ],
        tuple(ledger.proofs),
    )


def read_answers(document: Document, form: Form, code: str, branch: str) -> Submission:
    """Read the mapping at the root of `document` as answers without a frame or a ledger: any
    evidence number is taken as it is. Raises `Faulty` with every fault found."""
    document, faults = in_ids(document, form.titles)
    values = _typed(document, form, faults, framed=False)
    frame = {"criteria": form.criteria.id, "code": code, "branch": branch}
    checked = [*faults, *_check(document, values, form, None)]
    return _accepted(document, {**frame, **values}, checked)


def _typed(
    document: Document, form: Form, earlier: Sequence[Diagnostic], framed: bool = True
) -> dict[str, Any]:
    """The typed answers; raises `Faulty` with the `earlier` faults and those of the types."""
    try:
        return typed(form.adapter(form.partial(document.root), framed), document, form.keys)
    except Faulty as error:
        raise Faulty([*earlier, *own_totals(error.diagnostics)]) from None


def _accepted(
    document: Document,
    values: dict[str, Any],
    diagnostics: list[Diagnostic],
    proofs: tuple[Proof, ...] = (),
) -> Submission:
    """The submission with its warnings; raises `Faulty` with all of them if one is an error."""
    if any(map(is_error, diagnostics)):
        raise Faulty(diagnostics)
    return _submission(document, values, tuple(diagnostics), proofs)


def _check(
    document: Document, values: Mapping[str, Any], form: Form, numbers: set[str] | None
) -> Iterator[Diagnostic]:
    """Faults that show only when answers are held against each other; `numbers` are those of
    the ledger, None where there is none to look into."""
    fields = form.criteria.fields
    yield from _self_scores(document, values, form)
    for name, above in form.bounded:
        if _exceeds(values, name, above):
            yield _too_much(document, values, fields, (name, above), ())
    for name, field in fields.items():
        if isinstance(field, EvidenceField):
            yield from _unknown(document, values, (), name, numbers)
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
            yield from _unknown(document, record, (name, i), key, numbers)


def _unknown(
    document: Document,
    values: Mapping[str, Any],
    at: tuple[str | int, ...],
    key: str,
    numbers: set[str] | None,
) -> Iterator[Diagnostic]:
    """References to what the ledger does not have."""
    for number in values.get(key) or ():
        if numbers is not None and number not in numbers:
            yield document.diagnose("S004", (*at, key), got=number)


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
    document: Document,
    values: dict[str, Any],
    remarks: tuple[Diagnostic, ...],
    proofs: tuple[Proof, ...],
) -> Submission:
    root: Map = document.root
    values = without_personal(document, values)
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
        proofs=proofs,
    )
