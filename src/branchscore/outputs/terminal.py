"""What the terminal shows: faults with the line they stand in, and the closing table."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from branchscore.evaluation import Evaluation
from branchscore.outputs.language import word
from branchscore.selection.standing import Outcome
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.manual import cause, manual, mend
from branchscore.text.numbers import plain
from branchscore.text.phrase import Language, Phrase

CLIP = 100
HELP = {"zh": "改法", "en": "help"}
SEVERITY = {
    "error": Phrase("错误", "error"),
    "warning": Phrase("警告", "warning"),
    "note": Phrase("提示", "note"),
    "known": Phrase("已知", "known"),
}
ORIGINAL = {"zh": "原表", "en": "as in the table"}


def fault_text(diagnostic: Diagnostic, language: Language, reason: str | None = None) -> str:
    """One fault as text: place, code, the line with a caret, cause and mend; `reason` is what
    a file says that knows it has the fault."""
    span, entry = diagnostic.span, manual()[diagnostic.code]
    place = f"{span.path}:{span.line}:{span.column}" if span.line else span.path
    said = SEVERITY[entry.severity if reason is None else "known"].say(language)
    head = f"{visible(place)}: {said} {diagnostic.code} {entry.name}"
    why = visible(cause(diagnostic, language))
    help_line = f"= {HELP[language]}: {visible(mend(diagnostic, language))}"
    if reason is not None:
        help_line = f"= {ORIGINAL[language]}: {visible(reason)}"
    if not span.line:
        return f"{head}\n   {why}\n   {help_line}\n"
    number = str(span.line)
    pad = " " * len(number)
    before, marked, after = _around(diagnostic)
    indent = " " * cell_len(before)
    return (
        f"{head}\n{pad} |\n{number} | {before}{marked}{after}\n"
        f"{pad} | {indent}{'^' * max(1, cell_len(marked))} {why}\n{pad} {help_line}\n"
    )


def _around(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """The excerpt cut before and after what is marked, clipped to what can be read."""
    at = max(diagnostic.span.column - 1, 0)
    end = at + min(diagnostic.span.length, CLIP // 2)
    line = diagnostic.excerpt
    start = max(0, at - CLIP // 2)
    parts = line[start:at], line[at:end], line[end : start + CLIP]
    before, marked, after = (visible(part) for part in parts)
    return (
        ("…" if start else "") + before,
        marked,
        after + ("…" if len(line) > start + CLIP else ""),
    )


def visible(text: str) -> str:
    """Control and invisible characters as `\\x1b`, so that no input can steer a terminal."""
    return "".join(c if c.isprintable() or c == "　" else _named(c) for c in text)


def _named(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def faults_text(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    return "\n".join(fault_text(diagnostic, language) for diagnostic in diagnostics)


def summary(evaluation: Evaluation, language: Language, console: Console) -> None:
    """The standings as a table."""
    table = Table(title=escape(evaluation.criteria.title.say(language)), title_justify="left")
    table.add_column(word("rank", language), justify="right")
    table.add_column(word("code", language), no_wrap=True)
    table.add_column(word("branch", language), overflow="fold")
    table.add_column(word("total", language), justify="right", no_wrap=True)
    table.add_column(word("grade", language), no_wrap=True)
    table.add_column(word("outcome", language), no_wrap=True)
    decimals = evaluation.criteria.rounding.decimals
    for standing in evaluation.standings:
        card = standing.card
        ends = dict.fromkeys((plain(card.low, decimals), plain(card.high, decimals)))
        table.add_row(
            str(standing.rank or "—"),
            card.submission.code,
            escape(visible(card.submission.branch)),
            " — ".join(ends),
            escape(standing.grade.say(language)),
            word(standing.outcome.value, language),
            style="bold" if standing.outcome is Outcome.NAMED else None,
        )
    console.print(table)
