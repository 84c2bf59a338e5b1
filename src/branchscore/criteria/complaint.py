"""A fault of a criteria file, as its parts report it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Complaint:
    """A fault of a criteria file, placed by the keys that lead to it from where it was found."""

    code: str
    at: tuple[str | int, ...]
    values: Mapping[str, Any]

    def under(self, *keys: str | int) -> "Complaint":
        return Complaint(self.code, (*keys, *self.at), self.values)
