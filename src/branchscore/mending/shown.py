"""What a mend changed, as a unified diff that shows nothing secret."""

import re
from collections.abc import Callable, Iterator

from branchscore.checking import Checker
from branchscore.mending.asked import asked_of
from branchscore.mending.rounds import Result
from branchscore.submission.privacy import SHOWN, Veil, unparsed
from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.personal import HIDDEN, masked
from branchscore.text.source import parse

AROUND = 1
"""Unchanged lines shown before and after."""
Show = Callable[[int, str], str]


def diff(result: Result, kept: str, checker: Checker) -> Iterator[str]:
    """The lines of a unified diff. Mends change lines and neither add nor drop any, so that
    line n stays line n."""
    old, new = (text.removesuffix("\n").split("\n") for text in (result.before, result.after))
    changed = [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if not changed:
        return
    as_new = _shown(result.after, str(result.path), checker)
    as_old = _as_hidden(_shown(result.before, str(result.path), checker), as_new, new)
    yield f"--- {kept}"
    yield f"+++ {result.path}"
    for first, last in _hunks(changed, len(old)):
        yield f"@@ -{first + 1},{last - first} +{first + 1},{last - first} @@"
        for start, end, is_changed in _runs(changed, first, last):
            lines = range(start, end)
            if is_changed:
                yield from (f"-{as_old(n, old[n])}" for n in lines)
                yield from (f"+{as_new(n, new[n])}" for n in lines)
            else:
                yield from (f" {as_new(n, new[n])}" for n in lines)


def _hunks(changed: list[int], total: int) -> Iterator[tuple[int, int]]:
    """From where to where changed lines stand near each other, with what is around them."""
    start, end = changed[0], changed[0]
    for number in [*changed[1:], total + 3 * AROUND]:
        if number - end > 2 * AROUND:
            yield max(start - AROUND, 0), min(end + AROUND + 1, total)
            start = number
        end = number


def _runs(changed: list[int], first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    among, start = set(changed), first
    for number in range(first + 1, last + 1):
        if number == last or (number in among) != (start in among):
            yield start, number, start in among
            start = number


def _shown(text: str, path: str, checker: Checker) -> Show:
    """How a line of a text may be shown."""
    try:
        document = parse(text.encode(), path)
    except Faulty:
        document = None
    criteria = asked_of(document, checker).criteria
    if document is not None and criteria is not None:
        veil = Veil.of(document, checker.forms[criteria.id])
        return lambda n, line: veil.line(n + 1, line)
    forms = tuple(checker.forms.values())
    return lambda n, line: unparsed(Diagnostic("Y004", Span(path, n + 1), line), forms).excerpt


def _as_hidden(as_old: Show, as_new: Show, new: list[str]) -> Show:
    """Before the mend a secret may not have been known as one."""

    def show(n: int, line: str) -> str:
        shown = as_old(n, line)
        if shown != masked(line) or as_new(n, new[n]) == masked(new[n]):
            return shown
        name = re.match("[^:：]*[:：]?", line)
        start = name.end() if name and name.end() < len(line) else 0
        return line[:start] + SHOWN.sub(HIDDEN, line[start:])

    return show
