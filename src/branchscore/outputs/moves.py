"""One set of submissions under two criteria files, as text: who moved, and who was refused."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from branchscore.evaluation import Evaluation
from branchscore.outputs.difference import visible_lines
from branchscore.outputs.language import word
from branchscore.selection.moves import Move, Shift, Span, moves
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.manual import cause
from branchscore.text.numbers import plain
from branchscore.text.phrase import Language, Phrase, Sentence, Value

BOTH = Phrase(
    "按两份评分表各评一次：{same} 个支部没有变化，{moved} 个有变化",
    "Evaluated under both: {same} branches unmoved, {moved} moved",
)
ONLY = Phrase("{path} 只按 {table} 退回：", "{path}: refused under {table} only:")
NEITHER = Phrase("{path} 按两份都退回：", "{path}: refused under both:")
ABSENT = Phrase("无此项", "no such item")
BESIDE = Phrase("{title}的封顶、折算", "caps and scaling of “{title}”")
ON_TOTAL = Phrase("总分的封顶、修约", "cap and rounding of the total")
TOTAL = Phrase("总分", "total")
RANK = Phrase("名次", "rank")
GRADE = Phrase("等次", "grade")
OUTCOME = Phrase("结果", "outcome")


def moves_text(before: Evaluation, after: Evaluation, language: Language) -> str:
    """The branches that moved, in the order of the second ranking; then the files that were
    refused under one of the tables or both."""
    both = list(moves(before.standings, after.standings))
    moved = [move for move in both if move.any]
    counts: dict[str, Value] = {"same": len(both) - len(moved), "moved": len(moved)}
    lines = [Sentence(BOTH, counts).say(language)]
    for move in moved:
        lines += _move(move, language)
    lines += _refused(before, after, language)
    return visible_lines(lines)


def _move(move: Move, language: Language) -> Iterator[str]:
    before, after = move.before, move.after
    submission = after.card.submission
    yield f"  {submission.code} {submission.branch}"
    told = [
        (RANK, [_rank(s.rank, language) for s in (before, after)]),
        (TOTAL, [_span((s.card.low, s.card.high)) for s in (before, after)]),
        (GRADE, [s.grade.say(language) for s in (before, after)]),
        (OUTCOME, [word(s.outcome.value, language) for s in (before, after)]),
    ]
    for label, (old, new) in told:
        yield _line(label.say(language), old, new, language, "      ")
    for shift in move.shifts:
        old, new = (
            ABSENT.say(language) if end is None else _span(end)
            for end in (shift.before, shift.after)
        )
        yield _line(_title(shift, language), old, new, language, "        ")


def _line(label: str, old: str, new: str, language: Language, indent: str) -> str:
    colon = "：" if language == "zh" else ": "
    return f"{indent}{label}{colon}{old} → {new}" if old != new else f"{indent}{label}{colon}{old}"


def _title(shift: Shift, language: Language) -> str:
    share = shift.share
    if share.beside:
        wording = BESIDE if share.id else ON_TOTAL
        return Sentence(wording, {"title": share.title}).say(language)
    return f"{share.id} {share.title.say(language)}"


def _rank(rank: int | None, language: Language) -> str:
    return word("unranked", language) if rank is None else str(rank)


def _span(span: Span) -> str:
    return "—".join(dict.fromkeys(map(plain, span)))


def _refused(before: Evaluation, after: Evaluation, language: Language) -> Iterator[str]:
    refused = [_by_file(evaluation) for evaluation in (before, after)]
    for path in sorted(refused[0].keys() | refused[1].keys()):
        under = [i for i in (0, 1) if path in refused[i]]
        values: dict[str, Value] = {"path": path, "table": "AB"[under[0]]}
        yield "  " + Sentence(NEITHER if len(under) == 2 else ONLY, values).say(language)
        for name, faults in _by_reason([refused[i].get(path, []) for i in (0, 1)]).items():
            mark = f"{name}: " if len(under) == 2 and name != "AB" else ""
            for fault in faults:
                place = f"{Path(path).name}:{fault.span.line}" if fault.span.line else path
                yield f"      {mark}{place} {fault.code} {cause(fault, language)}"


def _by_reason(faults: Sequence[Sequence[Diagnostic]]) -> dict[str, list[Diagnostic]]:
    """The faults of a file by the tables under which it has them."""
    keys = [{fault.key for fault in some} for some in faults]
    told: dict[str, list[Diagnostic]] = {"AB": [], "A": [], "B": []}
    for i, name in enumerate("AB"):
        for fault in faults[i]:
            if fault.key not in keys[1 - i]:
                told[name].append(fault)
            elif i == 0:
                told["AB"].append(fault)
    return told


def _by_file(evaluation: Evaluation) -> dict[str, list[Diagnostic]]:
    """The faults of every file that was refused."""
    paths = [entry.path for entry in evaluation.inputs if entry.status == "refused"]
    return {
        path: [fault for fault in evaluation.diagnostics if fault.span.path == path]
        for path in paths
    }
