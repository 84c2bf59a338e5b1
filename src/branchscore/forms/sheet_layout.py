"""What the workbook and its import agree on: marks, words of drop-downs, order of columns.

Every sheet says what it is by itself, in a hidden first row and a hidden first column. Titles,
names of sheets, the order of rows and columns mean nothing to the import, and marks move with
their rows and columns when somebody inserts, deletes, sorts or copies in any program.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from branchscore.submission.reading import Submission
from branchscore.text.phrase import Phrase

SIGN = "branchscore-form/1"
TEXT_ROW = "#"
"""In the first column: a row of the form's own text. In the first row: a column of it."""
GUIDE, ANSWERS, RECORDS, LEDGER, SCORES, OPTIONS = (
    "guide",
    "answers",
    "records",
    "ledger",
    "scores",
    "options",
)
STRIKES = "strikes"
"""In a review workbook: one strike a row."""
SHEETED = ("list", "texts", "figures")
"""Types of fields that have a sheet of their own."""
LEDGER_COLUMNS = {
    "id": Phrase("编号", "Number"),
    "title": Phrase("名称", "Title"),
    "file": Phrase("文件", "File"),
    "place": Phrase("存放处", "Place"),
}
FRAME_ROWS = {
    "code": Phrase("支部代码", "Code of the branch"),
    "branch": Phrase("支部名称", "Name of the branch"),
    "fictional": Phrase("虚构样例", "Fictional sample"),
    "note": Phrase("说明", "Note"),
}
YES, NO = Phrase("是", "yes"), Phrase("否", "no")
THERE, NOT_THERE = Phrase("有", "there"), Phrase("没有", "not there")
WHOLE = Phrase("已填全", "whole")
PART = Phrase("没有填全", "not whole")
NONE = Phrase("一条也没有", "none at all")


class Mark(NamedTuple):
    """What a sheet is: the table it asks for, the digest of that table, its kind, and the list
    field whose records it takes."""

    criteria: str
    digest: str
    kind: str
    field: str = ""

    def __str__(self) -> str:
        return " ".join((SIGN, *self)).rstrip()

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        words = text.split()
        return cls(*words[1:]) if words[:1] == [SIGN] and len(words) in (4, 5) else None


def framed(name: str) -> str:
    """The mark of an answer about the branch itself, which may be called like a field."""
    return f":{name}"


def element(name: str, inner: str) -> str:
    """The mark of one element of a field."""
    return f"{name}={inner}"


@dataclass(frozen=True, slots=True)
class Filled:
    """What is already known when a form is written; the values are those of a `Submission`."""

    code: str = ""
    branch: str = ""
    fictional: bool = False
    note: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    evidence: tuple[Any, ...] = ()
    self_scores: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, one: Submission) -> "Filled":
        return cls(
            one.code,
            one.branch,
            one.fictional,
            one.note,
            dict(one.answers),
            one.partial,
            one.evidence,
            dict(one.self_scores),
        )
