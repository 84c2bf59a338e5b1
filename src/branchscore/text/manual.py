"""The manual of diagnostics: what each code means, in both languages, from `codes.yaml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from branchscore.text.diagnostics import Diagnostic
from branchscore.text.phrase import Language, Phrase, Sentence
from branchscore.text.source import parse

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One fault: its lasting name, its cause, how to mend it (first variant whose values are
    known), a page that says more, and whether the file can be used in spite of it."""

    name: str
    cause: Phrase
    mend: tuple[Phrase, ...]
    page: Phrase
    severity: Severity = "error"


@cache
def manual() -> dict[str, Entry]:
    raw = (files("branchscore.text") / "codes.yaml").read_bytes()
    return {
        code: Entry(
            entry["name"],
            Phrase(entry["zh"]["cause"], entry["en"]["cause"]),
            tuple(map(Phrase, entry["zh"]["mend"], entry["en"]["mend"])),
            Phrase(entry["zh"]["page"], entry["en"]["page"]),
            entry.get("severity", "error"),
        )
        for code, entry in parse(raw, "codes.yaml").root.items()
    }


def is_error(diagnostic: Diagnostic) -> bool:
    """Whether the file cannot be used; warnings and notes refuse nothing."""
    return manual()[diagnostic.code].severity == "error"


def cause(diagnostic: Diagnostic, language: Language) -> str:
    """What is wrong, in one sentence."""
    return Sentence(manual()[diagnostic.code].cause, diagnostic.values).say(language)


def mend(diagnostic: Diagnostic, language: Language) -> str:
    """What to do, in one sentence."""
    known = {name: value for name, value in diagnostic.values.items() if value != ""}
    for wording in manual()[diagnostic.code].mend:
        try:
            return Sentence(wording, known).say(language)
        except KeyError:
            continue
    raise LookupError(f"{diagnostic.code} has no mend for {sorted(known)}")
