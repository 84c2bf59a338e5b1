"""Small changes of a document's tree: copies that keep every place."""

from dataclasses import dataclass
from typing import Any

from branchscore.text.source import Map, Seq

At = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """In place of a value: its key becomes this one."""

    key: str


class Gone:
    """In place of a value: it and its key are taken out."""


GONE = Gone()
Put = tuple[At, Any]
"""Where something else is put, and what: a text, `GONE` or `Renamed`."""


def changed(root: Map, puts: tuple[Put, ...]) -> Map:
    """The tree with all these changes; what is not on the way to one is shared."""
    for at, value in puts:
        root = _put(root, at, value)
    return root


def _put(node: Any, at: At, value: Any) -> Any:
    step, rest = at[0], at[1:]
    if isinstance(node, Seq) and isinstance(step, int):
        items = Seq()
        items += node
        items.marks = list(node.marks)
        if not rest and value is GONE:
            del items[step], items.marks[step]
        else:
            items[step] = _put(node[step], rest, value) if rest else value
        return items
    entries = Map()
    for key, old in node.items():
        put = key == step
        if put and not rest and value is GONE:
            continue
        renamed = put and not rest and isinstance(value, Renamed)
        new = old if renamed or not put else _put(old, rest, value) if rest else value
        entries[value.key if renamed else key] = new
        entries.marks += node.places(key)
    return entries


def at(root: Any, path: At) -> Any:
    """What stands at a path; None where there is nothing."""
    node = root
    for step in path:
        inside = isinstance(node, Map) and step in node
        inside = inside or (isinstance(node, Seq) and isinstance(step, int) and step < len(node))
        if not inside:
            return None
        node = node[step]
    return node
