"""Two evaluations side by side: who moved, by which lines, and why. Reads results only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from branchscore.outputs.results import Branch, InputEntry, Part, SectionTerms, Table
from branchscore.outputs.results_changes import (
    BranchChange,
    Comparison,
    InputChange,
    LineChange,
    SheetChange,
    Sort,
    Stood,
    TableChange,
    Way,
)
from branchscore.outputs.results_reviews import Ends
from branchscore.outputs.wordings import Both
from branchscore.text.numbers import Exact, plain, printed, total

OUTSIDE = 10**9
TOTAL: Both = {"zh": "总分", "en": "Total"}
ZERO: Ends = {"low": "0", "high": "0"}


class Side(NamedTuple):
    """One of the two: its name, the table, the branches in order, the inputs."""

    name: str
    table: Table
    branches: Sequence[Branch]
    inputs: Sequence[InputEntry]


class Row(NamedTuple):
    """Points of one line with the reason, and the state of an item."""

    kind: Sort
    id: str
    title: Both
    ends: Ends
    why: Both | None
    state: str


def compared(before: Side, after: Side, *, what_if: bool = False) -> Comparison:
    """All that differs; branches in the order of the second, then those that left. A what-if has
    the inputs and sheets of the first."""
    branches = list(branch_changes(before, after, sheets=not what_if))
    codes = {b["code"] for b in (*before.branches, *after.branches)}
    return {
        "format": "branchscore-comparison/1",
        "what_if": what_if,
        "before": before.name,
        "after": after.name,
        "table": list(_table(before, after, what_if)),
        "inputs": [] if what_if else list(_inputs(before.inputs, after.inputs)),
        "same": len(codes) - len(branches),
        "branches": branches,
    }


def branch_changes(before: Side, after: Side, *, sheets: bool = True) -> Iterator[BranchChange]:
    """The branches for which anything differs that a reader of both results would see."""
    old = {branch["code"]: branch for branch in before.branches}
    new = {branch["code"]: branch for branch in after.branches}
    for code in dict.fromkeys((*new, *old)):
        one, other = old.get(code), new.get(code)
        lines = list(_lines(before.table, after.table, one, other)) if one and other else []
        said = list(_sheets(one, other)) if sheets and one and other else []
        stood = [_stood(branch) if branch else None for branch in (one, other)]
        if lines or said or stood[0] != stood[1]:
            yield {
                "code": code,
                "name": (other or old[code])["name"],
                "way": _way(*stood),
                "before": stood[0],
                "after": stood[1],
                "lines": lines,
                "sheets": said,
            }


def _stood(branch: Branch) -> Stood:
    return {
        "rank": branch["rank"],
        "outcome": branch["outcome"],
        "grade": branch["grade"],
        "low": branch["low"],
        "high": branch["high"],
    }


def _way(before: Stood | None, after: Stood | None) -> Way:
    if before is None:
        return "joined"
    if after is None:
        return "left"
    old, new = (stood["rank"] or OUTSIDE for stood in (before, after))
    return "rose" if new < old else "fell" if new > old else "changed"


def _lines(
    old_table: Table, new_table: Table, before: Branch, after: Branch
) -> Iterator[LineChange]:
    old = {(row.kind, row.id): row for row in _rows(old_table, before)}
    new = {(row.kind, row.id): row for row in _rows(new_table, after)}
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key), new.get(key)
        ends = [row.ends if row else None for row in (one, other)]
        if key[0] != "item":
            ends = [each or ZERO for each in ends]
        states = [row.state if row else "" for row in (one, other)]
        if ends[0] != ends[1] or states[0] != states[1]:
            whys = [row.why if row else None for row in (one, other)]
            differ = whys[0] != whys[1]
            yield {
                "kind": key[0],
                "id": key[1],
                "title": (other or old[key]).title,
                "before": ends[0],
                "after": ends[1],
                "why_before": whys[0] if differ else None,
                "why_after": whys[1] if differ else None,
            }


def _rows(table: Table, branch: Branch) -> Iterator[Row]:
    """The total by its items, and what came on top of them."""
    sections: list[Ends] = []
    for terms, part in zip(table["sections"], branch["sections"], strict=True):
        titles = {item["id"]: item["title"] for item in terms["items"]}
        items = [_ends(item["low"], item["high"]) for item in part["items"]]
        for item, ends in zip(part["items"], items, strict=True):
            yield Row("item", item["id"], titles[item["id"]], ends, item["why"], item["state"])
        sections.append(_ends(part["low"], part["high"]))
        yield _beside(terms, part, _rest(sections[-1], items))
    rest = _rest(_ends(branch["low"], branch["high"]), sections)
    yield Row("total", "", TOTAL, rest, None, "")


def _beside(terms: SectionTerms, part: Part, rest: Ends) -> Row:
    whys = [adjustment["why"] for adjustment in part["adjustments"]]
    why: Both | None = None
    if whys:
        why = {"zh": "；".join(w["zh"] for w in whys), "en": "; ".join(w["en"] for w in whys)}
    return Row("section", terms["id"], terms["title"], rest, why, "")


def _ends(low: str, high: str) -> Ends:
    return {"low": low, "high": high}


def _rest(whole: Ends, parts: Sequence[Ends]) -> Ends:
    lows, highs = [printed(p["low"]) for p in parts], [printed(p["high"]) for p in parts]
    return _ends(_less(whole["low"], lows), _less(whole["high"], highs))


def _less(whole: str, parts: Sequence[Exact]) -> str:
    return plain(printed(whole) - total(parts))


def _sheets(before: Branch, after: Branch) -> Iterator[SheetChange]:
    """What reviewers struck or gave on one side only."""
    old, new = _said(before), _said(after)
    for key in old.keys() - new.keys():
        old[key]["way"] = "removed"
    yield from (old[key] for key in old if key not in new)
    yield from (new[key] for key in new if key not in old)


def _said(branch: Branch) -> Mapping[tuple[str, ...], SheetChange]:
    found: dict[tuple[str, ...], SheetChange] = {}
    for strike in branch["strikes"]:
        made = _sheet("strike", strike["reviewer"], "", strike["what"], strike["reason"])
        found["strike", made["reviewer"], made["what"]["zh"], strike["reason"]] = made
    for section in branch["sections"]:
        for item in section["items"]:
            for mark in item["marks"]:
                made = _sheet("mark", mark["reviewer"], mark["of"], mark["given"], mark["reason"])
                key = ("mark", mark["reviewer"], mark["source"]["zh"], mark["of"])
                found[(*key, mark["given"]["zh"], mark["reason"] or "")] = made
    return found


def _sheet(kind: str, reviewer: str, of: str, what: Both, reason: str | None) -> SheetChange:
    return {
        "kind": "strike" if kind == "strike" else "mark",
        "way": "added",
        "reviewer": reviewer,
        "of": of,
        "what": what,
        "reason": reason or None,
    }


def _table(before: Side, after: Side, what_if: bool) -> Iterator[TableChange]:
    old, new = before.table, after.table
    digests = [
        sorted(e["sha256"] for e in side.inputs if e["status"] in ("criteria", "extended"))
        for side in (before, after)
    ]
    if old["id"] != new["id"] or (digests[0] != digests[1] and not what_if):
        yield {"what": "criteria", "before": _same(old["id"]), "after": _same(new["id"])}
    if old["quota"] != new["quota"]:
        ends = [None if q is None else _same(str(q)) for q in (old["quota"], new["quota"])]
        yield {"what": "quota", "before": ends[0], "after": ends[1]}
    if old["minimum"] != new["minimum"]:
        yield {"what": "minimum", "before": old["minimum"], "after": new["minimum"]}


def _same(text: str) -> Both:
    return {"zh": text, "en": text}


def _inputs(before: Sequence[InputEntry], after: Sequence[InputEntry]) -> Iterator[InputChange]:
    """Files by name; one that only lies elsewhere is the same."""
    old, new = (
        {e["file"]: e for e in side if e["status"] != "ignored"} for side in (before, after)
    )
    moved = {_content(old[f]) for f in old.keys() - new} & {
        _content(new[f]) for f in new.keys() - old
    }
    for file in sorted(old.keys() | new):
        one, other = old.get(file), new.get(file)
        ends = [entry["sha256"] if entry else None for entry in (one, other)]
        either = other or old[file]
        if ends[0] == ends[1] or (None in ends and _content(either) in moved):
            continue
        yield {"file": file, "status": either["status"], "before": ends[0], "after": ends[1]}


def _content(entry: InputEntry) -> tuple[str, str]:
    return entry["status"], entry["sha256"]
