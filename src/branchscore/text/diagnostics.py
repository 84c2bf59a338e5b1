"""A fault in a user's text, as a value: which fault, where, and with what words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from branchscore.text.personal import NUMBERS, masked
from branchscore.text.phrase import Phrase, Value


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
    of text it stands in, `values` fill the manual's sentences. Numbers of persons are hidden
    in both, wherever it is going to be shown."""

    code: str
    span: Span
    excerpt: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "excerpt", masked(self.excerpt, NUMBERS))
        values = {name: _hidden(value) for name, value in self.values.items()}
        object.__setattr__(self, "values", values)

    @property
    def key(self) -> tuple[Span, str, str]:
        """Sorts by place, then code: the same order in every run."""
        return (self.span, self.code, repr(sorted(self.values.items(), key=lambda v: v[0])))


def _hidden(value: Value) -> Value:
    match value:
        case str():
            return masked(value, NUMBERS)
        case int():
            text = str(value)
            return value if masked(text, NUMBERS) == text else masked(text, NUMBERS)
        case Phrase():
            return Phrase(*(masked(text, NUMBERS) for text in value))
        case tuple():
            return tuple(map(_hidden, value))
        case _:
            return value


class Faulty(Exception):  # noqa: N818 - a file is faulty; nothing has gone wrong
    """A file that cannot be used; carries every fault found in it."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(*(f"{d.span.path}:{d.span.line}: {d.code}" for d in diagnostics))
        self.diagnostics = diagnostics
