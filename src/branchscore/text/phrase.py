"""What a person reads, in Chinese and English, made from the same values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from branchscore.text.numbers import Exact, percent, plain, rounded

Language = Literal["zh", "en"]


class Phrase(NamedTuple):
    """One wording in both languages; a file that gives only one uses it for both."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Percent:
    """A number that is read as a percentage."""

    value: Exact


@dataclass(frozen=True, slots=True)
class Sentence:
    """A wording with places for values, kept apart from them until somebody reads it."""

    wording: Phrase
    values: "Mapping[str, Value]" = field(default_factory=dict)

    def say(self, language: Language) -> str:
        texts = {name: shown(value, language) for name, value in self.values.items()}
        return self.wording.say(language).format_map(texts)

    def both(self) -> tuple[str, str]:
        """In Chinese and in English; what reads the same in both is made only once."""
        zh = {name: shown(value, "zh") for name, value in self.values.items()}
        en = {
            name: zh[name] if type(value) in NEUTRAL else shown(value, "en")
            for name, value in self.values.items()
        }
        return self.wording.zh.format_map(zh), self.wording.en.format_map(en)


def readable(value: Exact) -> "str | Exact":
    """A number as it is; where its decimals do not end, its first four after `≈`."""
    short = rounded(value, 4, "half-up")
    return value if short == value else f"≈{plain(short)}"


Value = str | Exact | Percent | date | Phrase | Sentence | tuple["Value", ...]
NEUTRAL = frozenset({int, str, Fraction, Percent})
SEPARATOR: dict[Language, str] = {"zh": "、", "en": ", "}


def shown(value: Value, language: Language) -> str:
    """One value of a sentence as text."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[return-value]
    if kind is int:
        return plain(value)  # type: ignore[arg-type]
    match value:
        case Phrase() | Sentence():
            return value.say(language)
        case Fraction():
            return plain(value)
        case Percent():
            return percent(value.value)
        case tuple():
            return SEPARATOR[language].join([shown(part, language) for part in value])
        case date():
            return value.isoformat()
        case _:
            return str(value)
