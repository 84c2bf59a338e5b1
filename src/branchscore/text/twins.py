"""Names that a person takes for one another: as good as the same, or alike but for case."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any, NamedTuple


class Twin(NamedTuple):
    """What is odd about a name: too long (Y025); a wide bracket before it (Y029); the full-width
    blank `other` at its end `first` (Y003); the same as another to the eye (Y032); different
    from it by capitals only (Y033)."""

    code: str
    key: str
    mark: Any
    other: str = ""
    first: int = 0


WIDE, BRACKETS = "\u3000", ("｛", "［")


ODD = re.compile("[\u3000｛［]")


@lru_cache(maxsize=4096)
def folded(key: str) -> str:
    """What is left of a name without width, composition, capitals and blanks around it."""
    return same(key).casefold()


def same(key: str) -> str:
    """A name without width, composition and blanks around it."""
    return unicodedata.normalize("NFKC", key).strip()


def alike(names: Collection[str], longest: int) -> bool:
    """Whether any two of so many names, or one that is too long, are worth a look."""
    return (
        len({folded(key) for key in names}) < len(names)
        or any(len(key) > longest for key in names)
        or ODD.search("".join(names)) is not None
    )


def twins(node: Any, longest: int) -> Iterator[Twin]:
    """Every such name, outermost first."""
    if isinstance(node, list):
        for value in node:
            yield from twins(value, longest)
    elif isinstance(node, dict):
        seen: dict[str, str] = {}
        for key in node:
            mark = node.places(key)[0]  # type: ignore[attr-defined]
            if len(key) > longest:
                yield Twin("Y025", key, mark)
            if key.startswith(BRACKETS):
                yield Twin("Y029", key, mark)
            if key.strip(WIDE) != key:
                yield Twin("Y003", key, mark, WIDE, 0 if key[0] == WIDE else len(key) - 1)
            other = seen.setdefault(folded(key), key)
            if other != key:
                first = node.places(other)[0].line + 1  # type: ignore[attr-defined]
                code = "Y032" if same(other) == same(key) else "Y033"
                yield Twin(code, key, mark, other, first)
        for value in node.values():
            yield from twins(value, longest)
