"""How two evaluations differ, as text."""

from collections.abc import Iterator, Mapping, Sequence

from branchscore.evaluation import Evaluation
from branchscore.outputs.changes import branch_changes
from branchscore.outputs.difference import MARK, visible_lines
from branchscore.outputs.gather import side
from branchscore.outputs.instead import Instead, side_of
from branchscore.outputs.language import word
from branchscore.outputs.results_changes import (
    BranchChange,
    Comparison,
    InputChange,
    LineChange,
    SheetChange,
    Stood,
    Way,
)
from branchscore.outputs.results_reviews import Ends
from branchscore.outputs.wordings import Both
from branchscore.text.phrase import Language

WAYS: Sequence[Way] = ("joined", "left", "rose", "fell", "changed")


def comparison_text(found: Comparison, language: Language) -> str:
    """The whole comparison, branch by branch."""
    colon = _colon(language)
    lines = [f"A{colon}{found['before']}", f"B{colon}{found['after']}", ""]
    if found["what_if"]:
        lines[2:] = [word("what_if_note", language), ""]
    about: list[str] = []
    for change in found["table"]:
        if change["what"] == "criteria" and change["before"] == change["after"]:
            about.append(word("changed_criteria", language))
        else:
            about.append(_line(word(f"changed_{change['what']}", language), change, language))
    about += [_input(change, language) for change in found["inputs"]]
    lines += [*about, ""] if about else []
    lines += branches_lines(found["branches"], found["same"], language)
    return visible_lines(lines)


def branches_lines(
    branches: Sequence[BranchChange], same: int, language: Language
) -> Iterator[str]:
    """How many moved, and each of them."""
    ways = [branch["way"] for branch in branches]
    counts = [
        word(f"counted_{way}", language, n=ways.count(way)) for way in WAYS if ways.count(way)
    ]
    counts.append(word("counted_same", language, n=same))
    yield word("then", language).join(counts)
    for branch in branches:
        yield from _branch(branch, language)


def _branch(branch: BranchChange, language: Language) -> Iterator[str]:
    way = word(f"way_{branch['way']}", language)
    yield f"  {branch['code']} {branch['name']} {way}"
    before, after = branch["before"], branch["after"]
    if before and after:
        for label in ("rank", "total", "grade", "outcome"):
            old, new = (stood(label, side, language) for side in (before, after))
            yield f"      {word(label, language)}{_colon(language)}{arrow(old, new)}"
    else:
        side = before or after
        told = (stood(label, side, language) for label in ("rank", "total", "outcome") if side)
        yield f"      {word('then', language).join(told)}"
    for line in branch["lines"]:
        yield from _of(line, language)
    for sheet in branch["sheets"]:
        yield f"        {sheet_said(sheet, language)}"


def stood(label: str, side: Stood, language: Language) -> str:
    """One figure of where a branch stood, as it is read."""
    match label:
        case "rank":
            rank = side["rank"]
            return (
                word("unranked", language) if rank is None else word("rank_nth", language, n=rank)
            )
        case "total":
            return f"{span(side)} {word('points', language)}"
        case "grade":
            return side["grade"][language]
        case _:
            return word(side["outcome"], language)


def arrow(old: str, new: str) -> str:
    return f"{old} → {new}" if old != new else old


def span(ends: "Ends | Stood") -> str:
    return "—".join(dict.fromkeys((ends["low"], ends["high"])))


def _of(line: LineChange, language: Language) -> Iterator[str]:
    old, new = (
        word("no_such_item", language) if ends is None else span(ends)
        for ends in (line["before"], line["after"])
    )
    yield f"        {line_title(line, language)}{_colon(language)}{arrow(old, new)}"
    for name, why in (("why_before", line["why_before"]), ("why_after", line["why_after"])):
        if why:
            yield f"          {word(name, language)}{_colon(language)}{why[language]}"


def line_title(line: LineChange, language: Language) -> str:
    """An item by its id and title; what stands beside items says so."""
    if line["kind"] == "item":
        return f"{line['id']} {line['title'][language]}"
    return word(f"beside_{line['kind']}", language, title=line["title"][language])


def sheet_said(sheet: SheetChange, language: Language) -> str:
    """A strike or a mark that came or went."""
    of = f"{sheet['of']} " if sheet["of"] else ""
    reason = ""
    if sheet["reason"]:
        reason = f"（{sheet['reason']}）" if language == "zh" else f" ({sheet['reason']})"
    name = word(f"sheet_{sheet['kind']}", language)
    said = f"{sheet['reviewer']} {of}{sheet['what'][language]}{reason}"
    return f"{MARK[sheet['way']]} {name}{_colon(language)}{said}"


def _input(change: InputChange, language: Language) -> str:
    state = "added" if change["before"] is None else "removed"
    state = "changed" if change["before"] and change["after"] else state
    kind = word(f"input_{change['status']}", language)
    return f"{MARK[state]} {kind}{_colon(language)}{change['file']}"


def _line(label: str, ends: Mapping[str, object], language: Language) -> str:
    old, new = (_end(ends[side], language) for side in ("before", "after"))
    return f"{label}{_colon(language)}{arrow(old, new)}"


def _end(both: object, language: Language) -> str:
    said: Both | None = both  # type: ignore[assignment]
    return word("none_stated", language) if said is None else said[language]


def _colon(language: Language) -> str:
    return word("colon", language)


def instead_text(instead: Instead, evaluation: Evaluation, language: Language) -> str:
    """What a run says of the one that it is instead of, and what differs."""
    before, after = side_of(instead.results, ""), side(evaluation, "")
    changes = list(branch_changes(before, after))
    codes = {branch["code"] for branch in (*before.branches, *after.branches)}
    said = word("instead_of_run", language, **instead.said)
    lines = branches_lines(changes, len(codes) - len(changes), language)
    return visible_lines([said, *lines])
