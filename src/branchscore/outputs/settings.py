"""`--set selection.quota=9`: a file that extends the table, written on the command line."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from branchscore.criteria.inherit import resolve
from branchscore.text.phrase import Phrase
from branchscore.text.source import Document, Map, Seq, parse

NAME = "--set"
BASE = "run.yaml"
NO_VALUE = Phrase(
    "“{text}”应写作 名称=内容，如 selection.quota=9",
    "“{text}” should read NAME=VALUE, as in selection.quota=9",
)
NO_ENTRY = Phrase("“{text}”：“{step}”之下没有更深一层", "“{text}”: there is nothing below “{step}”")
Tree: TypeAlias = "dict[str, Tree] | str"


class Unset(Exception):  # noqa: N818 - a wrong call, told in words
    """Why a setting cannot be read."""

    def __init__(self, why: Phrase, **values: str) -> None:
        super().__init__(why.en)
        self.why = Phrase(*(text.format(**values) for text in why))


def with_settings(base: Document, settings: Sequence[str]) -> Document:
    """The table with these settings; raises `Unset`, and `Faulty` as reading a file does. A step
    into a list is the id of an entry."""
    tree: dict[str, Tree] = {}
    for text in settings:
        path, equals, value = text.partition("=")
        if not equals or not all(path.split(".")):
            raise Unset(NO_VALUE, text=text)
        _put(tree, path.split("."), value, text)
    written = "\n".join([f"extends: {BASE}", *_lines(tree, base.root, 0)]) + "\n"
    return resolve(parse(written.encode(), NAME), lambda _: base)


def _put(tree: dict[str, Tree], steps: Sequence[str], value: str, text: str) -> None:
    for step in steps[:-1]:
        inner = tree.setdefault(step, {})
        if isinstance(inner, str):
            raise Unset(NO_ENTRY, text=text, step=step)
        tree = inner
    tree[steps[-1]] = value


def _lines(tree: Mapping[str, Tree], node: object, depth: int) -> list[str]:
    """The settings as they stand in a file, beside the part of the table that they change."""
    lines: list[str] = []
    indent = "  " * depth
    for step, inner in tree.items():
        below = _below(node, step)
        head = f"{indent}- id: {step}" if isinstance(node, Seq) else f"{indent}{step}:"
        if isinstance(inner, str):
            if isinstance(node, Seq):
                raise Unset(NO_VALUE, text=f"{step}={inner}")
            lines.append(f"{head} {inner}")
            continue
        lines += [head, *_lines(inner, below, depth + 1)]
    return lines


def _below(node: object, step: str) -> object:
    if isinstance(node, Map):
        return node.get(step)
    if isinstance(node, Seq):
        return next((e for e in node if isinstance(e, Map) and e.get("id") == step), None)
    return None
