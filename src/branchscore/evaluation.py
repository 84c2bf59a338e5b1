"""The whole trip, read top to bottom: files → criteria, submissions, sheets → evaluation.

The only module that goes from paths to results; everything it calls above the red line
complains by `Diagnostic`, everything below is total.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from branchscore.checking import Checker
from branchscore.criteria.found import Judgement
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.review.sheet import Sheet, read_sheet, unknown_branches
from branchscore.scoring.scorecard import Scorer
from branchscore.selection.ranking import rank
from branchscore.selection.standing import Standing
from branchscore.submission.form import Form
from branchscore.submission.reading import Submission, opened, read_submission
from branchscore.submission.repeats import Earlier, Repeats
from branchscore.submission.titles import stated as stated_in
from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.files import read_bytes
from branchscore.text.manual import is_error
from branchscore.text.phrase import Value
from branchscore.text.source import Document, Map, read

SUFFIXES = (".yaml", ".yml")
CASES = ".cases.yaml"
Read = TypeVar("Read")


class Found(NamedTuple):
    """The YAML files that were handed in, and what lies in the same folders and is not read."""

    files: list[Path]
    ignored: list[Path]


Paths = str | Path | Iterable[str | Path] | Found


class Input(NamedTuple):
    """What became of one file that was handed in. `digest` is the SHA-256 of its bytes, empty
    where it was not read; `why` are the codes it was refused for, or why it was ignored."""

    path: str
    status: Literal["criteria", "extended", "review", "scored", "refused", "ignored", "earlier"]
    digest: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of one campaign: standings in order, faults and warnings by place, every
    input accounted for. `sheets` are the files that were taken for review sheets, and
    `every_branch` is as it was asked for; `repeats` is the evidence that was handed in twice."""

    criteria: Criteria
    standings: tuple[Standing, ...]
    reviewers: tuple[str, ...]
    inputs: tuple[Input, ...]
    diagnostics: tuple[Diagnostic, ...]
    sheets: tuple[str, ...]
    every_branch: bool
    repeats: Repeats


def evaluate(
    criteria: str | Path,
    submissions: Paths,
    reviews: Paths = (),
    *,
    every_branch: bool = True,
    also_for: Collection[str] = (),
    earlier: Sequence[Earlier] = (),
    on_criteria: Callable[[Criteria], None] = lambda table: None,
    on_read: Callable[[], None] = lambda: None,
) -> Evaluation:
    """Evaluate submissions under one criteria file.

    `submissions` and `reviews` are files or folders of YAML files, in any order: the result
    is the same. `every_branch` says that these are all the submissions there are: then a mark
    for any other branch is a fault (R003). `also_for` are ids of other criteria: what was
    written for them is taken too. `earlier` are evaluations whose evidence this one's is
    held against. `on_criteria` is called before anything else is read,
    `on_read` after each submission. Faulty submissions and sheets are reported in
    `diagnostics` and left out; a faulty criteria file raises `Faulty`.
    """
    with no_collector():
        table, document = read_criteria(Path(criteria))
        on_criteria(table)
        return _evaluate(
            table, document, submissions, reviews, every_branch, also_for, earlier, on_read
        )


@contextmanager
def no_collector() -> Iterator[None]:
    """Hold the garbage collector: what an evaluation makes it keeps, and walking it again and
    again costs more than all the scoring."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _evaluate(
    table: Criteria,
    document: Document,
    submissions: Paths,
    reviews: Paths,
    every_branch: bool,
    also_for: Collection[str],
    earlier: Sequence[Earlier],
    on_read: Callable[[], None],
) -> Evaluation:
    files, ignored = found(submissions)
    faults: list[Diagnostic] = []
    names = {table.id, *also_for}
    form = dict.fromkeys(names, Form(table))

    def read_one(path: Path) -> Submission:
        on_read()
        return read_submission(path, form)

    read, refused = _each(files, read_one, faults)
    sound = _once(read, faults)
    repeats = Repeats(sound, earlier)
    faults += (remark for submission in sound for remark in submission.remarks)
    faults += repeats.remarks()
    kept = {s.path for s in sound}
    refused += [Path(s.path) for s in read if s.path not in kept]
    sheet_files, no_sheets = found(reviews)
    sheets, bad_sheets = _each(
        sheet_files, lambda path: read_sheet(path, dict.fromkeys(names, table)), faults
    )
    # A file that cannot be read is taken to be of the branch it is named for.
    codes = frozenset(s.code for s in read) | {path.stem for path in refused}
    for sheet in sheets if every_branch else ():
        faults += unknown_branches(sheet, codes)
    judgements = _judgements(sheets, faults)
    scorer = Scorer(table)
    cards = scorer.score_all(sound, judgements)
    inputs = [
        Input(document.path, "criteria", sha256(document.raw).hexdigest()),
        *(Input(d.path, "extended", sha256(d.raw).hexdigest()) for d in document.parents),
        *(Input(s.path, "review", sha256(s.document.raw).hexdigest()) for s in sheets),
        *(Input(s.path, "scored", s.digest) for s in sound),
        *_refused((*refused, *bad_sheets), faults),
        *(Input(run.path, "earlier", run.digest) for run in earlier),
        *(Input(str(p), "ignored", "", (_unread(p),)) for p in {*ignored, *no_sheets}),
    ]
    return Evaluation(
        table,
        rank(table, cards),
        tuple(sorted(sheet.reviewer for sheet in sheets)),
        tuple(sorted(inputs, key=lambda entry: (entry.status, entry.path))),
        tuple(sorted(faults, key=lambda fault: fault.key)),
        tuple(map(str, sheet_files)),
        every_branch,
        repeats,
    )


def check(
    files: Iterable[Path],
    tables: Iterable[Path],
    on_sound: Callable[[Submission, Criteria], None] = lambda submission, table: None,
) -> list[Diagnostic]:
    """The faults and warnings of criteria files, submissions and review sheets, told apart by
    their keys; submissions and sheets are held against `tables`. Sorted by place. `on_sound` is
    called with each submission that has no errors, and its table."""
    faults: list[Diagnostic] = []
    sound: list[Submission] = []

    def keep(submission: Submission, table: Criteria) -> None:
        sound.append(submission)
        on_sound(submission, table)

    look = Checker(tables, keep)
    _each(files, lambda path: faults.extend(look(opened(path, look.forms))), faults)
    faults += Repeats(sound).remarks()
    return sorted(faults, key=lambda fault: fault.key)


def _refused(paths: Iterable[Path], faults: Iterable[Diagnostic]) -> Iterator[Input]:
    codes: dict[str, set[str]] = {}
    for fault in filter(is_error, faults):
        codes.setdefault(fault.span.path, set()).add(fault.code)
    for path in paths:
        try:
            digest = sha256(read_bytes(path)).hexdigest()
        except Faulty:
            digest = ""
        yield Input(str(path), "refused", digest, tuple(sorted(codes.get(str(path), ()))))


def _unread(path: Path) -> Literal["hidden", "cases", "not YAML"]:
    """Why a file that lies in a folder of submissions or sheets is left alone."""
    if path.name.startswith("."):
        return "hidden"
    return "cases" if path.name.endswith(CASES) else "not YAML"


def found(paths: Paths) -> Found:
    """The YAML files that are named or lie in the named folders, sorted, and the files in
    those folders that are none. A folder named like a file beside it holds that file's
    evidence and is not looked into."""
    if isinstance(paths, Found):
        return paths
    named = [paths] if isinstance(paths, str | Path) else list(paths)
    files, ignored = set[Path](), set[Path]()
    for path in map(Path, named):
        if _is_folder(path):
            _walk(path, files, ignored)
        else:
            files.add(path)
    return Found(sorted(files, key=str), sorted(ignored, key=str))


def _is_folder(path: Path) -> bool:
    """False also for what no file system would take as a name; reading it will say why."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def stated(path: Path, name: str) -> str:
    """What a file says of itself under one key; empty where it cannot be read."""
    try:
        root = read(path).root
    except Faulty:
        return ""
    return str(stated_in(root, name)[1] or "") if isinstance(root, Map) else ""


def readable(path: Path) -> bool:
    """Whether there is something of that name."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _walk(folder: Path, files: set[Path], ignored: set[Path]) -> None:
    entries = sorted(folder.iterdir())
    stems = {entry.stem for entry in entries if entry.suffix in SUFFIXES}
    for entry in entries:
        if entry.name.startswith("."):
            ignored.add(entry)
        elif entry.is_dir() and not entry.is_symlink():
            if entry.name not in stems:
                _walk(entry, files, ignored)
        elif entry.suffix in SUFFIXES and not entry.name.endswith(CASES):
            files.add(entry)
        else:
            ignored.add(entry)


def _each(
    paths: Iterable[Path], read: Callable[[Path], Read], faults: list[Diagnostic]
) -> tuple[list[Read], list[Path]]:
    """Read every file that can be read; one bad file never stops the others."""
    done, refused = list[Read](), list[Path]()
    for path in paths:
        try:
            done.append(read(path))
        except Faulty as error:
            faults += error.diagnostics
            refused.append(path)
    return done, refused


def _once(read: Sequence[Submission], faults: list[Diagnostic]) -> list[Submission]:
    """Submissions whose branch handed in only one: which of two counts is not ours to guess."""
    by_code: dict[str, list[Submission]] = {}
    for submission in read:
        by_code.setdefault(submission.code, []).append(submission)
    for code, several in by_code.items():
        for one in several if len(several) > 1 else ():
            others = tuple(other.path for other in several if other is not one)
            values: dict[str, Value] = {"code": code, "others": others}
            faults.append(Diagnostic("S007", Span(one.path), "", values))
    return [several[0] for several in by_code.values() if len(several) == 1]


def _judgements(
    sheets: Sequence[Sheet], faults: list[Diagnostic]
) -> Mapping[str, Mapping[str, Judgement]]:
    """What the panel gave per branch and item; a second sheet that judges the same is a fault."""
    merged: dict[str, dict[str, Judgement]] = {}
    for sheet in sheets:
        for code, marks in sheet.judgements.items():
            for name, judgement in marks.items():
                if name in merged.setdefault(code, {}):
                    at = ("marks", code, name)
                    faults.append(sheet.document.diagnose("R004", at, key=True, got=name))
                else:
                    merged[code][name] = judgement
    return merged
