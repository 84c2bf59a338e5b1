"""`workbook`: the form of one table as an .xlsx file, for those who fill in with WPS or Excel."""

from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from branchscore.criteria.fields import (
    Asked,
    ChoiceField,
    ElementsField,
    FiguresField,
    ListField,
)
from branchscore.criteria.model import Criteria
from branchscore.forms import sheet_layout as layout
from branchscore.forms.asked import questions
from branchscore.forms.sheet_cells import cell_name
from branchscore.forms.sheet_layout import Filled
from branchscore.forms.sheet_page import NUMBER, TEXT, YES_NO, Form
from branchscore.forms.sheet_pen import LINE, Pen, lines
from branchscore.forms.sheet_tables import write_ledger, write_list
from branchscore.forms.sheet_words import (
    FRAME_HINTS,
    GUIDE,
    HEADS,
    NOTHING,
    SHEETS,
    STATUS_HINT,
    TITLES,
    joined,
)
from branchscore.text.numbers import is_unlimited, plain
from branchscore.text.phrase import Language, Phrase, Sentence

ASKED, ANSWER, UNIT, HOW = FACTS = [34, 28, 8, 44]
SCORES = [10, 62, 12, 20]
ELEMENT = (layout.THERE, layout.NOT_THERE)
LIST_STATUS = (layout.WHOLE, layout.PART, layout.NONE)


def workbook(criteria: Criteria, digest: str, filled: Filled, language: Language = "zh") -> bytes:
    """The form of `criteria`, with what is already known filled in. `digest` is that of the
    criteria file: the import says where a form was written for another version of it."""
    pen = Pen(language, criteria.title.say(language))
    asks = {question.name: question for question in questions(criteria)}
    form = Form(criteria, digest, filled, pen, asks)
    own = {name: field for name, field in criteria.fields.items() if field.type in layout.SHEETED}
    guide, answers = (pen.sheet(form.say(SHEETS[name])) for name in ("guide", "answers"))
    answers.activate()
    sheets = {name: pen.sheet(form.say(field.title)) for name, field in own.items()}
    ledger, scores, options = (
        pen.sheet(form.say(SHEETS[name])) for name in ("ledger", "scores", "options")
    )
    _write_options(form, options)
    _write_guide(form, guide)
    _Facts(form, answers).write({name: sheet.get_name() for name, sheet in sheets.items()})
    for name, sheet in sheets.items():
        write_list(form, sheet, name, own[name])
    write_ledger(form, ledger)
    _write_scores(form, scores)
    return pen.close()


def _write_guide(form: Form, sheet: Worksheet) -> None:
    form.begin(sheet, layout.GUIDE, [80])
    form.title(sheet, form.criteria.title, [80])
    names = {name: form.say(phrase) for name, phrase in SHEETS.items()}
    words = {"none": form.say(layout.NONE), "part": form.say(layout.PART)}
    for row, line in enumerate(GUIDE, 2):
        text = form.say(line).format(**names, **words)
        sheet.write_string(row, 0, layout.TEXT_ROW)
        sheet.set_row(row, LINE * lines(text, 80) + 14)
        form.pen.text(sheet, row, 1, text, "plain")
    form.end(sheet, 1, protected=True)


def _write_options(form: Form, sheet: Worksheet) -> None:
    """The words of drop-downs: written into the check itself they may not be longer than 255
    characters together."""
    form.begin(sheet, layout.OPTIONS, [])
    sheet.very_hidden()
    for choice in _choices(form.criteria):
        words = tuple(form.say(title) for title in choice.options.values())
        if words in form.options:
            continue
        column = len(form.options) + 1
        for r, text in enumerate(words, 1):
            sheet.write_string(r, column, text)
        letter = cell_name(1, column + 1).rstrip("1")
        form.options[words] = f"='{sheet.get_name()}'!${letter}$2:${letter}${len(words) + 1}"


def _choices(criteria: Criteria) -> Iterator[ChoiceField]:
    for field in criteria.fields.values():
        for asked in field.fields.values() if isinstance(field, ListField) else (field,):
            if isinstance(asked, ChoiceField):
                yield asked


class _Facts:
    """The sheet of what is stated once, and of which lists are whole."""

    def __init__(self, form: Form, sheet: Worksheet) -> None:
        self.form, self.sheet, self.row = form, sheet, 3

    def write(self, sheets: Mapping[str, str]) -> None:
        form, sheet = self.form, self.sheet
        form.begin(sheet, layout.ANSWERS, FACTS)
        form.title(sheet, TITLES["answers"], FACTS)
        form.heads(sheet, ("asked", "answer", "unit", "help"), "answer")
        self._frame()
        for name, field in form.criteria.fields.items():
            if field.type not in layout.SHEETED:
                self._field(name, field)
        listed = [(n, f) for n, f in form.criteria.fields.items() if n in sheets]
        if listed:
            sheet.write_string(self.row, 0, layout.TEXT_ROW)
            sheet.set_row(self.row, LINE + 8)
            form.pen.across(sheet, self.row, len(FACTS), form.say(HEADS["lists"]), "head")
            self.row += 1
        for name, field in listed:
            see = Phrase(*Sentence(STATUS_HINT, {"sheet": sheets[name]}).both())
            told = form.told(field, form.asks[name])
            self._status(name, field, joined(see, told))
        form.end(sheet, 2, protected=True)

    def _frame(self) -> None:
        for name, title in layout.FRAME_ROWS.items():
            value = getattr(self.form.filled, name) or None
            if name != "fictional" or value:
                asked = YES_NO if name == "fictional" else TEXT
                self._one(layout.framed(name), title, FRAME_HINTS[name], asked, value)

    def _field(self, name: str, field: Asked) -> None:
        value = self.form.filled.answers.get(name)
        told = self.form.told(field, self.form.asks[name])
        if not isinstance(field, ElementsField):
            self._one(name, field.title, told, field, value)
            return
        self._status(name, field, told)
        for inner, title in field.elements.items():
            indented = Phrase(f"　　{title.zh}", f"    {title.en}")
            there = layout.THERE if inner in (value or ()) else None
            self._word(layout.element(name, inner), indented, NOTHING, ELEMENT, there)

    def _one(self, mark: str, title: Phrase, told: Phrase, asked: Asked, value: Any) -> None:
        """One answer a row: its title, its cell, its unit, how it is filled in."""
        unit = getattr(asked, "unit", None)
        shown = self.form.shown(value, asked)
        self._labels(mark, title, told, unit or NOTHING, str(shown or ""))
        self.form.pen.answer(self.sheet, self.row, 2, shown, asked)
        question = self.form.asks.get(mark)
        limits = question.limits if question else None
        self.form.check(self.sheet, (self.row, 2, self.row, 2), asked, limits)
        self.row += 1

    def _status(self, name: str, field: Asked, told: Phrase) -> None:
        """Whether a list is whole, or has nothing."""
        filled = self.form.filled
        known = layout.PART if name in filled.partial else None
        if name in filled.answers and not filled.answers[name]:
            known = layout.NONE
        words = LIST_STATUS if isinstance(field, ListField | ElementsField) else LIST_STATUS[::2]
        if not isinstance(field, FiguresField):
            self._word(name, field.title, told, words, known)

    def _word(
        self,
        mark: str,
        title: Phrase,
        told: Phrase,
        words: tuple[Phrase, ...],
        known: Phrase | None,
    ) -> None:
        """A row that takes one of a few words of the form's own."""
        form = self.form
        self._labels(mark, title, told, NOTHING, "")
        form.pen.answer(self.sheet, self.row, 2, known and form.say(known), TEXT)
        area = (self.row, 2, self.row, 2)
        form.pen.choose(self.sheet, area, [form.say(word) for word in words])
        self.row += 1

    def _labels(self, mark: str, title: Phrase, told: Phrase, unit: Phrase, value: str) -> None:
        form, sheet, row = self.form, self.sheet, self.row
        name, how = form.say(title), form.say(told)
        tall = max(lines(name, ASKED), lines(value, ANSWER), lines(how, HOW))
        sheet.write_string(row, 0, mark)
        sheet.set_row(row, LINE * tall + 8)
        for c, text in ((1, name), (3, form.say(unit)), (4, how)):
            form.pen.text(sheet, row, c, text, "label")


def _write_scores(form: Form, sheet: Worksheet) -> None:
    """The branch's own points, one item a row."""
    form.begin(sheet, layout.SCORES, SCORES)
    form.title(sheet, TITLES["scores"], SCORES)
    form.heads(sheet, ("number", "asked", "most", "answer"), "answer")
    for row, item in enumerate(form.criteria.indicators(), 3):
        name, value = form.say(item.title), form.filled.self_scores.get(item.id)
        sheet.write_string(row, 0, item.id)
        sheet.set_row(row, LINE * lines(name, SCORES[1]) + 8)
        for c, text in ((1, item.id), (2, name), (3, plain(item.points))):
            form.pen.text(sheet, row, c, text, "label")
        most = None if is_unlimited(item.points) else item.points
        asked = NUMBER.model_copy(update={"max": most})
        form.pen.answer(sheet, row, 4, value, asked)
        limits = None if most is None else Phrase(f"0 到 {plain(most)}", f"0 to {plain(most)}")
        form.check(sheet, (row, 4, row, 4), asked, limits)
    form.end(sheet, 2, protected=True)
