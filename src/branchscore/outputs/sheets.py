"""`ranking.csv` and `ranking.xlsx`: the ranking as a table."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO

from branchscore.outputs.language import word
from branchscore.outputs.public import Published
from branchscore.text.numbers import DECIMAL
from branchscore.text.phrase import Language

# A spreadsheet takes text that begins so for a formula (OWASP ASVS 5.0, 1.2.10), and one that
# parts cells at another sign than the comma finds more beginnings.
FORMULA = "=+@\\-＝＋－＠"
BEGINS = re.compile(rf"^(?=[{FORMULA}\t\r\n])|(?<=[;|\t\r\n])(?=[ ]*[{FORMULA}])")
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day keeps the workbook's bytes the same
WIDEST = 60
LONGEST = 32_767
"""What a cell of a workbook can hold."""


class Figure(str):
    """A cell that is a number of ours; every other cell is text, whatever it looks like."""

    __slots__ = ()


def ranking(public: Published, language: Language) -> Iterator[list[str]]:
    """A header, then one row a branch in order: its place, the points of each part, the total
    as `low` and `high`, and why; then what everybody may know of its answers."""
    yield [
        *(word(name, language) for name in ("rank", "code", "branch")),
        *(section.title[language] for section in public.sections),
        word("total", language),
        f"{word('total', language)} ≤",
        *(word(name, language) for name in ("grade", "outcome", "remarks")),
        *(title[language] for title in public.fields),
    ]
    for branch in public.branches:
        yield [
            Figure(branch.rank or ""),
            branch.code,
            branch.name,
            *map(Figure, (*branch.sections, branch.low, branch.high)),
            branch.grade[language],
            word(branch.outcome, language),
            branch.why[language],
            *(answer[language] for answer in branch.answers),
        ]


def items(public: Published, language: Language) -> Iterator[list[str]]:
    """A header, then the certain points of every branch on every indicator."""
    yield [
        word("code", language),
        word("branch", language),
        *(f"{item.id} {item.title[language]}" for item in public.items),
    ]
    for branch in public.branches:
        yield [branch.code, branch.name, *map(Figure, branch.items)]


def as_csv(public: Published, language: Language) -> bytes:
    return as_csv_text(ranking(public, language))


def as_csv_text(rows: Iterable[list[str]]) -> bytes:
    """UTF-8 with a mark that Excel needs; text that looks like a formula gets an apostrophe."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow(map(_harmless, row))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    return cell if isinstance(cell, Figure) else BEGINS.sub("'", cell)


def as_xlsx(public: Published, language: Language) -> bytes:
    """A workbook with the ranking and the points of every indicator. Text is never a formula."""
    import xlsxwriter  # noqa: PLC0415 - only this format needs it

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": EPOCH, "title": public.title[language]})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"valign": "top"})
    # As if typed with an apostrophe: it stays text when somebody edits it.
    kept = book.add_format({"valign": "top", "quote_prefix": True})
    for name, rows in (
        ("ranking", list(ranking(public, language))),
        ("item", list(items(public, language))),
    ):
        sheet = book.add_worksheet(word(name, language))
        sheet.freeze_panes(1, 3 if name == "ranking" else 2)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if isinstance(text, Figure) and DECIMAL.fullmatch(text):
                    sheet.write_number(r, c, Decimal(text), cell)
                else:
                    style = kept if BEGINS.match(text) else cell
                    sheet.write_string(r, c, _fitting(text), style if r else head)
        for c, column in enumerate(zip(*rows, strict=True)):
            widest = max(len(text.encode("gb18030")) for text in column[1:]) if rows[1:] else 8
            sheet.set_column(c, c, min(max(widest + 1, 8), WIDEST))
    book.close()
    return file.getvalue()


def _fitting(text: str) -> str:
    """As much as a cell holds, with a sign that there is more."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
