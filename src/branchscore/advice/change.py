"""What could be different in a submission: plain changes that can be scored like any answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PROOF = "PRE-CHECK"
"""Stands for the number of a proof that is still to be handed in."""


@dataclass(frozen=True, slots=True)
class Set:
    """One answer becomes this."""

    field: str
    value: Any

    def on(self, answers: dict[str, Any]) -> None:
        answers[self.field] = self.value


@dataclass(frozen=True, slots=True)
class Add:
    """A list gets these records."""

    list: str
    records: tuple[Mapping[str, Any], ...]

    def on(self, answers: dict[str, Any]) -> None:
        answers[self.list] = [*answers.get(self.list, ()), *self.records]


@dataclass(frozen=True, slots=True)
class Also:
    """A list of elements gets these, where it has not got them."""

    field: str
    names: tuple[str, ...]

    def on(self, answers: dict[str, Any]) -> None:
        held = tuple(answers.get(self.field, ()))
        answers[self.field] = (*held, *(name for name in self.names if name not in held))


@dataclass(frozen=True, slots=True)
class Prove:
    """These records of a list (by index) get a proof."""

    list: str
    indices: tuple[int, ...]

    def on(self, answers: dict[str, Any]) -> None:
        chosen = frozenset(self.indices)
        answers[self.list] = [
            {**record, "evidence": record.get("evidence") or (PROOF,)} if i in chosen else record
            for i, record in enumerate(answers[self.list])
        ]


Change = Set | Add | Also | Prove
Changes = tuple[Change, ...]


def changed(answers: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The answers as they would be; those given stay as they are."""
    made = dict(answers)
    for change in changes:
        change.on(made)
    return made
