"""The comparisons that `branchscore compare` makes. Each returns an exit code."""

from collections.abc import Sequence
from pathlib import Path

import click
from pydantic_core import to_json

from branchscore.cli.common import DONE, FAULTY, WRONG_CALL, near, say, tell_faults
from branchscore.criteria.difference import differences
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import criteria_of, read_criteria
from branchscore.evaluation import evaluate
from branchscore.outputs.changes import Side, compared
from branchscore.outputs.changes_text import comparison_text
from branchscore.outputs.difference import difference_text
from branchscore.outputs.facts import facts_in
from branchscore.outputs.gather import side
from branchscore.outputs.instead import folder_of, side_of
from branchscore.outputs.moves import moves_text
from branchscore.outputs.opened import FACTS, LATEST, NoRun, latest, opened
from branchscore.outputs.results import Results
from branchscore.outputs.results_changes import Comparison
from branchscore.outputs.settings import Unset, with_settings
from branchscore.outputs.terminal import visible
from branchscore.outputs.what_if import Again, NotHeld, again, document_of
from branchscore.text.diagnostics import Faulty
from branchscore.text.folders import found, readable
from branchscore.text.manual import cause
from branchscore.text.phrase import Language, Phrase

NO_RUN = Phrase(
    "{path} 不是一次评估：应是评估的文件夹、latest，或 results.json",
    "{path} is no run: name the folder of a run, latest, or a results.json",
)
REFUSED = Phrase("{code} 的申报不合改后的评分表：", "{code} does not fit the changed criteria: ")
POINTLESS = Phrase(
    "关于 {codes} 的决定不再适用。", "The decision on {codes} answers no question any more."
)


def tables(
    before: Path,
    after: Path,
    submissions: Sequence[Path],
    reviews: Sequence[Path],
    language: Language,
) -> int:
    """Two criteria files, and where there are submissions who moved."""
    if submissions and not any(readable(path) for path in found(submissions)[0]):
        click.echo(say(language, "没有可读的申报。", "No submissions to read."), err=True)
        return WRONG_CALL
    read: list[Criteria] = []
    for path in (before, after):
        try:
            read.append(read_criteria(path)[0])
        except Faulty as error:
            tell_faults(error.diagnostics, language)
    if len(read) < 2:
        return FAULTY
    colon = say(language, "：", ": ")
    for name, path, table in zip("AB", (before, after), read, strict=True):
        click.echo(f"{name}{colon}{path} ({table.id})")
    click.echo()
    click.echo(difference_text(list(differences(*read)), language), nl=False)
    ids = tuple(table.id for table in read)
    return _tried(before, after, ids, submissions, reviews, language) if submissions else DONE


def _tried(
    before: Path,
    after: Path,
    ids: tuple[str, ...],
    submissions: Sequence[Path],
    reviews: Sequence[Path],
    language: Language,
) -> int:
    """Evaluate under both and tell who moved; a file that neither takes has errors."""
    old, new = (
        evaluate(table, submissions, reviews, every_branch=False, also_for=ids)
        for table in (before, after)
    )
    click.echo()
    click.echo(moves_text(old, new, language), nl=False)
    refused = [{i.path for i in e.inputs if i.status == "refused"} for e in (old, new)]
    others = {
        fault.key: fault
        for e, paths in zip((old, new), refused, strict=True)
        for fault in e.diagnostics
        if fault.span.path not in paths
    }
    tell_faults(others.values(), language)
    return FAULTY if others or refused[0] & refused[1] else DONE


def runs(before: Path, after: Path, form: str, language: Language) -> int:
    """Two runs, by their results."""
    try:
        sides = [side_of(*_opened(path)) for path in (before, after)]
    except NoRun as nothing:
        return _wrong(nothing.why, language)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        return FAULTY
    _tell(compared(*sides), form, language)
    return DONE


def _opened(path: Path) -> tuple[Results, str]:
    """The results of a run, and what to call it; `latest` alone is the latest in reports/."""
    if path == Path(LATEST) and not path.exists():
        path = latest(Path("reports"))
    try:
        results = opened(path)
    except NoRun:
        raise NoRun(Phrase(*(text.format(path=path) for text in NO_RUN))) from None
    return results, str(near(folder_of(path) if path.suffix != ".json" else path))


def what_if(
    run: Path, table: Path | None, settings: Sequence[str], form: str, language: Language
) -> int:
    """A run, and its facts scored under a changed table."""
    try:
        results, name = _opened(run)
        facts = facts_in(Path(name))
        base = document_of(facts, Path(name) / FACTS)
        before = criteria_of(base)
        document = read_criteria(table)[1] if table else base
        document = with_settings(document, settings) if settings else document
        after = criteria_of(document)
        names = {branch["code"]: branch["name"] for branch in results["branches"]}
        found = again(facts, before, after, document, names)
    except (NoRun, Unset) as nothing:
        return _wrong(nothing.why, language)
    except NotHeld as lacking:
        return _wrong(Phrase(*lacking.why.both()), language)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        return FAULTY
    supposed = " ".join([*([str(table)] if table else []), *(f"--set {s}" for s in settings)])
    now = side(found.evaluation, f"{say(language, '假设', 'what if')} {supposed}")
    _supposed(side_of(results, name), now, (before, after), found, form, language)
    return DONE


def _supposed(
    old: Side,
    new: Side,
    criteria: tuple[Criteria, Criteria],
    found: Again,
    form: str,
    language: Language,
) -> None:
    _tell(compared(old, new, what_if=True), form, language)
    for code, fault in found.refused:
        told = REFUSED.say(language).format(code=code) + cause(fault, language)
        click.echo(visible(told), err=form == "json")
    for decision in found.pointless:
        codes = "、".join(sorted(decision.among))
        click.echo(visible(POINTLESS.say(language).format(codes=codes)), err=form == "json")
    if form == "text":
        click.echo()
        click.echo(difference_text(list(differences(*criteria)), language), nl=False)


def _tell(found: Comparison, form: str, language: Language) -> None:
    if form == "json":
        click.echo(to_json(found, indent=1).decode())
    else:
        click.echo(comparison_text(found, language), nl=False)


def _wrong(why: Phrase, language: Language) -> int:
    click.echo(visible(why.say(language)), err=True)
    return WRONG_CALL
