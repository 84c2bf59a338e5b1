"""One campaign at the terminal: evaluated, written, told."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.progress import Progress

from branchscore import evaluation as trip
from branchscore.cli.common import DAMAGED, DONE, FAULTY, LOCKED, UNWRITTEN, say, tell_faults
from branchscore.outputs.changes_text import instead_text
from branchscore.outputs.decisions import due
from branchscore.outputs.instead import Instead
from branchscore.outputs.press import PaperError
from branchscore.outputs.terminal import summary, visible
from branchscore.run.lock import Busy, locked
from branchscore.run.recording import record
from branchscore.run.writing import file_count, missing_sorts, write_into
from branchscore.submission.repeats import Earlier
from branchscore.text.diagnostics import Faulty
from branchscore.text.folders import Found
from branchscore.text.manual import is_error
from branchscore.text.phrase import Language, Phrase, Sentence
from branchscore.text.system import told

LOST = Phrase(
    "未能写出结果：{why}\n以前的结果没有改动。",
    "no results were written: {why}\nEarlier results are as they were.",
)
BUSY = Phrase(
    "另一次评估正在写 {home}：请等它完成后再运行。什么都没有改动。",
    "another run is being written in {home}: wait for it to end, then run again. "
    "Nothing was changed.",
)


class Share(NamedTuple):
    """A criteria file, and the submissions, review sheets and decisions that are for it."""

    table: Path
    submissions: Found
    reviews: Found
    decisions: Found


def campaign(
    share: Share,
    every_branch: bool,
    out: Path,
    kinds: frozenset[str],
    language: Language,
    earlier: Sequence[Earlier] = (),
    instead: Instead | None = None,
) -> int:
    """Evaluate and write one campaign and tell what came of it; `instead` is the run that it is
    instead of. Returns the exit code."""
    console, errors = Console(), Console(stderr=True)
    try:
        with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
            evaluation, place, unrecorded = _run(
                share, every_branch, out, kinds, language, earlier, instead, progress
            )
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        return FAULTY
    except (PaperError, OSError) as error:
        why = told(error) if isinstance(error, OSError) else error.why
        _tell(LOST, language, why=why.say(language))
        return UNWRITTEN
    except Busy as busy:
        _tell(BUSY, language, home=str(busy.home))
        return LOCKED
    tell_faults(evaluation.diagnostics, language)
    for path, characters in missing_sorts(evaluation):
        lacking = say(
            language,
            f"{path}: 没有字体能印出“{characters}”，已用〓代替",
            f"{path}: no font has “{characters}”; 〓 stands for it",
        )
        click.echo(visible(lacking), err=True)
    summary(evaluation, language, console)
    if instead is not None:
        click.echo(instead_text(instead, evaluation, language), nl=False)
    for question in evaluation.questions:
        click.echo(visible(due(evaluation, question).say(language)))
    _closing(evaluation, place, language)
    if unrecorded:
        click.echo(visible(unrecorded.say(language)), err=True)
        return DAMAGED
    return FAULTY if any(map(is_error, evaluation.diagnostics)) else DONE


def _run(
    share: Share,
    every_branch: bool,
    out: Path,
    kinds: frozenset[str],
    language: Language,
    earlier: Sequence[Earlier],
    instead: Instead | None,
    progress: Progress,
) -> tuple[trip.Evaluation, Path, Sentence | None]:
    """The lock is taken as soon as it is known what for, so that who is too late learns it at
    once."""
    reading = progress.add_task(
        say(language, "读取申报", "reading"), total=len(share.submissions.files)
    )
    with ExitStack() as held:
        evaluation = trip.evaluate(
            share.table,
            share.submissions,
            share.reviews,
            decisions=share.decisions,
            every_branch=every_branch,
            earlier=earlier,
            on_criteria=lambda table: held.enter_context(locked(out / table.id)),
            on_read=lambda: progress.advance(reading),
        )
        writing = progress.add_task(
            say(language, "生成结果", "writing"), total=file_count(evaluation, kinds)
        )
        home = out / evaluation.criteria.id
        place = write_into(
            home, evaluation, language, kinds, lambda: progress.advance(writing), instead
        )
        unrecorded = record(place, evaluation)
    return evaluation, place, unrecorded


def _tell(wording: Phrase, language: Language, **values: str) -> None:
    texts = {name: visible(text) for name, text in values.items()}
    click.echo(wording.say(language).format_map(texts), err=True)


def _closing(evaluation: trip.Evaluation, place: Path, language: Language) -> None:
    named = sum(1 for s in evaluation.standings if s.outcome.value == "named")
    of = [entry.status for entry in evaluation.inputs]
    refused, ignored = of.count("refused"), of.count("ignored")
    zh, en = (f"，忽略 {ignored} 个文件", f", {ignored} ignored") if ignored else ("", "")
    click.echo(
        say(
            language,
            f"评估 {len(evaluation.standings)} 个支部，拟命名 {named} 个，退回 {refused} 份{zh}。"
            f"结果在 {place}",
            f"{len(evaluation.standings)} branches evaluated, {named} named, {refused} files "
            f"refused{en}. Results: {place}",
        )
    )
