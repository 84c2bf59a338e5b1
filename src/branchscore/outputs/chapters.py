"""What a pre-check is told in: chapters of short lines, one idea each, the same on a terminal and
on paper."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from branchscore.outputs.language import word
from branchscore.outputs.precheck import PreCheckSaid
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.manual import cause, is_error, mend
from branchscore.text.phrase import Language


class Told(NamedTuple):
    """One line; `level` is how far it is set in."""

    level: int
    text: str


class Chapter(NamedTuple):
    """A heading and its lines."""

    title: str
    lines: tuple[Told, ...]


Lines = Iterator[Told]
NUMBERS = "一二三四五六七八九"


def numbered(chapters: Sequence[Chapter], language: Language) -> list[Chapter]:
    """Chapters with their numbers, as papers in either language have them."""
    return [
        chapter._replace(title=f"{NUMBERS[i]}、{chapter.title}")
        if language == "zh"
        else chapter._replace(title=f"{i + 1}. {chapter.title}")
        for i, chapter in enumerate(chapters)
    ]


def heading(said: PreCheckSaid, language: Language) -> list[str]:
    """Whose pre-check it is, and by which table."""
    name = f"{word('pre_title', language)} {said['code']} {said['name']}"
    mark = [word("fictional", language)] if said["fictional"] else []
    return [name, *mark, said["criteria"]["title"][language]]


def fault_chapters(faults: Sequence[Diagnostic], language: Language) -> Iterator[Chapter]:
    """What is wrong, then what is only worth a look."""
    wrong = [fault for fault in faults if is_error(fault)]
    odd = [fault for fault in faults if not is_error(fault)]
    for name, several in (("pre_faults", wrong), ("pre_warnings", odd)):
        if several:
            lines = tuple(line for fault in several for line in _fault(fault, language))
            yield Chapter(word(name, language), lines)


def _fault(fault: Diagnostic, language: Language) -> Lines:
    why = cause(fault, language)
    at = fault.span.line
    yield Told(0, word("pre_fault_at", language, line=at, cause=why) if at else why)
    yield Told(1, word("pre_mend", language, mend=mend(fault, language)))
