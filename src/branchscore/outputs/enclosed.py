"""What a branch's report encloses: its own result as data, so that nobody need type it again."""

from typing import Any, Literal

from pydantic_core import to_json

from branchscore.outputs.press import Archived, Attached
from branchscore.outputs.results import Branch, Results

FORMAT: Literal["branchscore-report/1"] = "branchscore-report/1"
NAME = "result.json"


def enclosing(html: str, results: Results, branch: Branch) -> Archived:
    """The report for keeping (PDF/A-3b, tagged). Whose mark was whose is not for the branch: marks
    and comments are enclosed without names, marks by what they are."""
    said: dict[str, Any] = {**branch, "recused": []}
    said["comments"] = sorted(one["text"] for one in branch["comments"])
    said["sections"] = [
        {**part, "items": [{**item, "marks": _nameless(item["marks"])} for item in part["items"]]}
        for part in branch["sections"]
    ]
    table = results["criteria"]
    campaign = {name: table[name] for name in ("id", "title", "year", "batch", "total")}
    content = {
        "format": FORMAT,
        "version": results["version"],
        "criteria": campaign,
        "branch": said,
    }
    return Archived(html, (Attached(NAME, to_json(content, indent=1) + b"\n", "Data"),))


def _nameless(marks: list[Any]) -> list[dict[str, Any]]:
    kept = [{name: value for name, value in m.items() if name != "reviewer"} for m in marks]
    return sorted(kept, key=lambda m: (m["of"], m["points"], m["reason"] or ""))
