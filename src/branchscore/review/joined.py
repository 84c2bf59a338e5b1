"""All sheets of a campaign together: what counts, per branch. Their order changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from branchscore.criteria.found import Judged, Judgement, Judgements, Marks
from branchscore.criteria.model import Criteria
from branchscore.review.sheet import Sheet
from branchscore.review.strike import Strike, unfit
from branchscore.submission.reading import Submission
from branchscore.text.diagnostics import Diagnostic


class Said(NamedTuple):
    """What a reviewer said of a branch beside marks and strikes."""

    reviewer: str
    text: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """Per branch code: the judgements by item, what is struck, comments, and who is recused
    (with the conflict that was declared, or an empty text)."""

    judgements: Mapping[str, Judgements]
    strikes: Mapping[str, tuple[Strike, ...]]
    comments: Mapping[str, tuple[Said, ...]]
    recused: Mapping[str, tuple[Said, ...]]


def joined(
    criteria: Criteria,
    sheets: Iterable[Sheet],
    submissions: Iterable[Submission],
    faults: list[Diagnostic],
) -> Reviews:
    """What counts of the sheets; what does not is told in `faults`."""
    sheets = sorted(sheets, key=lambda sheet: (sheet.reviewer, sheet.path))
    faults += _recused(sheets)
    given = _several(sheets, faults) if criteria.panel else _agreed(sheets, faults)
    strikes: dict[str, list[Strike]] = {}
    sound = {one.code: one for one in submissions}
    for sheet in sheets:
        for code, several in sheet.strikes.items():
            for strike in several if code in sound else ():
                fault = unfit(strike, sound[code])
                if fault is None:
                    strikes.setdefault(code, []).append(strike)
                else:
                    faults.append(fault)
    return Reviews(
        given,
        {code: tuple(several) for code, several in strikes.items()},
        _said(sheets, lambda sheet: sheet.comments),
        _said(sheets, lambda sheet: sheet.recused),
    )


def _said(
    sheets: Sequence[Sheet], of: Callable[[Sheet], Mapping[str, str]]
) -> Mapping[str, tuple[Said, ...]]:
    found: dict[str, set[Said]] = {}
    for sheet in sheets:
        for code, text in of(sheet).items():
            found.setdefault(code, set()).add(Said(sheet.reviewer, text))
    return {code: tuple(sorted(several)) for code, several in found.items()}


def _recused(sheets: Sequence[Sheet]) -> Iterator[Diagnostic]:
    """What reviewers say of branches that another of their sheets recuses them from."""
    away: dict[str, set[str]] = {}
    for sheet in sheets:
        away.setdefault(sheet.reviewer, set()).update(sheet.recused)
    for sheet in sheets:
        for key in ("marks", "counts", "strikes"):
            for code in sheet.document.root.get(key) or ():
                if code in away[sheet.reviewer]:
                    yield sheet.document.diagnose("R006", (key, code), key=True, got=code)


def _agreed(sheets: Sequence[Sheet], faults: list[Diagnostic]) -> Mapping[str, Judgements]:
    """One agreed judgement for each item of a branch; a second one is a fault."""
    merged: dict[str, dict[str, Judged]] = {}
    for sheet in sorted(sheets, key=lambda sheet: sheet.path):
        for code, name, judgement in _each(sheet):
            if name in merged.setdefault(code, {}):
                at = (_key(judgement), code, name)
                faults.append(sheet.document.diagnose("R004", at, key=True, got=name))
            else:
                counted = isinstance(judgement.value, tuple)
                merged[code][name] = Marks((judgement,)) if counted else judgement
    return merged


def _several(sheets: Sequence[Sheet], faults: list[Diagnostic]) -> Mapping[str, Judgements]:
    """Every reviewer's mark for each item of a branch; of one who gave two neither counts."""
    marks: dict[str, dict[str, dict[str, list[tuple[Sheet, Judgement]]]]] = {}
    away = {(s.reviewer, code) for s in sheets for code in s.recused}
    for sheet in sheets:
        for code, name, judgement in _each(sheet):
            if (sheet.reviewer, code) not in away:
                by_item = marks.setdefault(code, {}).setdefault(name, {})
                by_item.setdefault(sheet.reviewer, []).append((sheet, judgement))
    merged: dict[str, dict[str, Judged]] = {}
    for code, items in marks.items():
        for name, by_reviewer in items.items():
            for reviewer, several in by_reviewer.items():
                for sheet, judgement in several if len(several) > 1 else ():
                    at = (_key(judgement), code, name)
                    values = {"got": name, "reviewer": reviewer}
                    faults.append(sheet.document.diagnose("R007", at, key=True, **values))
            once = sorted(reviewer for reviewer, two in by_reviewer.items() if len(two) == 1)
            if once:
                given = tuple(by_reviewer[reviewer][0][1] for reviewer in once)
                merged.setdefault(code, {})[name] = Marks(given)
    return merged


def _each(sheet: Sheet) -> Iterator[tuple[str, str, Judgement]]:
    for code, judgements in sheet.judgements.items():
        for name, judgement in judgements.items():
            yield code, name, judgement


def _key(judgement: Judgement) -> str:
    return "counts" if isinstance(judgement.value, tuple) else "marks"
