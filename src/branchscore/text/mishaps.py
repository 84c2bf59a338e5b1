"""Where a person erred, told from where the YAML parser gave up.

libyaml names the place at which it could not go on; the slip often stands lines before it.
Each function knows one kind of slip and answers with a code of the manual and its place.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

MAX_KEY = 1024
WIDE_COLON = re.compile(r"^(\s*(?:- +)?)([^\s#\"'：:|>-][^#\"'：:]*)：")
GLUED = re.compile(r"^\s*(?:- +)?([^\s#\"':：{\[-][^#\"':：]*:)[^\s:/\\]")
WIDE_BLANK = re.compile(r"^\s*(?:- +)?[^\s#\"':：\[{][^#\"':：]*:(\u3000)")
BLOCK = re.compile(r":\s+[|>][+-]?[0-9]?\s*(?:#.*)?$")
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)")
WIDE_OPEN = re.compile(r"(?:: +|- +)([｛［【])")
TEXT_KEY = re.compile(r"^\s*(?:- +)?[^\s#][^:#]*:(?:\s|$)")

WIDE_BRACKETS = ("｛", "［", "【")
WIDE_DASHES = ("－", "—", "•", "·")
MISALIGNED = ("expected key", "mapping values", "'-' indicator", "block sequence", "block end")


class Slip(NamedTuple):
    """A code, its 1-based place, how many characters it covers, and what to name."""

    code: str
    line: int
    column: int
    length: int = 1
    what: str = ""


class Stuck(NamedTuple):
    """What the parser said: 0-based places of the problem and of what it was in, if known."""

    lines: list[str]
    problem: str
    context: str
    line: int
    column: int
    start: tuple[int, int] | None

    @property
    def here(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def at(self) -> str:
        """The character that the parser could not take."""
        return self.here[self.column : self.column + 1]

    def text_from(self, line: int, column: int) -> str:
        """The rest of a line; empty where the parser points beyond the text."""
        return self.lines[line][column:] if line < len(self.lines) else ""


def in_text(text: str) -> tuple[str, int, str] | None:
    """The slip that made one text of what should be names or a list: its code, where in the
    text it stands, and what to name."""
    if text.startswith(WIDE_DASHES):
        return "Y030", 0, text[0]
    if text.startswith(WIDE_BRACKETS):
        return "Y029", 0, text[0]
    if text.startswith("-"):
        return "Y018", 0, "-"
    match = WIDE_COLON.match(text)
    return ("Y017", match.end() - 1, match[2].strip()) if match else None


def slip(lines: list[str], error: Any) -> Slip | None:
    """The slip behind a parser's error; None where only the parser's own words are left."""
    problem, context = error.problem_mark, error.context_mark
    mark = problem or context
    if mark is None:
        return None
    stuck = Stuck(
        lines,
        error.problem or "",
        error.context or "",
        mark.line,
        mark.column,
        (context.line, context.column) if context else None,
    )
    for known in KNOWN:
        found = known(stuck)
        if found:
            return found
    return None


def _prose(stuck: Stuck) -> Iterator[tuple[int, str]]:
    """The lines up to where the parser stopped, without those of block texts."""
    inside = -1
    for number, line in enumerate(stuck.lines[: stuck.line + 1]):
        indent = len(line) - len(line.lstrip(" "))
        if inside >= 0 and (not line.strip() or indent > inside):
            continue
        inside = indent if BLOCK.search(line) else -1
        yield number, line


def _conflict(stuck: Stuck) -> Slip | None:
    for number, line in enumerate(stuck.lines):
        if CONFLICT.match(line):
            return Slip("Y024", number + 1, 1, 7, line[:7])
    return None


def _quote(stuck: Stuck) -> Slip | None:
    unclosed = "end of stream" in stuck.problem or "document indicator" in stuck.problem
    if "quoted scalar" in stuck.context and unclosed and stuck.start:
        line, column = stuck.start
        return Slip("Y020", line + 1, column + 1, 1, stuck.text_from(line, column)[:1])
    before = stuck.here[: stuck.column].rstrip()
    if stuck.column and before.endswith(("'", '"')) and "expected key" in stuck.problem:
        return Slip("Y020", stuck.line + 1, stuck.column + 1, 1, before[-1])
    return None


def _escape(stuck: Stuck) -> Slip | None:
    if "quoted scalar" not in stuck.context or "\\" not in stuck.here[: stuck.column + 1]:
        return None
    column = stuck.here.rindex("\\", 0, stuck.column + 1)
    return Slip("Y023", stuck.line + 1, column + 1, 2)


def _wide_colon(stuck: Stuck) -> Slip | None:
    for number, line in _prose(stuck):
        match = WIDE_COLON.match(line)
        if match:
            return Slip("Y017", number + 1, match.end(), 1, match[2].strip())
        opened = WIDE_OPEN.search(line)
        if opened and number == stuck.line:
            return Slip("Y029", number + 1, opened.start(1) + 1, 1, opened[1])
    return None


def _wide_dash(stuck: Stuck) -> Slip | None:
    text = stuck.here.lstrip()
    if not text.startswith(WIDE_DASHES):
        return None
    return Slip("Y030", stuck.line + 1, len(stuck.here) - len(text) + 1, 1, text[0])


def _wide_blank(stuck: Stuck) -> Slip | None:
    numbers = [stuck.line] if stuck.start is None else [stuck.start[0], stuck.line]
    for number in numbers:
        match = WIDE_BLANK.match(stuck.text_from(number, 0))
        if match:
            return Slip("Y003", number + 1, match.start(1) + 1, 1, match[1])
    return None


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _glued(stuck: Stuck) -> Slip | None:
    numbers = [stuck.line] if stuck.start is None else [stuck.start[0], stuck.line]
    before = stuck.text_from(stuck.line - 1, 0) if stuck.line else ""
    if _indent_of(before) == _indent_of(stuck.here) and "mapping values" in stuck.problem:
        numbers.append(stuck.line - 1)
    for number in numbers:
        line = stuck.lines[number] if number < len(stuck.lines) else ""
        match = GLUED.match(line)
        if match and not TEXT_KEY.match(line):
            return Slip("Y018", number + 1, match.start(1) + 1, len(match[1]), match[1])
    return None


def _key(stuck: Stuck) -> Slip | None:
    """A key that is too long, missing, or a line that has none."""
    if stuck.at == ":" and not stuck.here[: stuck.column].strip():
        return Slip("Y010", stuck.line + 1, stuck.column + 1)
    if "expected ':'" not in stuck.problem or stuck.start is None:
        return None
    line, column = stuck.start
    text = stuck.text_from(line, column)
    if len(text.partition(":")[0]) > MAX_KEY:
        return Slip("Y025", line + 1, column + 1, 1, str(MAX_KEY))
    return Slip("Y028", line + 1, column + 1, max(1, len(text.rstrip())))


def _directive(stuck: Stuck) -> Slip | None:
    if "document start" in stuck.problem and stuck.line < len(stuck.lines):
        return Slip("Y008", stuck.line + 1, stuck.column + 1)
    if "directive" in stuck.context + stuck.problem or "incompatible YAML" in stuck.problem:
        line = stuck.start[0] if stuck.start else stuck.line
        return Slip("Y035", line + 1, 1, max(1, len(stuck.text_from(line, 0))))
    return None


def _bracket(stuck: Stuck) -> Slip | None:
    if stuck.at and stuck.at in "]},":
        return Slip("Y021", stuck.line + 1, stuck.column + 1, 1, stuck.at)
    if "flow" in stuck.context and stuck.start:
        line, column = stuck.start
        comma = stuck.here[: stuck.column].rfind("，", column if line == stuck.line else 0)
        if comma >= 0:
            return Slip("Y031", stuck.line + 1, comma + 1, 1, "，")
        return Slip("Y021", line + 1, column + 1, 1, stuck.text_from(line, column)[:1])
    return None


def _quotes_needed(stuck: Stuck) -> Slip | None:
    if "tag" in stuck.context and stuck.start:
        return Slip("Y007", stuck.start[0] + 1, stuck.start[1] + 1)
    if "alias" in stuck.context or "anchor" in stuck.context:
        line, column = stuck.start or (stuck.line, stuck.column)
        return Slip("Y022", line + 1, column + 1, 1, stuck.text_from(line, column)[:1])
    if stuck.at == "\t":
        return Slip("Y019", stuck.line + 1, stuck.column + 1)
    if "cannot start any token" in stuck.problem or stuck.at == "?":
        return Slip("Y022", stuck.line + 1, stuck.column + 1, 1, stuck.at)
    if "mapping values" in stuck.problem and TEXT_KEY.match(stuck.here):
        value = stuck.here.index(":") + 1
        rest = stuck.here[value : stuck.column]
        if rest.strip():
            start = value + len(rest) - len(rest.lstrip())
            return Slip("Y022", stuck.line + 1, start + 1, 1, ": ")
    return None


def _block(stuck: Stuck) -> Slip | None:
    if "block scalar" not in stuck.context or stuck.start is None:
        return None
    line, column = stuck.start
    return Slip("Y026", line + 1, column + 1, 1, stuck.text_from(line, column)[:1])


def _indent(stuck: Stuck) -> Slip | None:
    column = len(stuck.here) - len(stuck.here.lstrip())
    if not stuck.here.strip() or not any(words in stuck.problem for words in MISALIGNED):
        return None
    if stuck.here.lstrip().startswith("- ") and "expected key" in stuck.problem:
        return Slip("Y027", stuck.line + 1, column + 1)
    return Slip("Y019", stuck.line + 1, column + 1)


KNOWN: tuple[Callable[[Stuck], Slip | None], ...] = (
    _conflict,
    _directive,
    _wide_colon,
    _wide_dash,
    _wide_blank,
    _quote,
    _escape,
    _block,
    _glued,
    _key,
    _quotes_needed,
    _bracket,
    _indent,
)
