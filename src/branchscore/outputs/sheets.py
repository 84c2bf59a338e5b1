"""`ranking.csv` and `ranking.xlsx`: the ranking as a table."""

import csv
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO

from branchscore.outputs.language import word
from branchscore.outputs.results import Results
from branchscore.text.numbers import DECIMAL
from branchscore.text.phrase import Language

# A spreadsheet takes text that begins so for a formula (OWASP ASVS 5.0, 1.2.10).
FORMULA = tuple("=+-@\t\r＝＋－＠")
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day keeps the workbook's bytes the same
WIDEST = 60


def ranking(results: Results, language: Language) -> Iterator[list[str]]:
    """A header, then one row a branch in order: its place, the points of each part, the total
    as `low` and `high`, and why."""
    sections = results["criteria"]["sections"]
    names = ("rank", "code", "branch")
    yield [
        *(word(name, language) for name in names),
        *(section["title"][language] for section in sections),
        word("total", language),
        f"{word('total', language)} ≤",
        *(word(name, language) for name in ("self", "grade", "outcome", "remarks")),
    ]
    for branch in results["branches"]:
        yield [
            str(branch["rank"] or ""),
            branch["code"],
            branch["name"],
            *(part["low"] for part in branch["sections"]),
            branch["low"],
            branch["high"],
            branch["self"] or "",
            branch["grade"][language],
            word(branch["outcome"], language),
            branch["why"][language],
        ]


def items(results: Results, language: Language) -> Iterator[list[str]]:
    """A header, then the certain points of every branch on every indicator."""
    table = results["criteria"]
    yield [
        word("code", language),
        word("branch", language),
        *(f"{i['id']} {i['title'][language]}" for s in table["sections"] for i in s["items"]),
    ]
    for branch in results["branches"]:
        points = [item["low"] for part in branch["sections"] for item in part["items"]]
        yield [branch["code"], branch["name"], *points]


def as_csv(results: Results, language: Language) -> bytes:
    """UTF-8 with a mark that Excel needs; text that looks like a formula gets an apostrophe."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in ranking(results, language):
        writer.writerow(map(_harmless, row))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    if cell.startswith(FORMULA) and not DECIMAL.fullmatch(cell):
        return "'" + cell
    return cell


def as_xlsx(results: Results, language: Language) -> bytes:
    """A workbook with the ranking and the points of every indicator. Text is never a formula."""
    import xlsxwriter  # noqa: PLC0415 - only this format needs it

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": EPOCH, "title": results["criteria"]["title"][language]})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"valign": "top"})
    for name, rows in (
        ("ranking", list(ranking(results, language))),
        ("item", list(items(results, language))),
    ):
        sheet = book.add_worksheet(word(name, language))
        sheet.freeze_panes(1, 3 if name == "ranking" else 2)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if r and DECIMAL.fullmatch(text):
                    sheet.write_number(r, c, Decimal(text), cell)
                else:
                    sheet.write_string(r, c, text, cell if r else head)
        for c, column in enumerate(zip(*rows, strict=True)):
            widest = max(len(text.encode("gb18030")) for text in column[1:]) if rows[1:] else 8
            sheet.set_column(c, c, min(max(widest + 1, 8), WIDEST))
    book.close()
    return file.getvalue()
