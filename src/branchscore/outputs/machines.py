"""Faults for other programs: JSON, SARIF 2.1.0, and GitHub's annotations."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from branchscore import __version__
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.manual import cause, manual, mend
from branchscore.text.phrase import Language

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(faults: Sequence[Diagnostic], language: Language) -> str:
    """A list of objects; line and column are 1-based, 0 where the fault is of the whole file."""
    told = [
        {
            "code": fault.code,
            "name": manual()[fault.code].name,
            "severity": manual()[fault.code].severity,
            "file": fault.span.path,
            "line": fault.span.line,
            "column": fault.span.column,
            "length": fault.span.length,
            "cause": cause(fault, language),
            "mend": mend(fault, language),
        }
        for fault in faults
    ]
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_sarif(faults: Sequence[Diagnostic], language: Language) -> str:
    """One run of SARIF 2.1.0 (OASIS), as code hosts read it."""
    rules = [{"id": code, "name": manual()[code].name} for code in sorted({f.code for f in faults})]
    run = {
        "tool": {"driver": {"name": "branchscore", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(fault, language) for fault in faults],
    }
    return json.dumps(
        {"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1
    )


def _result(fault: Diagnostic, language: Language) -> dict[str, Any]:
    span = fault.span
    place: dict[str, Any] = {"artifactLocation": {"uri": span.path.replace("\\", "/")}}
    if span.line:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endColumn": span.column + span.length,
        }
    return {
        "ruleId": fault.code,
        "level": manual()[fault.code].severity,
        "message": {"text": f"{cause(fault, language)} {mend(fault, language)}"},
        "locations": [{"physicalLocation": place}],
    }


def as_github(faults: Sequence[Diagnostic], language: Language) -> str:
    """One workflow command a fault."""
    lines = []
    for fault in faults:
        span, level = fault.span, manual()[fault.code].severity
        place = f"file={_escaped(span.path)}"
        if span.line:
            place += f",line={span.line},col={span.column}"
        text = f"{cause(fault, language)} {mend(fault, language)}"
        kind = "notice" if level == "note" else level
        lines.append(f"::{kind} {place},title={fault.code}::{_escaped(text)}")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS: dict[str, Callable[[Sequence[Diagnostic], Language], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
