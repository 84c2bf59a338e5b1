"""`results.json` read back: what a person may have damaged or changed is refused, not guessed."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from branchscore.outputs.results import Results
from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.numbers import Exact, printed
from branchscore.text.phrase import Phrase

ADAPTER: TypeAdapter[Results] = TypeAdapter(Results)
Earned = Mapping[str, Mapping[str, Exact | None]]


def stored(path: Path) -> Results:
    """The results in a file. Raises `Faulty` (L024) for anything but what was written."""
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise unusable(path, Phrase(why, why)) from None
    try:
        results = ADAPTER.validate_json(raw, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        at = ".".join(map(str, first["loc"]))
        where = Phrase(f"“{at}”处 ", f"at “{at}”, ") if at else Phrase("", "")
        told = Phrase(f"{where.zh}{first['msg']}", f"{where.en}{first['msg']}")
        raise unusable(path, told) from None
    twice = [code for code, n in Counter(b["code"] for b in results["branches"]).items() if n > 1]
    if twice:
        raise unusable(
            path, Phrase(f"支部“{twice[0]}”出现两次", f"branch “{twice[0]}” stands twice")
        )
    return results


def earned(path: Path, results: Results) -> Earned:
    """The points of every item by branch, None while they are open."""
    found: dict[str, dict[str, Exact | None]] = {}
    for branch in results["branches"]:
        for section in branch["sections"]:
            for item in section["items"]:
                try:
                    points = None if item["points"] is None else printed(item["points"])
                except (ValueError, ZeroDivisionError):
                    got = item["points"]
                    told = Phrase(f"“{got}”不是分数", f"“{got}” is no number of points")
                    raise unusable(path, told) from None
                found.setdefault(item["id"], {})[branch["code"]] = points
    return found


def unusable(path: Path, why: Phrase) -> Faulty:
    return Faulty([Diagnostic("L024", Span(str(path)), "", {"why": why})])
