"""`branchscore schema`: the published schemas."""

import json

import click


@click.command()
@click.argument("which", type=click.Choice(["results"]))
def schema(which: str) -> None:
    """输出结果文件的 JSON Schema。

    Print the JSON Schema of results.json.
    """
    from branchscore.outputs.results import schema as results_schema  # noqa: PLC0415

    click.echo(json.dumps(results_schema(), ensure_ascii=False, indent=1))
