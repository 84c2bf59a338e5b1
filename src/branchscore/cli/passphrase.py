"""Passphrases: typed in, or read from a file descriptor; never an argument or a variable of the
environment, where others can see them."""

import os
import sys
from collections.abc import Sequence

import click

from branchscore.cli.common import WRONG_CALL, say
from branchscore.text.phrase import Language

MOST = 4096

passphrase_option = click.option(
    "--passphrase-fd",
    "descriptor",
    type=click.IntRange(min=0),
    metavar="N",
    help="从文件描述符 N 读口令，一行一个 · read passphrases from file descriptor N, one a line "
    "(default: ask)",
)


def passphrases(
    asked: Sequence[tuple[str, str]], descriptor: int | None, language: Language, *, new: bool
) -> list[bytes]:
    """One for each thing asked for, in Chinese and English."""
    if descriptor is not None:
        return _read(len(asked), descriptor, language)
    if not sys.stdin.isatty():
        click.echo(
            say(
                language,
                "要输入口令：请在终端里运行，或用 --passphrase-fd。",
                "A passphrase is needed: run this in a terminal, or use --passphrase-fd.",
            ),
            err=True,
        )
        sys.exit(WRONG_CALL)
    return [
        click.prompt(
            say(language, *wording), hide_input=True, confirmation_prompt=new, err=True
        ).encode()
        for wording in asked
    ]


def _read(count: int, descriptor: int, language: Language) -> list[bytes]:
    try:
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            lines = stream.read(MOST).splitlines()
    except OSError:
        lines = []
    if len(lines) != count or not all(lines):
        click.echo(
            say(
                language,
                f"文件描述符 {descriptor} 应给出 {count} 行口令。",
                f"File descriptor {descriptor} should give {count} line(s) of passphrases.",
            ),
            err=True,
        )
        sys.exit(WRONG_CALL)
    return lines
