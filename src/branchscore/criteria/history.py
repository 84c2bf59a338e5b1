"""Values with a history: `points: {since 2022-01-01: 5, since 2023-01-01: 6}`.

The value that counts is the latest one that is not after the first day of the period, so
that last year's file goes on saying what held last year. Any value can be written like this
but the period, which decides.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import day_of
from branchscore.text.source import Document, Map, Mark, Seq
from branchscore.text.typing import WORDS

At = tuple[str | int, ...]
SINCE = re.compile(r"since +(\S*)")
MIXED = Phrase(
    "“since 年-月-日”不能与其他内容写在一起", "“since” and a day cannot stand beside other keys"
)
DECIDES = Phrase(
    "考核期决定取哪个值，本身不能按日期取值",
    "the period decides which value counts, and has itself one value",
)


def dated(node: Any) -> bool:
    """Whether a mapping is the history of one value."""
    return isinstance(node, Map) and any(SINCE.match(key) for key in node)


def at_its_time(document: Document) -> Document:
    """The document with one value wherever there is a history. Raises `Faulty`."""
    if not isinstance(document.root, Map) or not _any(document.root):
        return document
    choosing = _Choosing(document, _first_day(document))
    root = choosing.copy(document.root, ())
    if choosing.faults:
        raise Faulty(choosing.faults)
    return replace(document, root=root)


def _any(node: Any) -> bool:
    if isinstance(node, Map):
        return dated(node) or any(map(_any, node.values()))
    return isinstance(node, Seq) and any(map(_any, node))


def _first_day(document: Document) -> date:
    node: Any = document.root
    at: At = ()
    for key in ("period", "first"):
        if not isinstance(node, Map):
            raise Faulty([document.diagnose("T003", at, wanted=WORDS["mapping"])])
        if key not in node:
            raise Faulty([document.diagnose("T002", at, name=key)])
        node, at = node[key], (*at, key)
        if dated(node):
            raise Faulty([document.diagnose("C026", at, why=DECIDES)])
    if (day := _day(node)) is None:
        raise Faulty([document.diagnose("T006", at, got=node if isinstance(node, str) else "")])
    return day


def _day(text: Any) -> date | None:
    try:
        return day_of(text)
    except PydanticCustomError:
        return None


class _Choosing:
    """Copies a tree and chooses as it goes."""

    def __init__(self, document: Document, first: date) -> None:
        self.document, self.first = document, first
        self.faults: list[Diagnostic] = []

    def copy(self, node: Any, at: At) -> Any:
        if isinstance(node, Map):
            made = Map()
            for key, value in node.items():
                key_mark, there = node.places(key)
                made[key], mark = self.value(value, there, (*at, key))
                made.marks += [key_mark, mark]
            return made
        if isinstance(node, Seq):
            items = Seq()
            for i, (value, there) in enumerate(zip(node, node.marks, strict=True)):
                chosen, mark = self.value(value, there, (*at, i))
                items.append(chosen)
                items.marks.append(mark)
            return items
        return node

    def value(self, node: Any, mark: Mark, at: At) -> tuple[Any, Mark]:
        """What holds of a value, and where that stands."""
        while dated(node):
            key = self.choice(node, at)
            if key is None:
                return None, mark
            node, mark, at = node[key], node.places(key)[1], (*at, key)
        return self.copy(node, at), mark

    def choice(self, node: Map, at: At) -> str | None:
        days: dict[date, str] = {}
        before = len(self.faults)
        for key in node:
            match = SINCE.fullmatch(key)
            day = _day(match[1]) if match else None
            if match is None:
                self.fault("C026", (*at, key), why=MIXED)
            elif day is None:
                self.fault("T006", (*at, key), got=match[1])
            else:
                days[day] = key
        past = [day for day in days if day <= self.first]
        if len(self.faults) == before and not past:
            fault = self.document.diagnose("C025", at, first=self.first, earliest=min(days))
            self.faults.append(fault)
        return days[max(past)] if past else None

    def fault(self, code: str, at: At, **values: str | Phrase) -> None:
        self.faults.append(self.document.diagnose(code, at, key=True, **values))
