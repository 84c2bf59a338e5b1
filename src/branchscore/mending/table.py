"""Which faults have a mend that needs no guess. One line a code."""

from collections.abc import Mapping

from branchscore.mending import names, structure, values
from branchscore.mending.characters import characters
from branchscore.mending.page import Mend

MENDS: Mapping[str, tuple[Mend, ...]] = {
    "Y003": (characters, structure.lines),
    "Y005": (structure.levels,),
    "Y008": (structure.lines,),
    "Y017": (structure.lines,),
    "Y018": (structure.lines,),
    "Y019": (structure.lines,),
    "Y021": (structure.lines,),
    "Y022": (structure.quoted, structure.levels),
    "Y028": (structure.lines,),
    "Y029": (structure.lines,),
    "Y030": (structure.lines,),
    "Y031": (structure.lines,),
    "T001": (names.name, structure.lines),
    "T002": (names.missing,),
    "T004": (values.number,),
    "T006": (values.day,),
    "T007": (values.boolean,),
    "T008": (values.word, values.several, structure.lines),
    "T013": (values.word, values.several, structure.lines),
    "T014": (values.word,),
    "T018": (values.number,),
    "T019": (values.number,),
    "S001": (values.word,),
    "S008": (values.word,),
}
MANY: frozenset[Mend] = frozenset({structure.lines})
"""Mends that look through the whole file for each fault: one such fault at a time."""
