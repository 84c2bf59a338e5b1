"""How large an input may be: sizes that no honest file comes near, and one way to raise them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace

UNITS = {"": 1, "k": 1000, "m": 1000**2, "ki": 1024, "mi": 1024**2}
WRITTEN = re.compile(r"([a-z]+)=([1-9][0-9]{0,9})(k|m|ki|mi|)b?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may have.

    size     bytes
    depth    mappings and lists within each other
    values   values, with those of its mappings and lists
    key      characters of a name
    scalar   characters of one text
    faults   faults that are told one by one; the others are only counted
    """

    size: int = 1024**2
    depth: int = 32
    values: int = 20_000
    key: int = 200
    scalar: int = 100_000
    faults: int = 100


DEEPEST = 200
"""What is built and checked by recursion stands no more than this."""

DEFAULT = Limits()
_current: ContextVar[Limits] = ContextVar("limits", default=DEFAULT)


def limits() -> Limits:
    """The limits in force."""
    return _current.get()


@contextmanager
def limited(to: Limits) -> Iterator[None]:
    """Read with other limits."""
    token = _current.set(to)
    try:
        yield
    finally:
        _current.reset(token)


def limits_of(settings: Iterable[str]) -> Limits:
    """The limits with some set anew: `size=4MiB`, `values=200k`. Raises ValueError for what is
    no such setting, and for less than what honest files and our own may need."""
    made, names = Limits(), [field.name for field in fields(Limits)]
    for setting in settings:
        match = WRITTEN.fullmatch(setting.strip())
        if not match or match[1] not in names:
            raise ValueError(f"{setting} ({'|'.join(names)}=N)")
        number, least = int(match[2]) * UNITS[match[3].lower()], getattr(DEFAULT, match[1])
        if match[1] != "faults" and number < least:
            raise ValueError(f"{setting} ({match[1]} ≥ {least})")
        if match[1] == "depth" and number > DEEPEST:
            raise ValueError(f"{setting} (depth ≤ {DEEPEST})")
        made = replace(made, **{match[1]: number})
    return made
