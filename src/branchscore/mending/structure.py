"""Lines that would be names and lists if their signs were ASCII, or their blanks blanks.

Each function takes a line and returns it as it was meant, or None. What is meant shows only
in the whole file: every such line is tried there before it is taken.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from branchscore.criteria.fields import TextsField
from branchscore.mending.page import Extents, Page, Reading, indent
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.mishaps import WIDE_COLON, WIDE_DASHES

Rewrite = Callable[[str], str | None]
SIGNS = "".join(WIDE_DASHES)
DASH = re.compile(rf"(\s*)([-{SIGNS}])(?![-{SIGNS}])(\s*)(\S.*)")
GLUED = re.compile(r"(\s*(?:- +)?)([^\s#\"':：{\[-][^#\"':：]*:)(\s*)([^\s:/\\].*)")
CLOCK = re.compile(r"\s*(?:- +)?[0-9]+:[0-9]")
OPENING = "［【｛[{"
FLOW = re.compile(rf"(?:(?::|-) +|^\s*)([{re.escape(OPENING)}])")
BARE = re.compile(r"(\s*(?:- +)?[^\s:#\[{'\"][^:#]*: +)([@%`][^#']*?)(\s*)")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
BRACKETS = str.maketrans("［］【】｛｝", "[][]{}")
BEFORE_NAME = re.compile(r"[，、] *(?=[^,，、:：]+[:：])")
WIDTHS = (2, 4, 1, 3, 8, 0)
BLANK, WIDE_BLANK = " ", "\u3000"


def dash(line: str) -> str | None:
    """`- 先进` for `－ 先进` or `-先进`; `-5` may be a number."""
    match = DASH.fullmatch(line)
    if not match:
        return None
    before, sign, blanks, rest = match.groups()
    if (not blanks and rest[0].isdigit()) or (sign == "-" and blanks[:1] == BLANK):
        return None
    return f"{before}- {rest}"


def colon(line: str) -> str | None:
    """`members: 27` for `members：27`."""
    match = WIDE_COLON.match(line)
    if not match or match[2].startswith((*OPENING, *WIDE_DASHES)):
        return None
    rest = line[match.end() :]
    ends = not rest.strip() or (rest[0] == BLANK and rest.lstrip() == rest.lstrip(BLANK))
    return line[: match.end() - 1] + ":" + (rest if ends else BLANK + rest.lstrip())


def glued(line: str) -> str | None:
    """`members: 27` for `members:27`, or with a full-width blank after the colon."""
    match = GLUED.fullmatch(line)
    if not match or CLOCK.match(line):
        return None
    before, name, blanks, rest = match.groups()
    sound = blanks != "" and WIDE_BLANK not in blanks
    return None if sound else f"{before}{name} {rest}"


def trimmed(line: str) -> str | None:
    """`members: 27` for `members　: 27`."""
    made = re.sub(r"^(\s*(?:- +)?[^\s#\"':][^#\"':]*?)\u3000+:", r"\1:", line)
    return made if made != line else None


def flow(line: str) -> str | None:
    """`[先进, 优秀]` and `{members: 27}` for the same with full-width signs."""
    return _flow(line, lambda part: re.sub(" *[，、] *", ", ", part))


def flow_of_names(line: str) -> str | None:
    """The same, where a comma parts only what begins with a name."""
    return _flow(line, lambda part: BEFORE_NAME.sub(", ", part))


def _flow(line: str, parted: Callable[[str], str]) -> str | None:
    match = FLOW.search(line)
    if not match:
        return None
    at = match.start(1)
    made, end = line[:at], at
    for quoted in QUOTED.finditer(line, at):
        made += _ascii(line[end : quoted.start()], parted) + quoted[0]
        end = quoted.end()
    made += _ascii(line[end:], parted)
    return made if made != line else None


def _ascii(part: str, parted: Callable[[str], str]) -> str:
    return re.sub("： *", ": ", parted(part.translate(BRACKETS)))


def spaced(line: str) -> str | None:
    """A blank after the dash of an item, and none in an empty line, where tabs stand."""
    if not line.strip():
        return "" if line else None
    made = re.sub(r"^( *-)[\t\u3000]+", r"\1 ", line)
    return made if made != line else None


def quoted(fault: Diagnostic, page: Page) -> list[Extents]:
    """`leader: '@王芳'` for `leader: @王芳`: a text that cannot stand without quotes."""
    match = BARE.fullmatch(page.line(fault))
    if not match or fault.values.get("what") not in tuple("@%`"):
        return []
    made = f"{match[1]}'{match[2]}'{match[3]}"
    return [[Reading(fault, {fault.span.line: made}, {fault.span.line: match.end(1)})]]


def either(*rewrites: Rewrite) -> Rewrite:
    """The first of them that has something to say."""
    return lambda line: next((made for r in rewrites if (made := r(line)) is not None), None)


def both(first: Rewrite, second: Rewrite) -> Rewrite:
    """One after the other; the second is not needed."""

    def chained(line: str) -> str | None:
        made = first(line)
        return made if made is None else second(made) or made

    return chained


NAMING, LISTING = either(colon, glued, trimmed), either(dash, spaced)
BOTH = either(both(LISTING, NAMING), NAMING)
SIGNED: tuple[Rewrite, ...] = (
    NAMING,
    both(NAMING, flow_of_names),
    both(NAMING, flow),
    LISTING,
    BOTH,
)
"""From what changes least to what changes most."""


def lines(fault: Diagnostic, page: Page) -> list[Extents]:
    """What the line of the fault, and the lines like it, may have been meant to be."""
    if not fault.span.line or _perhaps_one(fault, page):
        return []
    ways: list[Extents] = [list(_rewritten(fault, page, SIGNED))]
    ways += [list(_alone(fault, page, rewrite)) for rewrite in (flow_of_names, flow)]
    return [*ways, *levels(fault, page), *_shifted(fault, page)]


def _perhaps_one(fault: Diagnostic, page: Page) -> bool:
    """Whether a full-width comma may belong to a free text: where ASCII commas part the others,
    or it is a `、`. Who writes brackets for nothing but full-width commas means several."""
    if fault.code != "Y031" or not isinstance(page.asked.field(fault), TextsField):
        return False
    opened = FLOW.search(page.line(fault))
    return opened is None or bool(re.search("[,、]", page.line(fault)[opened.start(1) :]))


def _rewritten(fault: Diagnostic, page: Page, rewrites: Sequence[Rewrite]) -> Iterator[Reading]:
    tried = list[dict[int, str]]()
    for rewrite in rewrites:
        # Of a text that ends too early (Y008) it is a line above that went wrong.
        if rewrite(page.line(fault)) is None and fault.code != "Y008":
            continue
        for numbers in _alike(page, fault.span.line):
            made = {n: new for n in numbers if (new := rewrite(page.lines[n - 1])) is not None}
            for texts in (made, _with_bodies(page, made)) if made else ():
                if texts not in tried:
                    tried.append(texts)
                    yield _reading(fault, texts)


def _with_bodies(page: Page, made: Mapping[int, str]) -> dict[int, str]:
    """Where a dash gets its blank, what stands under its name moves one to the right, too."""
    moved = dict(made)
    for number, line in made.items():
        old = page.lines[number - 1]
        if dash(old) is None or len(line) != len(old) + 1:
            continue
        for below, body in enumerate(page.lines[number:], number + 1):
            if body.strip() and (indent(body) <= indent(old) or below in made):
                break
            moved[below] = BLANK + body if body.strip() else body
    return moved


def _alone(fault: Diagnostic, page: Page, rewrite: Rewrite) -> Iterator[Reading]:
    made = rewrite(page.line(fault))
    opened = FLOW.search(made) if made else None
    if made and opened:
        yield Reading(fault, {fault.span.line: made}, {fault.span.line: opened.start(1)})


def _reading(fault: Diagnostic, made: Mapping[int, str]) -> Reading:
    return Reading(fault, made, {n: _begin(line) for n, line in made.items() if line})


def _begin(line: str) -> int:
    """Where what a line says begins, after its dashes."""
    return len(line) - len(re.sub(r"^ *(?:- +)*", "", line))


def _alike(page: Page, number: int) -> Iterator[list[int]]:
    """Every line of prose; those that follow on at the same indent; the line alone."""
    prose = [n for n, _ in page.prose()]
    if number not in prose:
        return
    yield prose
    here, run = indent(page.lines[number - 1]), list[int]()
    for n in prose[prose.index(number) :]:
        if page.lines[n - 1].strip() and indent(page.lines[n - 1]) < here:
            break
        run.append(n)
    yield [n for n in run if indent(page.lines[n - 1]) == here]
    yield [number]


def levels(fault: Diagnostic, page: Page) -> Iterator[Extents]:
    """Tabs and full-width blanks in front of lines as so many blanks."""
    if not _odd(page.line(fault)) or not page.line(fault).strip():
        return
    prose = [n for n, text in page.prose() if _odd(text)]
    for width in WIDTHS:
        made = {n: _blanks(page.lines[n - 1], width) for n in prose}
        wide = [n for n in prose if WIDE_BLANK in _front(page.lines[n - 1])]
        yield [Reading(fault, made, {n: _begin(made[n]) for n in wide})]


def _shifted(fault: Diagnostic, page: Page) -> Iterator[Extents]:
    """A line that stands one blank off, if all is well then; or the dash above it that lacks
    its own blank."""
    if fault.code != "Y019":
        return
    number, line = fault.span.line, page.line(fault)
    levels = {indent(text) for n, text in page.prose() if n < number and text.strip()}
    for level in sorted(levels & {indent(line) - 1, indent(line) + 1}):
        one = _reading(fault, {number: BLANK * level + line.lstrip()})
        yield [Reading(fault, one.lines, one.anchors, needs="placed")]
    made = {n: new for n, text in page.prose() if (new := dash(text)) is not None}
    if made:
        yield [_reading(fault, made), _reading(fault, _with_bodies(page, made))]


def _front(line: str) -> str:
    return line[: indent(line)]


def _odd(line: str) -> bool:
    return _front(line).strip(BLANK) != ""


def _blanks(line: str, width: int) -> str:
    made = "".join(c if c == BLANK else BLANK * width for c in _front(line)) + line.lstrip()
    tidy = spaced(made)
    return made if tidy is None else tidy
