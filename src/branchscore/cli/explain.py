"""`branchscore explain`: the manual, and the reasons of a run."""

import sys
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import DONE, FAULTY, WRONG_CALL, say, tell_faults
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.outputs.results import Results

BOTH: Sequence[Language] = ("zh", "en")


@click.command()
@click.argument("what", nargs=-1, metavar="[WORD | CODE | BRANCH [ITEM]]")
@click.option(
    "--run",
    "-R",
    "run",
    type=click.Path(path_type=Path),
    help="哪一次评估的结果 · the run that is explained (default: the latest in reports/)",
)
@click.option(
    "--criteria",
    "-c",
    type=click.Path(path_type=Path),
    help="不读结果，按这份评分表现评 · evaluate now, by this criteria file",
)
@click.option(
    "--submissions",
    "-s",
    multiple=True,
    type=click.Path(path_type=Path),
    help="现评的申报 · submissions to evaluate now (default: submissions/)",
)
@click.option(
    "--reviews",
    "-r",
    multiple=True,
    type=click.Path(path_type=Path),
    help="现评的评审表 · review sheets to evaluate now",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    help="输出语言 · language (default: zh, the manual in both)",
)
def explain(
    what: Sequence[str],
    run: Path | None,
    criteria: Path | None,
    submissions: Sequence[Path],
    reviews: Sequence[Path],
    language: Language | None,
) -> None:
    """说明计分办法、错误代码，或某支部某一项为什么得这个分。

    Explain a kind of rule or measure, a part or key of a criteria file, an error code, or why a
    branch got what it got. Without WORD: all that can be explained.

    \b
    branchscore explain shortfall
    branchscore explain T006
    branchscore explain JA-07 O3
    """
    from branchscore.outputs.explain import contents, found  # noqa: PLC0415

    if len(what) > 2 or (criteria is None and (submissions or reviews)) or (run and criteria):
        raise click.UsageError(
            "用 --run 看一次评估，或用 --criteria 现评；最多写支部和项目两个词 · "
            "name a run, or criteria to evaluate by; and a branch and an item at most"
        )
    languages = [language] if language else BOTH
    if not what:
        sys.exit(_shown(contents(languages)))
    if len(what) == 1 and (text := found(what[0], languages)):
        sys.exit(_shown(text))
    read = (
        partial(_evaluated, criteria, submissions, reviews) if criteria else partial(_stored, run)
    )
    sys.exit(_line(what, read, language or "zh"))


def _shown(text: str) -> int:
    from rich.console import Console  # noqa: PLC0415

    console = Console()
    console.print(text, markup=False, highlight=False, soft_wrap=not console.is_terminal)
    return DONE


def _line(what: Sequence[str], read: Callable[[], "Results"], language: Language) -> int:
    """A branch, or one line of it."""
    from branchscore.outputs.explain import words  # noqa: PLC0415
    from branchscore.outputs.opened import NoRun  # noqa: PLC0415
    from branchscore.outputs.reasoning import Told  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    code, *items = what
    manual = [] if items else words()
    try:
        results = read()
    except NoRun as error:
        if _near(code, manual):
            return _unknown(code, manual, language)
        click.echo(error.why.say(language), err=True)
        return WRONG_CALL
    except Faulty as error:
        if _near(code, manual):
            return _unknown(code, manual, language)
        tell_faults(error.diagnostics, language)
        return FAULTY
    branch = next((b for b in results["branches"] if b["code"] == code), None)
    if branch is None:
        known = [*(b["code"] for b in results["branches"]), *manual]
        return _tell_refused(results, code, language) or _unknown(code, known, language)
    told = Told(results, branch, language)
    text = told.line(items[0]) if items else told.overview()
    return _unknown(items[0], told.names(), language) if text is None else _shown(text)


def _stored(run: Path | None) -> "Results":
    from branchscore.outputs.opened import latest, opened  # noqa: PLC0415

    return opened(run or latest(Path("reports")))


def _evaluated(table: Path, named: Sequence[Path], reviews: Sequence[Path]) -> "Results":
    from branchscore import __version__, evaluate  # noqa: PLC0415
    from branchscore.outputs.gather import gather  # noqa: PLC0415

    sheets = list(reviews) or ([Path("reviews")] if Path("reviews").is_dir() else [])
    submissions = list(named) or [Path("submissions")]
    decided = [path for path in (Path("decisions"),) if path.is_dir()]
    done = evaluate(table, submissions, sheets, decisions=decided, every_branch=False)
    return gather(done, __version__)


def _tell_refused(results: "Results", code: str, language: Language) -> int:
    """What is wrong with the branch's file, if it was not evaluated for its faults."""
    from branchscore.outputs.terminal import HELP, visible  # noqa: PLC0415

    refused = {entry["file"] for entry in results["inputs"] if entry["status"] == "refused"}
    faults = [f for f in results["faults"] if f["file"] in refused and Path(f["file"]).stem == code]
    for fault in faults:
        place = f"{fault['file']}:{fault['line']}:{fault['column']}"
        click.echo(f"{visible(place)}: {fault['code']} {fault['name']}", err=True)
        click.echo(f"   {visible(fault['cause'][language])}", err=True)
        click.echo(f"   = {HELP[language]}: {visible(fault['mend'][language])}", err=True)
    return FAULTY if faults else DONE


def _near(word: str, known: Iterable[str]) -> list[str]:
    lowered = {name.lower(): name for name in known}
    return [lowered[name] for name in get_close_matches(word.lower(), lowered, 3, 0.6)]


def _unknown(word: str, known: Iterable[str], language: Language) -> int:
    """Say what there is that looks like it."""
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    told = say(language, f"没有“{visible(word)}”。", f"There is no “{visible(word)}”.")
    if near := ", ".join(_near(word, known)):
        told += say(language, f"是否想查 {near}？", f" Did you mean {near}?")
    click.echo(told, err=True)
    return WRONG_CALL
