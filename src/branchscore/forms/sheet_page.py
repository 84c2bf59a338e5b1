"""One sheet of the form: its marks, its head, its answer cells with their checks, its print."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DecimalField,
    ElementsField,
    EvidenceField,
    TextField,
)
from branchscore.criteria.model import Criteria
from branchscore.forms import sheet_layout as layout
from branchscore.forms.asked import Question
from branchscore.forms.sheet_layout import Filled, Mark
from branchscore.forms.sheet_pen import LINE, Pen, lines
from branchscore.forms.sheet_words import HEADS, NOTHING, hint, joined
from branchscore.text.phrase import Phrase

TEXT = TextField.model_construct(title=NOTHING, type="text")
YES_NO = BooleanField.model_construct(title=NOTHING, type="boolean")
NUMBER = DecimalField.model_construct(title=NOTHING, type="decimal")


@dataclass(frozen=True, slots=True)
class Form:
    """What every sheet is made from: what is asked, and where the words of each choice stand."""

    criteria: Criteria
    digest: str
    filled: Filled
    pen: Pen
    asks: Mapping[str, Question]
    options: dict[tuple[str, ...], str] = field(default_factory=dict)

    def say(self, phrase: Phrase) -> str:
        return self.pen.say(phrase)

    def told(self, asked: Asked, question: Question | None, *, worth: bool = True) -> Phrase:
        """The author's own words, how the cell is filled in, and what the answer counts for."""
        how = hint(asked, question.limits if question else None)
        if not worth or not question:
            return joined(asked.help, how)
        counts = [Phrase(*said.both()) for said in (question.worth, question.proof) if said]
        return joined(asked.help, how, *counts)

    def begin(self, sheet: Worksheet, kind: str, widths: list[int], name: str = "") -> None:
        """Marks in the hidden first row and column."""
        mark = Mark(self.criteria.id, self.digest, kind, name)
        sheet.write_string(0, 0, str(mark))
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, None, None, {"hidden": True})
        for c, width in enumerate(widths, 1):
            sheet.set_column(c, c, width)

    def title(self, sheet: Worksheet, title: Phrase, widths: list[int]) -> None:
        text = self.say(title)
        tall = lines(text, sum(widths) * 14 // 20)
        sheet.write_string(1, 0, layout.TEXT_ROW)
        sheet.set_row(1, 30 * tall + 8)
        self.pen.across(sheet, 1, len(widths), text, "title")

    def end(self, sheet: Worksheet, head: int, *, protected: bool) -> None:
        """Labels cannot be typed over by accident, and there is no password to lift that; sheets
        of records stay open, so that rows can be inserted, sorted and pasted."""
        if protected:
            sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        code = self.filled.code or "________"
        whose = self.say(Phrase(f"支部代码：{code}", f"Branch: {code}"))
        self.pen.page(sheet, self.say(self.criteria.title), whose, head)

    def heads(self, sheet: Worksheet, names: tuple[str, ...], answer: str) -> None:
        """The heads of a sheet with one answer a row, and the mark of the column that is read."""
        sheet.write_row(0, 1, [answer if name == answer else layout.TEXT_ROW for name in names])
        sheet.write_string(2, 0, layout.TEXT_ROW)
        sheet.set_row(2, LINE + 8)
        for c, name in enumerate(names, 1):
            self.pen.text(sheet, 2, c, self.say(HEADS[name]), "head")
        sheet.freeze_panes(3, 0)

    def check(
        self,
        sheet: Worksheet,
        area: tuple[int, int, int, int],
        asked: Asked,
        limits: Phrase | None = None,
    ) -> None:
        """Let the program refuse what the reader would refuse."""
        if isinstance(asked, BooleanField):
            self.pen.choose(sheet, area, [self.say(layout.YES), self.say(layout.NO)])
        elif isinstance(asked, ChoiceField):
            words = tuple(self.say(title) for title in asked.options.values())
            self.pen.choose(sheet, area, self.options[words])
        elif isinstance(asked, ElementsField):
            self.pen.choose(sheet, area, [self.say(layout.THERE), self.say(layout.NOT_THERE)])
        else:
            told = self.say(hint(asked, limits))
            self.pen.check(sheet, area, asked, self.criteria.days, told)

    def shown(self, value: Any, asked: Asked) -> Any:
        """An answer as it stands in its cell."""
        if value is None or value == ():
            return None
        if isinstance(value, Phrase):
            return self.say(value)
        if isinstance(value, bool):
            return self.say(layout.YES if value else layout.NO)
        if isinstance(asked, ChoiceField):
            return self.say(asked.options[value])
        if isinstance(asked, EvidenceField):
            return self.say(Phrase("、", ", ")).join(value)
        return value


def stated(record: Mapping[str, Any], mark: str) -> Any:
    """What a record has in the column of that mark. Where it is said to have no element at all,
    every one is said not to be there."""
    name, _, inner = mark.partition("=")
    value = record.get(name)
    if not inner or value is None:
        return value
    if not value:
        return layout.NOT_THERE
    return layout.THERE if inner in value else None
