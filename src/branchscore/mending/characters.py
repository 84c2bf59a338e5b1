"""Invisible characters that mean nothing. Those that steer the direction of writing, control
characters and hidden text stay: somebody must look at them."""

import re

from branchscore.mending.page import Extents, Page, Reading
from branchscore.text.diagnostics import Diagnostic

EMPTY = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Between other letters and in emoji the joiners change what is seen.
JOINERS = re.compile(
    "(?<![^\x20-\u024f\u2e80-\u9fff\uff00-\uffef])[\u200c\u200d]"
    "(?![^\x20-\u024f\u2e80-\u9fff\uff00-\uffef])"
)
BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
AT_END = re.compile(f"{BLANKS.pattern}[ {BLANKS.pattern[1:-1]}]*$")


def characters(fault: Diagnostic, page: Page) -> list[Extents]:
    """The line without zero-width characters and soft hyphens, with plain blanks."""
    line = page.line(fault)
    made = BLANKS.sub(" ", JOINERS.sub("", EMPTY.sub("", AT_END.sub("", line))))
    return [[Reading(fault, {fault.span.line: made})]] if made != line else []
