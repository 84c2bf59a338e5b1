"""The whole trip, read top to bottom: files → criteria, submissions, sheets → evaluation.

The only module that goes from paths to results; everything it calls above the red line
complains by `Diagnostic`, everything below is total.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from branchscore.checking import Checker
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.review.decision import Decision, read_decision
from branchscore.review.joined import Reviews, joined
from branchscore.review.sheet import read_sheet, unknown_branches
from branchscore.scoring.reviewed import score_reviewed
from branchscore.scoring.scorecard import Scorer
from branchscore.selection.decision import Question
from branchscore.selection.ranking import settle
from branchscore.selection.standing import Standing
from branchscore.submission.form import Form
from branchscore.submission.reading import Submission, opened, read_submission
from branchscore.submission.repeats import Earlier, Repeats
from branchscore.submission.titles import stated as stated_in
from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.files import read_bytes
from branchscore.text.folders import Paths, found, unread
from branchscore.text.manual import is_error
from branchscore.text.phrase import Value
from branchscore.text.source import Document, Map, read

Read = TypeVar("Read")


class Input(NamedTuple):
    """What became of one file that was handed in. `digest` is the SHA-256 of its bytes, empty
    where it was not read; `why` are the codes it was refused for, or why it was ignored."""

    path: str
    status: Literal[
        "criteria", "extended", "review", "decision", "scored", "refused", "ignored", "earlier"
    ]
    digest: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of one campaign: standings in order, faults and warnings by place, every
    input accounted for. `sheets` are the files that were taken for review sheets, and
    `every_branch` is as it was asked for; `repeats` is the evidence that was handed in twice;
    `reviews` what all sheets say together. `decisions` are those that closed a question,
    `questions` what the commission has still to decide, `decision_files` what was taken for
    decisions; `document` is the criteria file with all that it extends."""

    criteria: Criteria
    standings: tuple[Standing, ...]
    reviewers: tuple[str, ...]
    inputs: tuple[Input, ...]
    diagnostics: tuple[Diagnostic, ...]
    sheets: tuple[str, ...]
    every_branch: bool
    repeats: Repeats
    reviews: Reviews
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()
    decision_files: tuple[str, ...] = ()
    document: Document = field(kw_only=True, repr=False)


def evaluate(
    criteria: str | Path,
    submissions: Paths,
    reviews: Paths = (),
    *,
    decisions: Paths = (),
    every_branch: bool = True,
    also_for: Collection[str] = (),
    earlier: Sequence[Earlier] = (),
    on_criteria: Callable[[Criteria], None] = lambda table: None,
    on_read: Callable[[], None] = lambda: None,
) -> Evaluation:
    """Evaluate submissions under one criteria file.

    `submissions`, `reviews` and `decisions` are files or folders of YAML files, in any order:
    the result is the same. `every_branch` says that these are all the submissions there are:
    then a mark for any other branch is a fault (R003), and so is a decision that fits no
    question. `also_for` are ids of other criteria: what was
    written for them is taken too. `earlier` are evaluations whose evidence this one's is
    held against. `on_criteria` is called before anything else is read,
    `on_read` after each submission. Faulty submissions and sheets are reported in
    `diagnostics` and left out; a faulty criteria file raises `Faulty`.
    """
    with no_collector():
        table, document = read_criteria(Path(criteria))
        on_criteria(table)
        return _evaluate(
            table,
            document,
            (submissions, reviews, decisions),
            every_branch,
            also_for,
            earlier,
            on_read,
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
    handed: tuple[Paths, Paths, Paths],
    every_branch: bool,
    also_for: Collection[str],
    earlier: Sequence[Earlier],
    on_read: Callable[[], None],
) -> Evaluation:
    (files, ignored), (sheet_files, no_sheets), (decision_files, no_decisions) = map(found, handed)
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
    sheets, bad_sheets = _each(
        sheet_files, lambda path: read_sheet(path, dict.fromkeys(names, table)), faults
    )
    # A file that cannot be read is taken to be of the branch it is named for.
    codes = frozenset(s.code for s in read) | {path.stem for path in refused}
    for sheet in sheets if every_branch else ():
        faults += unknown_branches(sheet, codes)
    said = joined(table, sheets, sound, faults)
    decided, bad_decisions = _each(
        decision_files, lambda path: read_decision(path, dict.fromkeys(names, table)), faults
    )
    faults += (remark for decision in decided for remark in decision.remarks)
    cards, raised = score_reviewed(Scorer(table), sound, said.judgements, said.strikes)
    faults += (s.gains(x.indicator.id, x.verdict.low, y.verdict.low) for s, x, y in raised)
    settled = settle(table, cards, decided)
    if every_branch:
        faults += (one.decision.fault(one.fault, one.at, one.values) for one in settled.refused)
        astray = {one.decision.path for one in settled.refused}
        bad_decisions += [Path(d.path) for d in decided if d.path in astray]
        decided = [d for d in decided if d.path not in astray]
    unasked = {*ignored, *no_sheets, *no_decisions}
    inputs = [
        Input(document.path, "criteria", sha256(document.raw).hexdigest()),
        *(Input(d.path, "extended", sha256(d.raw).hexdigest()) for d in document.parents),
        *_design(table),
        *(Input(s.path, "review", sha256(s.document.raw).hexdigest()) for s in sheets),
        *(Input(d.path, "decision", d.digest) for d in decided),
        *(Input(s.path, "scored", s.digest) for s in sound),
        *_refused((*refused, *bad_sheets, *bad_decisions), faults),
        *(Input(run.path, "earlier", run.digest) for run in earlier),
        *(Input(str(p), "ignored", "", (unread(p),)) for p in unasked),
    ]
    return Evaluation(
        table,
        settled.standings,
        tuple(sorted({sheet.reviewer for sheet in sheets})),
        tuple(sorted(inputs, key=lambda entry: (entry.status, entry.path))),
        tuple(sorted(faults, key=lambda fault: fault.key)),
        tuple(map(str, sheet_files)),
        every_branch,
        repeats,
        said,
        tuple(sorted({s.decision for s in settled.standings if s.decision}, key=Decision.order)),
        settled.questions,
        tuple(map(str, decision_files)),
        document=document,
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


def _design(table: Criteria) -> Iterator[Input]:
    """The file of its own that certificates are designed in, if there is one."""
    if table.award and table.award.own:
        yield Input(table.award.own.path, "extended", sha256(table.award.own.raw).hexdigest())


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


def stated(path: Path, name: str) -> str:
    """What a file says of itself under one key; empty where it cannot be read."""
    try:
        root = read(path).root
    except Faulty:
        return ""
    return str(stated_in(root, name)[1] or "") if isinstance(root, Map) else ""


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
    """Submissions whose branch handed in only one: which of two counts is not ours to guess.
    Codes that differ in capitals only would be the same file on many systems."""
    by_code: dict[str, list[Submission]] = {}
    for submission in read:
        by_code.setdefault(submission.code.lower(), []).append(submission)
    for several in by_code.values():
        for one in several if len(several) > 1 else ():
            others = tuple(other.path for other in several if other is not one)
            values: dict[str, Value] = {"code": one.code, "others": others}
            faults.append(Diagnostic("S007", Span(one.path), "", values))
    return [several[0] for several in by_code.values() if len(several) == 1]
