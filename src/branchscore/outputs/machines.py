"""Faults for other programs: JSON, SARIF 2.1.0, and GitHub's annotations."""

import json
import os
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from branchscore import __version__
from branchscore.outputs.precheck import PreCheckSaid
from branchscore.outputs.terminal import visible
from branchscore.outputs.wordings import written
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.manual import cause, manual, mend
from branchscore.text.phrase import Language

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(
    faults: Sequence[Diagnostic], prechecks: Sequence[PreCheckSaid], language: Language
) -> str:
    """The faults, and the pre-checks that were asked for; line and column are 1-based, 0 where the
    fault is of the whole file."""
    told = [
        {
            "code": fault.code,
            "name": manual()[fault.code].name,
            "severity": manual()[fault.code].severity,
            "file": written(fault.span.path),
            "line": fault.span.line,
            "column": fault.span.column,
            "length": fault.span.length,
            "cause": cause(fault, language),
            "mend": mend(fault, language),
        }
        for fault in faults
    ]
    return _dumped({"faults": told, "precheck": prechecks})


def as_sarif(
    faults: Sequence[Diagnostic], prechecks: Sequence[PreCheckSaid], language: Language
) -> str:
    """One run of SARIF 2.1.0 (OASIS), as code hosts read it."""
    rules = [{"id": code, "name": manual()[code].name} for code in sorted({f.code for f in faults})]
    run = {
        "tool": {"driver": {"name": "branchscore", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(fault, language) for fault in faults],
    }
    return _dumped({"$schema": SARIF, "version": "2.1.0", "runs": [run]})


def _dumped(data: object) -> str:
    """JSON that can be looked at: what cannot be seen stands as an escape."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return "".join(c if c.isprintable() or c in "\n　" else _code(c) for c in text)


def _code(character: str) -> str:
    code = ord(character)
    return json.dumps(character)[1:-1] if code > 0x7F else f"\\u{code:04x}"


def _result(fault: Diagnostic, language: Language) -> dict[str, Any]:
    span = fault.span
    uri = quote(_slashed(span.path), errors="surrogateescape")
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
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


def as_github(
    faults: Sequence[Diagnostic], prechecks: Sequence[PreCheckSaid], language: Language
) -> str:
    """One workflow command a fault."""
    lines = []
    for fault in faults:
        span, level = fault.span, manual()[fault.code].severity
        place = f"file={_property(span.path)}"
        if span.line:
            place += f",line={span.line},col={span.column}"
        text = f"{cause(fault, language)} {mend(fault, language)}"
        kind = "notice" if level == "note" else level
        lines.append(f"::{kind} {place},title={fault.code}::{_escaped(text)}")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(written(text))


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _slashed(path: str) -> str:
    return path.replace("\\", "/") if os.sep == "\\" else path


Format = Callable[[Sequence[Diagnostic], Sequence[PreCheckSaid], Language], str]
FORMATS: dict[str, Format] = {
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
