"""What a form asks and nobody has filled in yet: left out of the answers, and said once.

Only where nothing at all stands after a name; `~` and `null` are somebody's words and no blanks.
"""

from collections.abc import Collection
from dataclasses import replace
from itertools import chain
from typing import Any

from branchscore.criteria.fields import ListField, TextsField
from branchscore.submission.form import Form
from branchscore.submission.titles import PROOF_TITLES, Spoken
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.source import Document, Map, Mark, Seq

NULLS = ("~", "null", "Null", "NULL")
OPTIONAL = frozenset({"fictional", "partial", "evidence", "self_scores", "note"})
OPTIONAL_IN_PROOF = frozenset({"id", "file", "place"})
NONE = "无"
SHOWN = 5
QUOTED = Phrase("“{title}”", "“{title}”")
SOME = Phrase("{names}", "{names}")
MANY = Phrase("{names}等 {n} 项", "{names} and others, {n} in all,")


def answered(document: Document, form: Form) -> tuple[Document, list[Diagnostic]]:
    """The same submission without its blanks, and a warning of what is not filled in."""
    root: Map = document.root
    if isinstance(root, Spoken) or None in root.values() or any(map(_has_blanks, root.values())):
        return _Blanks(document, form).left_out()
    return document, []


def _has_blanks(value: Any) -> bool:
    """Whether nothing stands somewhere in a list, its records, or a mapping."""
    if type(value) is Seq:
        if set(map(type, value)) != {Map}:
            return any(entry is None or _has_blanks(entry) for entry in value)
        return None in chain.from_iterable(map(dict.values, value))
    return isinstance(value, Map) and None in value.values()


class _Blanks:
    def __init__(self, document: Document, form: Form) -> None:
        self.document, self.form, self.lines = document, form, document.lines

    def blank(self, value: Any, mark: Mark) -> bool:
        return value is None and not self.lines[mark.line][mark.column :].startswith(NULLS)

    def left_out(self) -> tuple[Document, list[Diagnostic]]:
        root, fields = self.document.root, self.form.criteria.fields
        made, unfilled = root.bare(), list[str]()
        for key, value in root.items():
            key_mark, mark = root.places(key)
            kept = self.kept(key, value)
            if self.blank(kept, mark) and (key in fields or key in OPTIONAL):
                unfilled += [key] if key in fields else []
                continue
            made[key] = kept
            made.marks += (key_mark, mark)
        return replace(self.document, root=made), self.told(unfilled)

    def told(self, unfilled: Collection[str]) -> list[Diagnostic]:
        if not unfilled:
            return []
        titles = [self.form.criteria.fields[name].title for name in unfilled]
        quoted = tuple(Sentence(QUOTED, {"title": title}) for title in titles[:SHOWN])
        values: dict[str, Value] = {"names": quoted, "n": len(titles)}
        what = Sentence(SOME if len(titles) <= SHOWN else MANY, values)
        none = NONE if isinstance(self.document.root, Spoken) else "[]"
        at = (next(iter(unfilled)),)
        return [self.document.diagnose("S021", at, key=True, what=what, none=none)]

    def kept(self, key: str, value: Any) -> Any:
        """A value without the blanks in it; None where it is nothing but blanks."""
        asked = self.form.lists.get(key)
        if isinstance(asked, ListField) and isinstance(value, Seq):
            optional = {n for n, f in asked.fields.items() if f.optional}
            whole = key not in self.form.partial(self.document.root)
            return self.records(value, optional if whole else asked.fields, asked.fields)
        texts = key == "partial" or isinstance(self.form.criteria.fields.get(key), TextsField)
        if isinstance(value, Seq) and texts:
            return self.texts(value)
        if key == "evidence" and isinstance(value, Seq):
            return self.records(value, OPTIONAL_IN_PROOF, PROOF_TITLES)
        if key == "self_scores" and isinstance(value, Map):
            return self.record(value, value, value) or None
        return value

    def texts(self, node: Seq) -> Seq | None:
        made, none = Seq(), False
        for text, mark in zip(node, node.marks, strict=True):
            none |= text == NONE
            if text != NONE and not self.blank(text, mark):
                made.append(text)
                made.marks.append(mark)
        return made if made or none or not node else None

    def records(self, node: Seq, optional: Collection[str], known: Collection[str]) -> Seq | None:
        """Those that are filled in. One that says 无 and nothing else says that there are none."""
        made, none = Seq(), False
        for record, mark in zip(node, node.marks, strict=True):
            kept = self.record(record, optional, known) if isinstance(record, Map) else record
            said = isinstance(record, Spoken) and [v for v in record.values() if v is not None]
            none |= said == [NONE]
            blank = kept is None and (isinstance(record, Map) or self.blank(record, mark))
            if said != [NONE] and not blank:
                made.append(kept)
                made.marks.append(mark)
        return made if made or none or not node else None

    def record(self, node: Map, optional: Collection[str], known: Collection[str]) -> Map | None:
        """Without its blanks that need not be filled in; None where it is all blank. Under a
        key that is not `known` somebody's words may stand, run together with the key."""
        blanks = {key for key, value in node.items() if self.blank(value, node.places(key)[1])}
        if node and len(blanks) == len(node) and all(key in known for key in node):
            return None
        made = node.bare()
        for key, value in node.items():
            if key not in blanks or key not in optional:
                made[key] = value
                made.marks += node.places(key)
        return made
