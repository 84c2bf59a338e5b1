"""Chinese names → ids: the one place where a submission's own words are turned into ours.

After reading and before typing, every key that is a Chinese title becomes its id. Places and the
words that were written are kept, so that a fault still points at them and names them. Under a
Chinese key 是, 否, 有 and 无 stand for what they say, and elements may be ticked one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import chain
from typing import Any

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ElementsField,
    EvidenceField,
    ListField,
    TextsField,
    options_of,
)
from branchscore.criteria.model import Criteria
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.phrase import Phrase, Value
from branchscore.text.source import Document, Map, Mark, Seq, diagnostic
from branchscore.text.suggest import boolean_near

__all__ = [
    "FRAME_TITLES",
    "PROOF_TITLES",
    "Names",
    "Spoken",
    "Titles",
    "called",
    "in_ids",
    "spoken",
    "stated",
]

PROOF_TITLES: Mapping[str, str] = {
    "id": "编号",
    "title": "名称",
    "file": "文件",
    "place": "存放处",
}
YES_OR_NO = {"是": "true", "否": "false", "有": "true", "无": "false"}
NONE: Mapping[str, Any] = {"无": Seq()}


@dataclass(frozen=True, slots=True)
class Names:
    """How the keys of one mapping may be written: `titles` by id, `ids` by title, and `words`:
    what a Chinese word after a Chinese key stands for."""

    titles: Mapping[str, str]
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    known: frozenset[str] = field(init=False)
    ids: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", frozenset(self.titles))
        ids = {title: name for name, title in self.titles.items() if title not in self.titles}
        object.__setattr__(self, "ids", ids)


class Titles:
    """The Chinese names of everything that one criteria file asks; `frame` are those of the
    keys that every submission has."""

    def __init__(self, criteria: Criteria, frame: Mapping[str, str] = FRAME_TITLES) -> None:
        fields = criteria.fields
        self.top = _names(fields, frame)
        self.lists = {n: _names(f.fields) for n, f in fields.items() if isinstance(f, ListField)}
        self.ledger = Names(PROOF_TITLES)
        items = [(item.id, item.title.zh) for item in criteria.indicators()]
        several = [title for _, title in items]
        unique = {name: title if several.count(title) == 1 else name for name, title in items}
        self.items = Names(unique)
        self.elements = _elements(fields)
        self.elements_in = {
            name: inner
            for name, asked in fields.items()
            if isinstance(asked, ListField) and (inner := _elements(asked.fields))
        }
        groups = (self.top, self.ledger, self.items, *self.lists.values(), *self.elements.values())
        self.written = frozenset(chain.from_iterable(names.titles.values() for names in groups))

    def are_ids(self, root: Map) -> bool:
        """Whether a submission is written in ids throughout; it costs next to nothing."""
        return (
            root.keys() <= self.top.known
            and all(_plain(root.get(name), names) for name, names in self.lists.items())
            and _plain(root.get("evidence"), self.ledger)
            and _plain([root.get("self_scores")], self.items)
        )


def _names(fields: Mapping[str, Asked], frame: Mapping[str, str] | None = None) -> Names:
    words: dict[str, Mapping[str, Any]] = {"fictional": YES_OR_NO} if frame else {}
    for name, asked in fields.items():
        if isinstance(asked, BooleanField):
            words[name] = YES_OR_NO
        elif isinstance(asked, ListField | ElementsField | EvidenceField | TextsField):
            taken = {title.zh for title in (options_of(asked) or {}).values()}
            words[name] = {word: value for word, value in NONE.items() if word not in taken}
    return Names({**(frame or {}), **{name: f.title.zh for name, f in fields.items()}}, words)


def _elements(fields: Mapping[str, Asked]) -> dict[str, Names]:
    return {
        name: Names({one: title.zh for one, title in asked.elements.items()})
        for name, asked in fields.items()
        if isinstance(asked, ElementsField)
    }


def _plain(records: Any, names: Names) -> bool:
    """Whether mappings have ids as keys; what is none of that sort is left to the types."""
    if not isinstance(records, list):
        return True
    return names.known.issuperset(chain.from_iterable(r for r in records if type(r) is Map))


def stated(root: Map, name: str) -> tuple[str, Any]:
    """The key under which something of the frame is stated, and what is."""
    key = name if name in root else FRAME_TITLES.get(name, name)
    return key, root.get(key)


def called(root: Map, name: str) -> dict[str, Any]:
    """What a sentence calls a key of the frame, in a file that is not typed yet."""
    return (root if all(map(str.isascii, root)) else Spoken(FRAME_TITLES)).named(name)


class Spoken(Map):
    """A mapping that was renamed: `said` are its keys as they were written."""

    __slots__ = ("said", "titles")

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__()
        self.titles, self.said = titles, dict[str, str]()

    def written(self, key: str) -> str:
        return self.said.get(key, key)

    def named(self, key: str) -> dict[str, Any]:
        title = self.titles.get(key)
        if title is None:
            return super().named(key)
        return {"name": Phrase(f"{title}（{key}）", f"{title} ({key})"), "title": title}

    def beside(self) -> frozenset[str]:
        return frozenset(self.titles.values())

    def bare(self) -> "Spoken":
        made = Spoken(self.titles)
        made.said = self.said
        return made


def in_ids(document: Document, titles: Titles) -> tuple[Document, list[Diagnostic]]:
    """The same submission with ids as keys, and what is said twice or ticked wrongly."""
    if titles.are_ids(document.root):
        return document, []
    renaming = _Renaming(document)
    root = renaming.submission(titles)
    # A misspelt id does not make a file Chinese.
    return replace(document, root=root) if renaming.spoken else document, renaming.faults


def spoken(
    document: Document, names: Mapping[tuple[str, ...], Names]
) -> tuple[Document, list[Diagnostic]]:
    """A file of another kind with ids as keys: `names` by the way to each of its mappings."""
    renaming = _Renaming(document)

    def within(node: Any, way: tuple[str, ...]) -> Any:
        if not isinstance(node, Map):
            return node
        made = renaming.mapping(node, names[way])
        for inner in names:
            if inner[:-1] == way and inner and inner[-1] in made:
                made[inner[-1]] = within(made[inner[-1]], inner)
        return made

    root = within(document.root, ())
    return replace(document, root=root) if renaming.spoken else document, renaming.faults


class _Renaming:
    def __init__(self, document: Document) -> None:
        self.document, self.faults, self.spoken = document, list[Diagnostic](), False

    def fault(self, code: str, mark: Mark, text: str, **values: Value) -> None:
        span = Span(self.document.path, mark.line + 1, mark.column + 1, max(1, len(text)))
        self.faults.append(diagnostic(self.document.raw, code, span, **values))

    def submission(self, titles: Titles) -> Map:
        root = self.mapping(self.document.root, titles.top)
        for name, names in titles.lists.items():
            if name in root:
                root[name] = self.records(root[name], names, titles.elements_in.get(name, {}))
        if "evidence" in root:
            root["evidence"] = self.records(root["evidence"], titles.ledger, {})
        if isinstance(root.get("self_scores"), Map):
            root["self_scores"] = self.mapping(root["self_scores"], titles.items)
        self.tick(root, titles.elements)
        return root

    def mapping(self, node: Map, names: Names) -> Spoken:
        made = Spoken(names.titles)
        marks = iter(node.marks)
        for (key, value), key_mark, mark in zip(node.items(), marks, marks, strict=True):
            name = names.ids.get(key, key)
            self.spoken |= name != key or not key.isascii()
            if name in made:
                first, other = made.places(name)[0].line + 1, made.said[name]
                self.fault("S020", key_mark, key, got=key, other=other, first=first)
                continue
            chinese = name != key and isinstance(value, str)
            made[name] = names.words.get(name, {}).get(value, value) if chinese else value
            made.said[name] = key
            made.marks += (key_mark, mark)
        return made

    def records(self, node: Any, names: Names, elements: Mapping[str, Names]) -> Any:
        if not isinstance(node, Seq):
            return node
        made = Seq()
        made.marks = node.marks
        for one in node:
            record = self.mapping(one, names) if isinstance(one, Map) else one
            if isinstance(record, Map):
                self.tick(record, elements)
            made.append(record)
        return made

    def tick(self, holder: Map, elements: Mapping[str, Names]) -> None:
        for name, names in elements.items():
            node = holder.get(name)
            if isinstance(node, Map) and node and holder.written(name) != name:
                holder[name] = self.ticked(self.mapping(node, names), names)

    def ticked(self, node: Spoken, names: Names) -> Seq | None:
        """The elements that are ticked; None where nothing was said of any."""
        made, marks = Seq(), iter(node.marks)
        for (name, value), key_mark, mark in zip(node.items(), marks, marks, strict=True):
            said = YES_OR_NO.get(value, value) if isinstance(value, str) else value
            if name not in names.titles:
                near = get_close_matches(name, [*names.titles, *names.ids], 1, 0.6)
                self.fault("T001", key_mark, name, got=name, near=near[0] if near else "")
            elif said == "true":
                made.append(name)
                made.marks.append(key_mark)
            elif said not in ("false", None):
                got = value if isinstance(value, str) else ""
                self.fault("T007", mark, got, got=got, near=boolean_near(got))
        return made if any(value is not None for value in node.values()) else None
