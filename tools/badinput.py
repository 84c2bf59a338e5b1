"""Whether a folder of bad inputs is answered as its index says.

    python tools/badinput.py [FOLDER]

FOLDER holds `files/` and `index.tsv` (default: tests/badinput). Every file is read against the
table in tests/badinput/neutral.yaml, whose frame asks for a branch only; criteria files of the
neutral shape are said in our language first. An error must stand at the place of the index and
have its meaning (tests/badinput/codes.yaml), and nothing else may be wrong; a warning must not
be an error; what is to be accepted is accepted without a word and keeps its values. Exit code 1
if anything differs.
"""

import csv
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NotRequired

import yaml
from neutral import translated
from pydantic import PlainValidator

from branchscore.criteria.check import complaints
from branchscore.criteria.reading import ADAPTER, KEYS, read_criteria, told
from branchscore.lint.finer import finer
from branchscore.outputs.terminal import faults_text
from branchscore.submission.form import FRAME, Form
from branchscore.submission.reading import Submission, submission_of
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.manual import is_error, manual
from branchscore.text.scalars import code_of, name_of
from branchscore.text.source import Document, Map, read
from branchscore.text.suggest import QUOTES
from branchscore.text.typing import typed

OWN = Path(__file__).resolve().parent.parent / "tests" / "badinput"
DESIGN = {
    "N04_weight_zero.yaml": "no weights beside points here; an item of 0 points is refused (C010)",
    "N05_weight_percent.yaml": "criteria files may write 60%, which is exactly 3/5",
}
"""What our language says otherwise, on purpose."""


class Row(NamedTuple):
    """One line of the index."""

    file: str
    sort: str
    wrong: str
    expect: str
    code: str
    place: str
    hint: str


class Answer(NamedTuple):
    """What was said of a file, and what was taken from it."""

    faults: Sequence[Diagnostic]
    submission: Submission | None = None
    document: Document | None = None
    crash: str = ""


class Verdict(NamedTuple):
    """Whether the answer is the one that is expected, and what there is to say."""

    row: Row
    ok: bool
    got: str
    why: str = ""


def neutral_code(value: Any) -> str:
    """A code of the neutral shape is any text on one line that is not in quotation marks."""
    text = name_of(value)
    return code_of(text) if text[:1] in QUOTES else text


def neutral_form() -> Form:
    table, _ = read_criteria(OWN / "neutral.yaml")
    frame = {name: FRAME[name] for name in ("branch", "evidence", "note")}
    frame["code"] = NotRequired[Annotated[str, PlainValidator(neutral_code)]]
    return Form(table, frame)


def rows_of(folder: Path) -> list[Row]:
    with (folder / "index.tsv").open(encoding="utf-8", newline="") as file:
        return [Row(*line) for line in list(csv.reader(file, delimiter="\t"))[1:]]


def codes() -> dict[str, list[str]]:
    """What the index calls a fault → our codes for it."""
    read: dict[str, list[str]] = yaml.safe_load((OWN / "codes.yaml").read_text(encoding="utf-8"))
    return read


def answer(path: Path, form: Form) -> Answer:
    """What is said of a file; nothing may come out of reading it and of saying so."""
    try:
        given = _read(path, form)
        for language in ("zh", "en"):
            faults_text(given.faults, language)
    except Exception:
        return Answer([], crash=traceback.format_exc())
    return given


def _read(path: Path, form: Form) -> Answer:
    try:
        document = read(path)
        keys = document.root if isinstance(document.root, Map) else Map()
        if "format" in keys or "items" in keys:
            table = document if "format" in keys else translated(document)
            return Answer(list(_of_criteria(table)))
        submission = submission_of(document, {"neutral": form})
    except Faulty as error:
        return Answer(error.diagnostics)
    return Answer(submission.remarks, submission, document)


def _of_criteria(document: Document) -> Iterator[Diagnostic]:
    table = typed(ADAPTER, document, KEYS)
    yield from (diagnostic for _, diagnostic in told(table, document, complaints))
    yield from (diagnostic for _, diagnostic in told(table, document, finer))


def judge(row: Row, given: Answer, codes: Mapping[str, Sequence[str]]) -> Verdict:
    told_of = [d for d in given.faults if manual()[d.code].severity != "note"]
    got = " ".join(f"{d.code}@{d.span.line}:{d.span.column}" for d in told_of) or "-"
    errors = [d for d in told_of if is_error(d)]
    if given.crash:
        return Verdict(row, False, "traceback", given.crash)
    if row.expect == "accept":
        why = changed(row, given)
        return Verdict(row, not told_of and not why, got, why)
    if row.expect == "warning" and errors:
        return Verdict(row, False, got, "a warning is expected")
    wanted = codes.get(row.code, ())
    fitting = [d for d in told_of if d.code in wanted and is_error(d) == (row.expect == "error")]
    if not fitting:
        return Verdict(row, False, got, f"expected {'/'.join(wanted) or row.code}")
    if not any(placed(row.place, d, given) for d in fitting):
        return Verdict(row, False, got, f"expected at {row.place}")
    if row.code == "MANY" and len(errors) != int(row.hint.split()[0]):
        return Verdict(row, False, got, row.hint)
    if len(fitting) != len(told_of):
        return Verdict(row, False, got, "more is said than what is wrong")
    return Verdict(row, True, got)


def placed(place: str, fault: Diagnostic, given: Answer) -> bool:
    """Whether a fault stands at the place that is expected, or further in inside the value that
    begins there; what our language cannot say is refused with all that stands under its key."""
    if not place:
        return True
    line, column = map(int, place.split(":"))
    span = fault.span
    if fault.code == "T001" and given.document is None and span.line <= line:
        return True
    between = fault.excerpt[column - 1 : span.column - 1]
    within = span.column >= column and not any(sign in between for sign in ",:")
    return span.line == line and (within or span.column <= column < span.column + span.length)


def changed(row: Row, given: Answer) -> str:
    """What of an accepted file is not as it was written."""
    if given.submission is None or given.document is None:
        return ""
    taken = {**given.submission.answers, "branch": given.submission.branch}
    taken |= {"note": given.submission.note, "code": given.submission.code}
    root = given.document.root
    for key, value in root.items():
        wanted = unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        if isinstance(taken.get(key), str) and taken[key] != wanted.strip():
            return f"{key} was changed into {taken[key]!r}"
    if row.hint.startswith('text "') and row.hint[6:-1] not in root.values():
        return f"expected {row.hint}"
    return ""


def prepared(row: Row, folder: Path, into: Path) -> Path:
    """A copy of the file; but where it is about evidence, what it names is laid beside it."""
    path = into / row.file
    raw = (folder / "files" / row.file).read_bytes()
    path.write_bytes(raw)
    if row.sort == "evidence":
        return path
    try:
        root = read(path).root
    except Faulty:
        return path
    ledger = root.get("evidence") if isinstance(root, Map) else None
    for entry in ledger if isinstance(ledger, list) else ():
        name = entry.get("file") if isinstance(entry, Map) else None
        if isinstance(name, str) and Path(name).name == name:
            path.with_suffix("").mkdir(exist_ok=True)
            (path.with_suffix("") / name).write_bytes(b"%PDF-1.4\n%%EOF\n")
    return path


def verdicts(folder: Path) -> Iterator[Verdict]:
    known, form = codes(), neutral_form()
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows_of(folder):
            yield judge(row, answer(prepared(row, folder, Path(scratch)), form), known)


def main(folder: Path) -> int:
    totals: Counter[tuple[str, str]] = Counter()
    for verdict in verdicts(folder):
        row = verdict.row
        said = "ok" if verdict.ok else "design" if row.file in DESIGN else "NOT"
        totals[row.expect, said] += 1
        why = DESIGN.get(row.file, verdict.why) if said != "ok" else ""
        expected = f"{row.expect} {row.code} {row.place}".rstrip()
        print(f"{said:6} {row.file:36} {expected:30} {verdict.got} {why}".rstrip())
    for expect in ("error", "warning", "accept"):
        counted = {said: n for (e, said), n in totals.items() if e == expect}
        rest = ", ".join(f"{n} {said}" for said, n in sorted(counted.items()) if said != "ok")
        print(f"{expect:8} {counted.get('ok', 0)}/{sum(counted.values())} {rest}".rstrip())
    return 1 if any(said == "NOT" for _, said in totals) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else OWN))
