"""What a person reads, in Chinese and English, made from the same values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from branchscore.text.numbers import percent, plain

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One wording in both languages; a file that gives only one uses it for both."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Share:
    """A number that is read as a percentage."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Sentence:
    """A wording with places for values, kept apart from them until somebody reads it."""

    wording: Phrase
    values: "Mapping[str, Value]" = field(default_factory=dict)

    def say(self, language: Language) -> str:
        texts = {name: shown(value, language) for name, value in self.values.items()}
        return self.wording.say(language).format_map(texts)


Value = str | int | Fraction | Share | date | Phrase | Sentence | tuple["Value", ...]


def shown(value: Value, language: Language) -> str:
    """One value of a sentence as text."""
    match value:
        case str():
            return value
        case int() | Fraction():
            return plain(value)
        case Phrase() | Sentence():
            return value.say(language)
        case Share():
            return percent(value.value)
        case date():
            return value.isoformat()
        case tuple():
            return ("、" if language == "zh" else ", ").join(shown(v, language) for v in value)
