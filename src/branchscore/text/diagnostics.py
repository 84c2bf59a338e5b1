"""A fault in a user's text, as a value: which fault, where, and with what words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from branchscore.text.phrase import Value


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: 1-based line and column, counted in characters; line 0 is the file."""

    path: str
    line: int = 0
    column: int = 0
    length: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault. `code` names its entry in the manual (`codes.yaml`), `excerpt` is the line
    of text it stands in, `values` fill the manual's sentences."""

    code: str
    span: Span
    excerpt: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Span, str, str]:
        """Sorts by place, then code: the same order in every run."""
        return (self.span, self.code, repr(sorted(self.values.items(), key=lambda v: v[0])))


class Faulty(Exception):  # noqa: N818 - a file is faulty; nothing has gone wrong
    """A file that cannot be used; carries every fault found in it."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(*(f"{d.span.path}:{d.span.line}: {d.code}" for d in diagnostics))
        self.diagnostics = diagnostics
