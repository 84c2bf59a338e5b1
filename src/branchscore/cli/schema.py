"""`branchscore schema`: the published schemas."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from branchscore.cli.common import FAULTY, language_option, tell_faults
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria

KINDS = ("criteria", "submission", "review", "decision", "results", "cases")
ABOUT_A_TABLE = ("submission", "review")


@click.command()
@click.argument("which", type=click.Choice(KINDS))
@click.option(
    "--criteria",
    "-c",
    "table",
    type=click.Path(path_type=Path),
    help="按这份评分表 · submission, review: of the branches and items of this criteria file",
)
@language_option
def schema(which: str, table: Path | None, language: Language) -> None:
    """输出一种文件的 JSON Schema，供编辑器补全和检查。

    Print the JSON Schema of a kind of file, for completion and checks in an editor.

    \b
    branchscore schema criteria > criteria.schema.json
    branchscore schema submission -c criteria/x.yaml > submission.schema.json
    """
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    if table and which not in ABOUT_A_TABLE:
        raise click.BadParameter(which, param_hint="--criteria")
    try:
        made = _schema(which, _read(table) if table else None)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)
    click.echo(json.dumps(made, ensure_ascii=False, indent=1))


def _read(table: Path) -> "Criteria":
    from branchscore.criteria.reading import read_criteria  # noqa: PLC0415

    return read_criteria(table)[0]


def _schema(which: str, criteria: "Criteria | None") -> dict[str, Any]:
    match which:
        case "criteria":
            from branchscore.criteria.schema import criteria_schema  # noqa: PLC0415

            return criteria_schema()
        case "submission":
            from branchscore.submission.schema import submission_schema  # noqa: PLC0415

            return submission_schema(criteria)
        case "review":
            from branchscore.review.schema import review_schema  # noqa: PLC0415

            return review_schema(criteria)
        case "decision":
            from branchscore.review.schema import decision_schema  # noqa: PLC0415

            return decision_schema()
        case "cases":
            from branchscore.trial.schema import cases_schema  # noqa: PLC0415

            return cases_schema()
        case _:
            from branchscore.outputs.results import schema as results_schema  # noqa: PLC0415

            return results_schema()
