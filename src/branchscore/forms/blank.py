"""The form of a table as a text file: every answer is written after a colon, and nowhere else.

Nothing has to be uncommented, quoted or deleted: what stays blank is read as not filled in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    ElementsField,
    FiguresField,
    ListField,
    TextsField,
    options_of,
)
from branchscore.criteria.model import Criteria
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.forms.asked import Question, Use, questions
from branchscore.forms.blank_words import (
    CARRIED,
    COUNTS,
    EXAMPLE,
    FIGURES,
    FOR,
    FRAME,
    HEADS,
    HOW,
    IDS,
    LEDGER,
    MAY,
    MOST,
    NO_USE,
    NOTE,
    PARTIAL,
    RECORD,
    SCORES,
    SECRET,
    TICK,
    UNIT,
    USED,
)
from branchscore.forms.sheet_yaml import scalar
from branchscore.submission.titles import PROOF_TITLES, Titles
from branchscore.text.numbers import plain
from branchscore.text.phrase import Language, Phrase

Keys = Literal["title", "id"]
RULE = "─" * 24


class Style(NamedTuple):
    """How a form is written: with titles or ids as keys, in which language it explains, and
    with how many blank records for each list."""

    keys: Keys = "title"
    language: Language = "zh"
    records: int = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What is already known when the form is written; answers as text, by id."""

    code: str = ""
    branch: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


def form_text(criteria: Criteria, known: Known, style: Style) -> str:
    """The whole form; lines end with a line feed."""
    return "\n".join(_Writer(criteria, known, style).lines()) + "\n"


class _Writer:
    def __init__(self, criteria: Criteria, known: Known, style: Style) -> None:
        self.criteria, self.known, self.style = criteria, known, style
        self.items = Titles(criteria).items
        self.titled = style.keys == "title"

    def say(self, phrase: Phrase, **values: object) -> str:
        text = phrase.say(self.style.language)
        return text.format_map(values) if values else text

    def key(self, name: str, title: str) -> str:
        return scalar(title) if self.titled else name

    def word(self, name: str, title: Phrase) -> str:
        """An option as it is written, and what it means where that is an id."""
        return title.zh if self.titled else f"{name}（{self.say(title)}）"

    def note(self, text: str, depth: int = 0, indent: int = 0) -> Iterator[str]:
        """A comment; a title of several lines may not break out of it."""
        for line in text.splitlines():
            yield f"{' ' * indent}#{' ' * (1 + 2 * depth)}{line}"

    def head(self, text: str) -> Iterator[str]:
        yield ""
        yield from self.note(f"{RULE} {text} {RULE}")

    def lines(self) -> Iterator[str]:
        yield from self.note(self.say(HOW, table=self.say(self.criteria.title)))
        yield from self.note(self.say(IDS if not self.titled else RECORD))
        yield from self.head(self.say(HEADS["branch"]))
        facts = {"criteria": self.criteria.id, "code": self.known.code, "branch": self.known.branch}
        for name, value in facts.items():
            yield from self.note(self.say(FRAME[name]))
            yield self.line(self.key(name, FRAME_TITLES[name]), value)
        yield from self.head(self.say(HEADS["answers"]))
        for question in questions(self.criteria):
            yield from self.question(question)
        yield from self.partial()
        yield from self.ledger()
        yield from self.scores()
        yield ""
        yield from self.note(self.say(NOTE))
        yield self.line(self.key("note", FRAME_TITLES["note"]))

    def line(self, key: str, value: str = "", indent: int = 0) -> str:
        return f"{' ' * indent}{key}: {scalar(value) if value else ''}"

    def question(self, asked: Question) -> Iterator[str]:
        if isinstance(asked.field, ListField):
            yield from self.head(self.say(asked.title))
        else:
            yield ""
            yield from self.note(f"{self.say(asked.title)}{self.colon}{self.how(asked)}")
        if asked.field.help:
            yield from self.note(self.say(asked.field.help), 1)
        if isinstance(asked.field, ListField):
            yield from self.columns(asked)
        else:
            yield from self.options(asked, 1)
        yield from self.worth(asked)
        if asked.inner:
            yield from self.note(self.say(EXAMPLE))
            yield from (f"#{line}" for line in self.record(asked, example=True))
        yield from self.answer(asked)

    @property
    def colon(self) -> str:
        return "：" if self.style.language == "zh" else ": "

    def how(self, asked: Question) -> str:
        """What sort of answer, its unit, its limits, and an example where it helps."""
        comma = "，" if self.style.language == "zh" else ", "
        parts = [self.say(asked.sort)]
        parts += [self.say(asked.limits)] if asked.limits else []
        parts += [self.say(UNIT, unit=self.say(asked.unit))] if asked.unit else []
        if isinstance(asked.field, BooleanField):
            parts = [self.say(TICK)] if self.titled else ["true / false"]
        elif isinstance(asked.field, ElementsField) and self.titled:
            parts = [self.say(TICK)]
        elif not (options_of(asked.field) or asked.example == "……"):
            parts.append(self.say(FOR, example=asked.example))
        if asked.field.personal == "secret":
            parts.append(self.say(SECRET))
        return comma.join(parts)

    def options(self, asked: Question, depth: int) -> Iterator[str]:
        ticked = isinstance(asked.field, ElementsField) and self.titled
        if not asked.options or ticked:
            return
        for name, title in asked.options.items():
            uses = asked.uses_of.get(name, ())
            used = self.say(USED, uses=self.ids(uses)) if uses else ""
            yield from self.note(f"{self.word(name, title)}{used}", depth)

    def ids(self, uses: tuple[Use, ...]) -> str:
        return ("、" if self.style.language == "zh" else ", ").join(use.id for use in uses)

    def columns(self, asked: Question) -> Iterator[str]:
        for inner in asked.inner:
            name = inner.title.zh if self.titled else f"{inner.name}（{self.say(inner.title)}）"
            may = self.say(MAY) if inner.field.optional else ""
            yield from self.note(f"{name}{self.colon}{self.how(inner)}{may}", 1)
            if inner.field.help:
                yield from self.note(self.say(inner.field.help), 2)
            yield from self.options(inner, 2)

    def worth(self, asked: Question) -> Iterator[str]:
        if not asked.uses:
            yield from self.note(self.say(NO_USE), 1)
        for use in asked.uses:
            terms = f"{self.colon}{use.terms.say(self.style.language)}" if use.terms else ""
            told = self.say(COUNTS) if use.role == "item" else ""
            yield from self.note(f"{told}{use.say().say(self.style.language)}{terms}", 1)
        if asked.proof:
            yield from self.note(asked.proof.say(self.style.language), 1)

    def answer(self, asked: Question) -> Iterator[str]:
        key, value = self.key(asked.name, asked.title.zh), self.known.answers.get(asked.name)
        if value is not None:
            yield from self.note(self.say(CARRIED))
        if isinstance(asked.field, ListField):
            yield f"{key}:"
            for record in value or ():
                yield from self.record(asked, record)
            for _ in range(self.style.records):
                yield from self.record(asked)
        elif isinstance(asked.field, ElementsField) and self.titled:
            yield from self.ticks(key, asked.options, value)
        elif isinstance(asked.field, TextsField):
            yield f"{key}:"
            yield from (f"  - {scalar(text)}" for text in value or ())
            yield from ["  - "] * self.style.records
        elif isinstance(asked.field, FiguresField):
            yield from self.note(self.say(FIGURES, example=asked.example), 1)
            yield f"{key}: "
            yield from (f"  {scalar(name)}: {scalar(n)}" for name, n in (value or {}).items())
        else:
            yield f"{key}: {self.said(value, asked.field)}"

    def ticks(self, key: str, options: Mapping[str, Phrase], value: Any) -> Iterator[str]:
        there = _several(value)
        yield f"{key}:"
        for name, title in options.items():
            ticked = ("是" if there & {name, title.zh} else "否") if value is not None else ""
            yield self.line(scalar(title.zh), ticked, 2)

    def record(
        self, asked: Question, known: Mapping[str, Any] | None = None, example: bool = False
    ) -> Iterator[str]:
        dash = "  - "
        for inner in asked.inner:
            value: Any = inner.example if example else (known or {}).get(inner.name)
            key = self.key(inner.name, inner.title.zh)
            yield f"{dash}{key}: {self.said(value, inner.field)}"
            dash = "    "

    def said(self, value: Any, asked: Asked) -> str:
        """An answer as it is written: options by title or by id, several in brackets."""
        if value is None:
            return ""
        if isinstance(value, list | tuple):
            return f"[{', '.join(self.said(one, asked) for one in value)}]"
        if isinstance(asked, BooleanField):
            said = value in ("true", "是")
            return ("是" if said else "否") if self.titled else ("true" if said else "false")
        if isinstance(asked, ChoiceField | ElementsField):
            for name, title in (options_of(asked) or {}).items():
                if value in (name, title.zh):
                    return scalar(title.zh) if self.titled else name
        return scalar(str(value))

    def partial(self) -> Iterator[str]:
        if any(isinstance(f, ListField | ElementsField) for f in self.criteria.fields.values()):
            yield from self.head(self.say(HEADS["partial"]))
            yield from self.note(self.say(PARTIAL))
            yield from (f"{self.key('partial', FRAME_TITLES['partial'])}:", "  - ")

    def ledger(self) -> Iterator[str]:
        yield from self.head(self.say(HEADS["ledger"]))
        yield from self.note(self.say(LEDGER))
        yield f"{self.key('evidence', FRAME_TITLES['evidence'])}:"
        for _ in range(self.style.records):
            for name, title in PROOF_TITLES.items():
                dash = "  - " if name == "id" else "    "
                yield f"{dash}{self.key(name, title)}: "

    def scores(self) -> Iterator[str]:
        yield from self.head(self.say(HEADS["scores"]))
        yield from self.note(self.say(SCORES))
        yield f"{self.key('self_scores', FRAME_TITLES['self_scores'])}:"
        for section in self.criteria.sections():
            yield from self.note(self.say(section.title), indent=2)
            for item in section.indicators:
                most = self.say(MOST, id=item.id, most=plain(item.points))
                title = "" if self.titled else f" {self.say(item.title)}"
                yield from self.note(f"{most}{title}", indent=2)
                yield self.line(self.key(item.id, self.items.titles[item.id]), "", 2)


def _several(value: Any) -> set[str]:
    return set(value) if isinstance(value, list | tuple) else {value}
