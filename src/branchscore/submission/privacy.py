"""Personal data in submissions: pointed out, and kept out of what is said of them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from branchscore.criteria.fields import Asked, FiguresField, ListField, TextField, TextsField
from branchscore.criteria.secrecy import keys
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.submission.form import Form
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.files import read_bytes
from branchscore.text.personal import HIDDEN, NUMBERS, found, masked, may_hold
from branchscore.text.source import Document, Map, Mark, Seq
from branchscore.text.tree import lines_of

At = tuple[str | int, ...]
Keys = tuple[str, ...]


class Part(NamedTuple):
    """Where a key or a value begins, line from 1 and column from 0, and whether it is secret."""

    line: int
    column: int
    secret: bool


CODES = {
    "identity": "P001",
    "mobile": "P002",
    "card": "P003",
    "email": "P004",
    "minor": "P005",
    "health": "P006",
}
FREE = (TextField, TextsField, FiguresField)
FREE_IN_PROOF = ("title", "file", "place")
UNKNOWN = "***"
DEEPEST = 2
FRAME = frozenset(FRAME_TITLES) | frozenset(FRAME_TITLES.values())
# What a fault quotes from the text, or makes from it.
QUOTED = {"got": UNKNOWN, "near": "", "what": UNKNOWN}
AFTER = re.compile(r"[\s:：=＝]+")
SHOWN = re.compile(r"[^\s\[\]{},\"'-]")
KEY = r"(?:^|[\s{{,\"'-])(?:{keys})[\"']?[ 　]*[:：]"


def remarks(document: Document, values: Mapping[str, Any], form: Form) -> Iterator[Diagnostic]:
    """A warning for each free text and each kind of personal data in it. What is asked for as
    a secret is not pointed out."""
    if not may_hold(document.raw):
        return
    for at, text in _free(values, form.criteria.fields):
        # The name of a hospital's branch may well name an illness.
        for kind in dict.fromkeys(hit.kind for hit in found(text)):
            if at != ("branch",) or kind in NUMBERS:
                yield _covered(document.diagnose(CODES[kind], at))


def _free(values: Mapping[str, Any], fields: Mapping[str, Asked]) -> Iterator[tuple[At, str]]:
    for name in ("code", "branch", "note"):
        if name in values:
            yield (name,), values[name] or ""
    for i, proof in enumerate(values.get("evidence", ())):
        yield from ((("evidence", i, key), proof[key]) for key in FREE_IN_PROOF if key in proof)
    yield from _answers(values, fields, ())


def _answers(
    values: Mapping[str, Any], fields: Mapping[str, Asked], at: At
) -> Iterator[tuple[At, str]]:
    for name, field in fields.items():
        value = values.get(name)
        if value is None or field.personal == "secret":
            continue
        match field:
            case TextField():
                yield (*at, name), value
            case TextsField():
                yield from (((*at, name, i), text) for i, text in enumerate(value))
            case FiguresField():
                yield from (((*at, name, key), key) for key in value)
            case ListField():
                inner = {n: f for n, f in field.fields.items() if isinstance(f, FREE)}
                for i, record in enumerate(value if inner else ()):
                    yield from _answers(record, inner, (*at, name, i))


def without_personal(document: Document, values: dict[str, Any]) -> dict[str, Any]:
    """The frame's free text as it may be shown. Answers stay as they are, since they are counted
    and compared, and files keep their names."""
    if not may_hold(document.raw):
        return values
    shown = {**values, "branch": masked(values["branch"], NUMBERS)}
    if values.get("note"):
        shown["note"] = masked(values["note"])
    shown["evidence"] = [
        {key: masked(v) if key in ("title", "place") else v for key, v in entry.items()}
        for entry in values.get("evidence", ())
    ]
    return shown


def _covered(diagnostic: Diagnostic) -> Diagnostic:
    values = {
        name: masked(value) if isinstance(value, str) else value
        for name, value in diagnostic.values.items()
    }
    return replace(diagnostic, excerpt=masked(diagnostic.excerpt), values=values)


class Veil:
    """Hides, in what is said of one document, the answers to its secret fields, and all
    personal data. `secret` and `known` are keys that lead to fields; what stands under a key
    that is not `known` may be a misspelt secret."""

    def __init__(self, root: Any, secret: Iterable[Keys], known: Iterable[Keys] = ()) -> None:
        self.secret, self.known = frozenset(secret), frozenset(known)
        self.places = sorted(self._places(root, (), hidden=False)) if self.secret else []

    @classmethod
    def of(cls, document: Document, form: Form) -> "Veil":
        fields = form.criteria.fields
        return cls(document.root, keys(fields, secret=True), keys(fields, secret=False))

    def _places(self, node: Any, at: Keys, hidden: bool) -> Iterator[Part]:
        if isinstance(node, Map):
            marks = iter(node.marks)
            for key, value in node.items():
                under, mark = (*at, key), next(marks)
                yield _part(mark, hidden)
                lost = self._lost(under, value)
                if lost and (said := self._said(key)) < len(key):
                    yield Part(mark.line + 1, mark.column + said, True)
                hides = hidden or under in self.secret or lost
                yield from self._value(next(marks), value, under, hides)
        elif isinstance(node, Seq):
            for mark, value in zip(node.marks, node, strict=True):
                # Text where a record should be is of none of its fields, so perhaps of a secret.
                lost = not isinstance(value, Map) and any(k[:-1] == at for k in self.secret if at)
                yield from self._value(mark, value, at, hidden or lost)

    def _value(self, mark: Mark, value: Any, at: Keys, hidden: bool) -> Iterator[Part]:
        yield _part(mark, hidden and not isinstance(value, Map | Seq))
        yield from self._places(value, at, hidden)

    def _lost(self, at: Keys, value: Any) -> bool:
        """Whether a key that nobody asked for stands where a secret may be meant."""
        if not self.known or at in self.known or len(at) > DEEPEST or at[0] in FRAME:
            return False
        depth = len(at) + isinstance(value, Map | Seq)
        return any(len(k) == depth and k[: len(at) - 1] == at[:-1] for k in self.secret)

    def _said(self, key: str) -> int:
        """How much of an unknown key may be a name; where the colon went wrong, an answer
        stands in what follows."""
        names = [name[-1] for name in self.secret if key.startswith(name[-1])]
        name = max(names, key=len, default="")
        match = AFTER.search(key, len(name)) if not name else AFTER.match(key, len(name))
        return match.end() if match else len(name) or len(key)

    def line(self, number: int, text: str) -> str:
        """A line of the document, as it may be shown."""
        first, after = (bisect_left(self.places, Part(n, 0, False)) for n in (number, number + 1))
        inside = [(part.column, part.secret) for part in self.places[first:after]]
        parts = [(0, first > 0 and self.places[first - 1].secret), *inside, (len(text), False)]
        shown = [
            SHOWN.sub(HIDDEN, text[start:end]) if secret else text[start:end]
            for (start, secret), (end, _) in pairwise(parts)
        ]
        return masked("".join(shown))

    def over(self, diagnostic: Diagnostic) -> Diagnostic:
        """The fault, saying where and what is wrong but nothing that is secret."""
        span, values = diagnostic.span, dict(diagnostic.values)
        start = span.column - 1
        first, last = (
            bisect_left(self.places, Part(span.line, column, False))
            for column in (span.column, start + span.length)
        )
        if first and self.places[first - 1].secret:
            values |= {name: text for name, text in QUOTED.items() if name in values}
        elif "got" in values and (cut := [p for p in self.places[first:last] if p.secret]):
            values["got"] = str(values["got"])[: cut[0].column - start] + UNKNOWN
        excerpt = self.line(span.line, diagnostic.excerpt)
        return _covered(replace(diagnostic, excerpt=excerpt, values=values))


def _part(mark: Mark, secret: bool) -> Part:
    return Part(mark.line + 1, mark.column, secret)


def unparsed(diagnostic: Diagnostic, forms: Iterable[Form]) -> Diagnostic:
    """A fault of a text that could not be read as a whole, without what stands after the name
    of a secret field, or further in than a line with one."""
    secret = {name for form in forms for name in keys(form.criteria.fields, secret=True)}
    span, text = diagnostic.span, diagnostic.excerpt
    if not secret or not text:
        return _covered(diagnostic)
    pattern = re.compile(KEY.format(keys="|".join(re.escape(name[-1]) for name in sorted(secret))))
    match = pattern.search(text)
    start = match.end() if match else len(text)
    if not match and pattern.search(_above(Path(span.path), span.line - 1)):
        start = 0
    excerpt = text[:start] + SHOWN.sub(HIDDEN, text[start:])
    return _covered(replace(diagnostic, excerpt=excerpt))


def _above(path: Path, index: int) -> str:
    """The nearest line above that stands further out."""
    try:
        lines = lines_of(read_bytes(path))[: index + 1]
    except Faulty:
        return ""
    indents = [len(line) - len(line.lstrip()) for line in lines]
    for line, indent in zip(reversed(lines[:-1]), reversed(indents[:-1]), strict=True):
        if line.strip() and indent < indents[-1]:
            return line
    return ""
