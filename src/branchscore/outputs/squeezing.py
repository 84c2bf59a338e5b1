"""Chinese punctuation side by side takes half the room that each has alone (CLREQ, 3.1.6)."""

import re

from markupsafe import Markup, escape

OPENING = "（《〈“‘〔【「『"
CLOSING = "）》〉”’〕】」』，。、：；！？"
# A closing sign before any other is empty on its right, an opening one after another on its left.
PAIRS = re.compile(rf"[{CLOSING}](?=[{OPENING}{CLOSING}])|(?<=[{OPENING}])[{OPENING}]")
SQUEEZED = Markup('<span class="squeeze">{}</span>')


def squeezed(text: str) -> Markup:
    """The text as HTML in which such signs are of the class `squeeze`, for the font's half-width
    forms (`halt`)."""
    parts, end = [], 0
    for hit in PAIRS.finditer(text):
        parts += [escape(text[end : hit.start()]), SQUEEZED.format(hit[0])]
        end = hit.end()
    return Markup().join([*parts, escape(text[end:])])
