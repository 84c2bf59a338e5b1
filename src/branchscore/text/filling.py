"""Texts with named places, written by authors of tables: filled by name, and nothing more.

Not `str.format`: that reaches into its values (`{branch.__class__}`) and pads without end.
"""

import re
from collections.abc import Collection, Mapping

PLACE = re.compile(r"\{([a-z_]+)(?::0([1-9]))?\}")


def unfilled(text: str, names: Collection[str]) -> str:
    """The first part of a text that has braces and is no place of these names."""
    for match in re.finditer(r"\{[^{}]*\}?|\}", text):
        place = PLACE.fullmatch(match[0])
        if not place or place[1] not in names:
            return match[0]
    return ""


def filled(text: str, values: Mapping[str, str | int]) -> str:
    """The text with `{name}`, or `{name:02}` for at least two digits."""
    return PLACE.sub(lambda place: str(values[place[1]]).zfill(int(place[2] or 0)), text)
