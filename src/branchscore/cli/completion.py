"""`branchscore completion`: completion for a shell."""

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """输出命令补全脚本，例如 eval "$(branchscore completion bash)"。

    Print a completion script for the shell.
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(shell)
    root = context.find_root().command
    click.echo(kind(root, {}, "branchscore", "_BRANCHSCORE_COMPLETE").source())
