"""`extends: other.yaml`: a criteria file that says only what it changes.

    extends: base.yaml
    id: district-2023
    dimensions:
      - id: work
        points: 12
        indicators:
          - {id: W1, points: 5, rule: {each: 1}}    # changed
          - {id: W2, remove: true}                  # taken out
          - {id: W9, title: 创新, points: 2, …}      # new

Mappings are merged key by key, lists whose entries have an `id` entry by entry, in the order
of the file that is extended and with new entries at the end. Every other value replaces what
stood there, and so do a list without ids, a `where`, and a mapping that says what it is: its
`kind`, `type`, `document` or `zh`. `remove: true` takes out the key or the entry that it
stands in; it is no empty value, because those are forgotten more often than meant.

The file that is extended lies in the same folder, or below the folder above it. Places stay
those of the text: a fault in what was taken from another file is told in that file.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from branchscore.criteria.history import at_its_time, dated
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.phrase import Phrase
from branchscore.text.source import Document, Map, Mark, Placed, Seq
from branchscore.text.typing import WORDS

Read = Callable[[Path], Document]
At = tuple[str | int, ...]
MOST_LEVELS = 8
NAMING = ("kind", "type", "document", "zh")
"""Keys that say what a mapping is; one that states them says all of it."""
NAMED = frozenset(
    {"documents", "elements", "fields", "levels", "options", "points", "weights", "worth"}
)
"""Where keys are names that an author chose, whatever they read like."""
RELATIVE = Phrase("只能写相对路径，分隔用“/”", "it must be a relative path, written with “/”")
TOO_FAR = Phrase(
    "只能用同一文件夹里的，或上一级文件夹之下的文件",
    "it must lie in the same folder, or below the folder above it",
)
NOT_YAML = Phrase("不是 .yaml 文件", "it is no .yaml file")
LINK = Phrase("路径上有链接（快捷方式）", "there is a link on the way to it")
TOO_DEEP = Phrase(f"超过 {MOST_LEVELS} 层", f"more than {MOST_LEVELS} levels")
OF_DATES = Phrase(
    "这里按日期取值，只能补写 since，或者整个重写",
    "values are dated here; add another “since”, or write it whole",
)


def resolve(document: Document, read: Read) -> Document:
    """The document with all that it extends merged in and every value that has a history as
    it was on the first day of the period; unchanged if there is nothing of both.

    Raises `Faulty`.
    """
    merged = at_its_time(_merged(document, read, (Path(os.path.normpath(document.path)),)))
    if faults := list(_stray(merged, merged.root, ())):
        raise Faulty(faults)
    return merged


def _merged(document: Document, read: Read, chain: tuple[Path, ...]) -> Document:
    root = document.root
    if not isinstance(root, Map) or "extends" not in root:
        return document
    target = _target(document, chain)
    try:
        parent = read(target)
    except Faulty as error:
        raise Faulty([_told(document, fault) for fault in error.diagnostics]) from None
    if not isinstance(parent.root, Map):
        raise Faulty([parent.diagnose("T003", (), wanted=WORDS["mapping"])])
    whole = _merged(parent, read, (*chain, target))
    merging = _Merging(document)
    made = merging.mapping(_placed(whole.root, parent.path), _without(root, "extends"), ())
    if merging.faults:
        raise Faulty(merging.faults)
    return replace(document, root=made, parents=(parent, *whole.parents))


def _told(document: Document, fault: Diagnostic) -> Diagnostic:
    """A file that cannot be read is a fault of the line that names it."""
    if fault.code != "Y001":
        return fault
    return document.diagnose("C020", ("extends",), why=fault.values["why"])


def _target(document: Document, chain: tuple[Path, ...]) -> Path:
    """The file that is extended; raises `Faulty` where it may not be."""
    text, at = document.root["extends"], ("extends",)
    if not isinstance(text, str):
        code = "T009" if text is None else "T003"
        raise Faulty([document.diagnose(code, at, name="extends", wanted=WORDS["text"])])
    folder, parts = Path(document.path).parent, PurePosixPath(text).parts
    target = Path(os.path.normpath(folder / text))
    why = _refused(text, parts) or (LINK if _linked(folder, parts) else None)
    if why is None and target in chain:
        told = " → ".join(map(str, (*chain[chain.index(target) :], target)))
        raise Faulty([document.diagnose("C021", at, chain=told)])
    if why is None and len(chain) > MOST_LEVELS:
        why = TOO_DEEP
    if why:
        raise Faulty([document.diagnose("C020", at, why=why)])
    return target


def _refused(text: str, parts: tuple[str, ...]) -> Phrase | None:
    if text.startswith("/") or "\\" in text or PureWindowsPath(text).drive:
        return RELATIVE
    if ".." in parts[1:]:
        return TOO_FAR
    return None if text.endswith((".yaml", ".yml")) else NOT_YAML


def _linked(folder: Path, parts: tuple[str, ...]) -> bool:
    here = folder
    for part in parts:
        here = Path(os.path.normpath(here / part))
        try:
            if part != ".." and here.is_symlink():
                return True
        except OSError:
            return False
    return False


class _Merging:
    """Merges the tree of one file into what it extends, and collects the faults of that."""

    def __init__(self, document: Document) -> None:
        self.document, self.faults = document, list[Diagnostic]()

    def fault(self, code: str, at: At, **values: Any) -> None:
        self.faults.append(self.document.diagnose(code, at, **values))

    def node(self, old: Any, new: Any, at: At) -> Any:
        if isinstance(old, Map) and isinstance(new, Map) and not _whole(new, at):
            if dated(old) == dated(new):
                return self.mapping(old, new, at)
            if dated(old):
                self.fault("C026", at, why=OF_DATES)
            return new
        if isinstance(old, Seq) and isinstance(new, Seq) and any(map(_has_id, old)):
            return self.entries(old, new, at)
        return new

    def mapping(self, old: Map, new: Map, at: At) -> Map:
        made = Map()
        for key, value in old.items():
            if key not in new:
                made[key], marks = value, old.places(key)
            elif self.removes(new[key], (*at, key)):
                continue
            else:
                made[key] = self.node(value, new[key], (*at, key))
                marks = new.places(key)
            made.marks += marks
        for key, value in new.items():
            if key not in old and self.adds(value, (*at, key), key):
                made[key] = value
                made.marks += new.places(key)
        return made

    def entries(self, old: Seq, new: Seq, at: At) -> Seq:
        made, places = Seq(), self.ids(new, at)
        for entry, mark in zip(old, old.marks, strict=True):
            i = places.pop(entry["id"], None) if _has_id(entry) else None
            if i is None:
                made.append(entry)
                made.marks.append(mark)
            elif not self.removes(new[i], (*at, i)):
                made.append(self.node(entry, new[i], (*at, i)))
                made.marks.append(new.marks[i])
        for name, i in places.items():
            if self.adds(new[i], (*at, i), name):
                made.append(new[i])
                made.marks.append(new.marks[i])
        return made

    def ids(self, new: Seq, at: At) -> dict[str, int]:
        """The entries by id; one without, or a second one of the same, cannot be told apart."""
        places: dict[str, int] = {}
        for i, entry in enumerate(new):
            if not _has_id(entry):
                self.fault("C024", (*at, i))
            elif places.setdefault(entry["id"], i) != i:
                self.fault("C003", (*at, i, "id"), name=entry["id"])
        return places

    def removes(self, node: Any, at: At) -> bool:
        """Whether it takes out what it stands for; `remove` stands alone, and is true."""
        if not removal(node, at):
            return False
        if node["remove"] != "true" or not node.keys() <= {"id", "remove"}:
            self.fault("C023", (*at, "remove"))
        return True

    def adds(self, node: Any, at: At, name: str) -> bool:
        if not self.removes(node, at):
            return True
        self.fault("C022", at, name=name)
        return False


def removal(node: Any, at: At) -> bool:
    """Whether a value says `remove`, and is not a mapping in which that is a name."""
    if not isinstance(node, Map) or isinstance(node.get("remove", ()), Map | Seq | tuple):
        return False
    return at[-1] not in NAMED or dict(node) == {"remove": "true"}


def _has_id(entry: Any) -> bool:
    return isinstance(entry, Map) and isinstance(entry.get("id"), str)


def _whole(new: Map, at: At) -> bool:
    """Whether a mapping replaces what stood there as a whole."""
    name = at[-1] if at else ""
    stated = name not in NAMED and any(isinstance(new.get(key), str) for key in NAMING)
    return stated or name == "where"


def _stray(document: Document, node: Any, at: At) -> Iterator[Diagnostic]:
    """Removals with nothing to remove: in what is new, or in a file that extends no other."""
    if isinstance(node, Map):
        if at and removal(node, at):
            if node.keys() <= {"id", "remove"}:
                yield document.diagnose("C022", at, name=str(node.get("id") or at[-1]))
            elif "id" in node:
                yield document.diagnose("C023", (*at, "remove"))
        for key, value in node.items():
            if key != "where":
                yield from _stray(document, value, (*at, key))
    elif isinstance(node, Seq):
        for i, value in enumerate(node):
            yield from _stray(document, value, (*at, i))


def _without(node: Map, key: str) -> Map:
    made = Map()
    for name, value in node.items():
        if name != key:
            made[name] = value
            made.marks += node.places(name)
    return made


def _placed(node: Any, path: str) -> Any:
    """A copy whose places say which file they are in."""

    def placed(mark: Mark) -> Mark:
        return mark if isinstance(mark, Placed) else Placed(mark.line, mark.column, path)

    if not isinstance(node, Map | Seq):
        return node
    made: Map | Seq = type(node)()
    made.marks = [placed(mark) for mark in node.marks]
    if isinstance(node, Map) and isinstance(made, Map):
        made.update({key: _placed(value, path) for key, value in node.items()})
    elif isinstance(made, Seq):
        made.extend(_placed(value, path) for value in node)
    return made
