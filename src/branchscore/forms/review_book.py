"""A review sheet to fill in: a workbook, or a text. What other reviewers gave is not in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from branchscore.criteria.fields import Asked
from branchscore.criteria.indicator import Leaf
from branchscore.criteria.measures.judged import Judged
from branchscore.criteria.model import Criteria
from branchscore.criteria.panel import ORIGINS
from branchscore.criteria.rules.given import Given
from branchscore.forms import review_words as said
from branchscore.forms import sheet_layout as layout
from branchscore.forms.sheet_cells import cell_name
from branchscore.forms.sheet_layout import Filled
from branchscore.forms.sheet_page import NUMBER, TEXT, Form
from branchscore.forms.sheet_pen import LINE, Pen, lines
from branchscore.forms.sheet_yaml import scalar
from branchscore.submission.reading import Submission
from branchscore.text.numbers import is_unlimited
from branchscore.text.phrase import Language, Phrase, Sentence

BALLOTS = NUMBER.model_copy(update={"min": 0})
NARROW, WIDE = 14, 30
STRIKE_ROWS = 40
STRIKE_WIDTHS = [12, 24, 9, 26, 10, 24, 12, 36]
FACTS = [24, 40, 40]


class Column(NamedTuple):
    """One column of marks: its mark, its head, what stands below that, and what it takes."""

    mark: str
    head: Phrase
    below: Phrase
    asked: Asked
    words: tuple[Phrase, ...] = ()


def review_book(
    criteria: Criteria,
    digest: str,
    reviewer: str,
    branches: Sequence[Submission],
    language: Language = "zh",
) -> bytes:
    """One row a branch, one column an item that the panel judges."""
    pen = Pen(language, criteria.title.say(language))
    form = Form(criteria, digest, Filled(), pen, {})
    kinds = (said.REVIEWER, said.MARKS, layout.STRIKES, "options")
    sheets = {kind: pen.sheet(form.say(said.SHEETS[kind])) for kind in kinds}
    sheets[said.MARKS].activate()
    words = _Words(form, sheets["options"])
    _write_reviewer(form, sheets[said.REVIEWER], reviewer, words)
    _write_marks(form, sheets[said.MARKS], branches, words)
    _write_strikes(form, sheets[layout.STRIKES], branches, words)
    return pen.close()


class _Words:
    """The words of drop-downs on a hidden sheet: levels may be whole sentences."""

    def __init__(self, form: Form, sheet: Worksheet) -> None:
        self.form, self.sheet, self.count = form, sheet, 0
        form.begin(sheet, layout.OPTIONS, [])
        sheet.very_hidden()

    def choose(
        self, sheet: Worksheet, area: tuple[int, int, int, int], words: Iterable[str]
    ) -> None:
        texts = list(words)
        if not texts:
            return
        self.count += 1
        for row, text in enumerate(texts, 1):
            self.sheet.write_string(row, self.count, text)
        letter = cell_name(1, self.count + 1).rstrip("1")
        name = self.sheet.get_name()
        self.form.pen.choose(sheet, area, f"='{name}'!${letter}$2:${letter}${len(texts) + 1}")


def _write_reviewer(form: Form, sheet: Worksheet, reviewer: str, words: _Words) -> None:
    form.begin(sheet, said.REVIEWER, FACTS)
    form.title(sheet, form.criteria.title, FACTS)
    form.heads(sheet, ("asked", "answer", "help"), "answer")
    for row, (name, title) in enumerate(said.ROWS.items(), 3):
        sheet.write_string(row, 0, name)
        sheet.set_row(row, LINE + 8)
        form.pen.text(sheet, row, 1, form.say(title), "label")
        form.pen.answer(sheet, row, 2, reviewer if name == "reviewer" else None, TEXT)
        form.pen.text(sheet, row, 3, form.say(said.ROW_HINTS[name]), "label")
        if name == "source":
            weights = form.criteria.panel.weights if form.criteria.panel else ORIGINS
            words.choose(sheet, (row, 2, row, 2), [form.say(ORIGINS[o]) for o in weights])
    names = {kind: form.say(phrase) for kind, phrase in said.SHEETS.items()}
    for row, line in enumerate(said.GUIDE, 4 + len(said.ROWS)):
        text = form.say(line).format(**names)
        sheet.write_string(row, 0, layout.TEXT_ROW)
        sheet.set_row(row, LINE * lines(text, sum(FACTS)) + 14)
        form.pen.across(sheet, row, len(FACTS), text, "plain")
    _end(form, sheet, 2, reviewer)


def _write_marks(
    form: Form, sheet: Worksheet, branches: Sequence[Submission], words: _Words
) -> None:
    columns = list(_columns(form.criteria))
    widths = [12, WIDE, *(NARROW + 8 if c.words else WIDE for c in columns)]
    form.begin(sheet, said.MARKS, widths)
    form.title(sheet, said.SHEETS[said.MARKS], widths)
    marks = [layout.TEXT_ROW, layout.TEXT_ROW, *(c.mark for c in columns)]
    sheet.write_row(0, 1, marks)
    heads = (said.BRANCH, said.NAME, *(c.head for c in columns))
    below = ("", "", *(form.say(c.below) for c in columns))
    told = [form.say(head) for head in heads]
    for row, texts, style in ((2, told, "head"), (3, below, "label")):
        tall = max(lines(t, w) for t, w in zip(texts, widths, strict=True))
        sheet.write_string(row, 0, layout.TEXT_ROW)
        sheet.set_row(row, LINE * tall + 8)
        for c, text in enumerate(texts, 1):
            form.pen.text(sheet, row, c, text, style)
    sheet.freeze_panes(4, 3)
    for row, one in enumerate(branches, 4):
        sheet.write_string(row, 0, one.code)
        sheet.set_row(row, LINE * lines(one.branch, WIDE) + 8)
        for c, text in ((1, one.code), (2, one.branch)):
            form.pen.text(sheet, row, c, text, "label")
        for c, column in enumerate(columns, 3):
            form.pen.answer(sheet, row, c, None, column.asked)
    for c, column in enumerate(columns, 3):
        area = (4, c, max(4, 3 + len(branches)), c)
        if column.words:
            words.choose(sheet, area, [form.say(word) for word in column.words])
        else:
            form.check(sheet, area, column.asked, column.below)
    _end(form, sheet, 3, "")


def _columns(criteria: Criteria) -> Iterator[Column]:
    nothing = Phrase("", "")
    for name, leaf in dict(criteria.judged()).items():
        levels = leaf.measure.levels if isinstance(leaf.measure, Judged) else None
        head = Phrase(*(f"{name} {title}" for title in leaf.title))
        words = tuple(levels.values()) if levels else ()
        yield Column(name, head, said.anchors(leaf, criteria), _asked(leaf, words), words)
        strict = isinstance(leaf.measure, Judged) and leaf.measure.reason == "required"
        for level, title in (levels or {}).items() if _counted(criteria) else ():
            told = Sentence(said.VOTES, {"level": title}).both()
            head = Phrase(*(f"{name} {text}" for text in told))
            yield Column(f"{name}=votes:{level}", head, nothing, BALLOTS)
        why = said.NEEDED if strict else said.REASON
        yield Column(f"{name}=reason", Phrase(*(f"{name} {t}" for t in why)), nothing, TEXT)
    yield Column(":comment", said.COMMENT, nothing, TEXT)
    yield Column(":conflict", said.CONFLICT, nothing, TEXT)


def _counted(criteria: Criteria) -> bool:
    """Whether anybody but the panel judges, who are too many for a sheet each."""
    return criteria.panel is not None and set(criteria.panel.weights) != {"panel"}


def _asked(leaf: Leaf, words: tuple[Phrase, ...]) -> Asked:
    if words:
        return TEXT
    if not isinstance(leaf.rule, Given) or is_unlimited(leaf.points):
        return NUMBER
    least = 0 if leaf.takes else leaf.rule.least
    return NUMBER.model_copy(update={"min": least, "max": leaf.points})


def _write_strikes(
    form: Form, sheet: Worksheet, branches: Sequence[Submission], words: _Words
) -> None:
    form.begin(sheet, layout.STRIKES, STRIKE_WIDTHS)
    form.title(sheet, said.SHEETS[layout.STRIKES], STRIKE_WIDTHS)
    sheet.write_row(0, 1, list(said.COLUMNS))
    sheet.write_string(2, 0, layout.TEXT_ROW)
    sheet.set_row(2, LINE + 8)
    for c, title in enumerate(said.COLUMNS.values(), 1):
        form.pen.text(sheet, 2, c, form.say(title), "head")
    sheet.freeze_panes(3, 0)
    for row in range(3, 3 + STRIKE_ROWS):
        for c in range(1, len(said.COLUMNS) + 1):
            form.pen.answer(sheet, row, c, None, TEXT)
    choices = {
        1: [one.code for one in branches],
        2: [form.say(title) for title in said.listed(form.criteria)],
        4: [form.say(title) for title in said.lowered(form.criteria)],
    }
    for c, texts in choices.items():
        words.choose(sheet, (3, c, 2 + STRIKE_ROWS, c), texts)
    _end(form, sheet, 2, "", protected=False)


def _end(form: Form, sheet: Worksheet, head: int, reviewer: str, *, protected: bool = True) -> None:
    if protected:
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    form.pen.page(sheet, form.say(form.criteria.title), reviewer, head)


def review_text(criteria: Criteria, reviewer: str, branches: Sequence[Submission]) -> str:
    """The same as a text: blank marks are no marks."""
    return "\n".join(_text(criteria, reviewer, branches)) + "\n"


def _text(criteria: Criteria, reviewer: str, branches: Sequence[Submission]) -> Iterator[str]:
    judged: dict[str, Any] = dict(criteria.judged())
    for name, leaf in judged.items():
        for text in said.anchors(leaf, criteria):
            yield f"# {name} {text}"
        levels = leaf.measure.levels or {}
        if levels:
            words = "、".join(f"{level} {title.zh}" for level, title in levels.items())
            yield f"#    level: {words}"
    yield "# 没有评的留空 · what is left blank is not judged"
    yield "# 核减 · strikes:  CODE: [{list: 台账, record: 3, reason: 理由}]"
    yield "# 利害关系 · conflicts:  {CODE: 原因}    意见 · comments:  {CODE: 意见}"
    yield f"criteria: {criteria.id}"
    yield f"reviewer: {scalar(reviewer)}"
    yield "marks:" if branches and judged else "marks: {}"
    for one in branches if judged else ():
        yield f"  {scalar(one.code)}:  # {one.branch}"
        for name, leaf in judged.items():
            key = "level" if leaf.measure.levels else "points"
            yield f"    {name}: {{{key}: , reason: }}"
