"""Mutants: a criteria file with one number, comparison, effect or condition changed.

Each is a change that somebody could make by mistake, and that a case should notice. Wording,
names of fields and ids are left alone, and so is what decides no result: `at_most` of bands and
grades, which is only checked, and `better` of an indicator. What a panel may give (`least`,
`step`) is only made narrower, because no case can hold marks that the table refuses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from branchscore.text.numbers import RATIO, parse_decimal, parse_number, plain
from branchscore.text.scalars import DAY
from branchscore.text.source import Map, Seq
from branchscore.trial.tree import GONE, At, Put, Renamed, at

ROOTS = ("dimensions", "bonus", "penalties", "gates", "vetoes", "grades", "selection", "at_most")
NAMED = ("id", "title", "source", "also", "by", "unit", "verb", "levels", "kind", "reason")
READ = ("field", "list", "distinct", "date", "among", "since", "until", "once_per", "excused")
WORDING = frozenset((*NAMED, *READ, "item", "divided_by", "points_of", "figure"))
COMPARED = {"at_least": "more_than", "more_than": "at_least"}
COMPARED |= {"at_most": "less_than", "less_than": "at_most"}
FLAGS = {"true": "false", "false": "true"}
PRICES = frozenset({"points", "otherwise", "base", "least", "each", "tie_within"})
"""Where less than nothing is no more than nothing."""
PRICED = frozenset({"points", "worth"})
"""Mappings whose keys are words of the table, and not of this language."""
WORDS: dict[str, tuple[str, ...]] = {
    "every": ("month", "quarter", "half_year", "year"),
    "steps": ("exact", "full", "started"),
    "otherwise": ("full", "zero", "drop"),
    "count": ("highest", "sum"),
    "effect": ("not_above", "grade"),
    "rounding": ("down", "up", "half-up"),
    "rule": ("half-up", "half-even"),
    "at": ("item", "total"),
    "better": ("more", "less"),
}
SETS = frozenset({"gates", "vetoes", "requires", "caps", "without", "one_of", "items"})
"""Lists of which each entry is also left out."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where it stands (`key`: at the key), what it is called, what was there, and
    what is there instead; None: nothing."""

    at: At
    key: bool
    name: str
    was: str
    now: str | None
    puts: tuple[Put, ...]


def mutants(root: Map) -> Iterator[Mutant]:
    """All mutants of a criteria file."""
    for name in ("rounding", *ROOTS):
        if name in root:
            yield from _entry(root, root, (), name)


def _value(path: At, was: str, now: str, *more: Put) -> Mutant:
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    return Mutant(path, False, name, was, now, ((path, now), *more))


def _gone(path: At, name: str, was: Any) -> Mutant:
    if isinstance(was, Map):
        was = was.get("id") or was.get("title") or was.get("points_of") or "…"
    shown = was if isinstance(was, str) else str(was.get("zh")) if isinstance(was, Map) else "…"
    return Mutant(path, isinstance(path[-1], str), name, shown, None, ((path, GONE),))


def _entry(root: Map, node: Map, path: At, key: str) -> Iterator[Mutant]:
    """The mutants of one key and what stands under it."""
    value, here = node[key], (*path, key)
    if key in COMPARED and _compares(path, node, value):
        puts = ((here, Renamed(COMPARED[key])),)
        yield Mutant(here, True, key, key, COMPARED[key], puts)
    if key == "where" and isinstance(value, Map):
        yield from _where(value, here)
    elif key == "ties" and isinstance(value, Seq):
        yield from _ties(value, here)
    elif key in ("minimum", "grade") and isinstance(value, str):
        yield from (_value(here, value, other) for other in _grades(root, value))
    elif key not in WORDING or path[-1] in PRICED:
        yield from _inside(root, value, here, node)


def _inside(root: Map, value: Any, path: At, node: Any) -> Iterator[Mutant]:
    if isinstance(value, Map):
        for key in value:
            yield from _entry(root, value, path, key)
    elif isinstance(value, Seq):
        for i, one in enumerate(value):
            if path[-1] in SETS and (len(value) > 1 or path[-1] not in ("one_of", "items")):
                yield _gone((*path, i), str(path[-1]), one)
            if path[-1] != "items":
                yield from _inside(root, one, (*path, i), value)
    elif isinstance(value, str):
        yield from _scalar(root, value, path, node)


def _compares(path: At, node: Map, value: Any) -> bool:
    """Whether `at_least` and its like are a comparison here, and not a cap or a band."""
    cap = node.get("kind") in ("shortfall", "excess") or path[-1:] == ("share",) or not path
    return not cap and not _in_bands(path) and isinstance(value, str)


def _in_bands(path: At) -> bool:
    return path[-2:-1] == ("bands",)


def _scalar(root: Map, text: str, path: At, node: Any) -> Iterator[Mutant]:
    key = path[-1]
    if key == "at_most" and _in_bands(path[:-1]):
        return
    measured = key != "better" or (isinstance(node, Map) and "kind" in node)
    if key in WORDS and text in WORDS[str(key)] and measured:
        words = WORDS[str(key)]
        place = words.index(text)
        near = words if key != "every" else words[max(place - 1, 0) : place + 2]
        yield from (_value(path, text, word) for word in near if word != text)
    elif text in FLAGS:
        yield _value(path, text, FLAGS[text])
    elif DAY.fullmatch(text):
        yield from (_value(path, text, day) for day in _days(text))
    else:
        for now in _numbers(text, path, node):
            yield _value(path, text, now, *_section(root, path, text, now))


def _days(text: str) -> Iterator[str]:
    for step in (1, -1):
        yield (date.fromisoformat(text) + timedelta(days=step)).isoformat()


def _numbers(text: str, path: At, node: Any) -> Iterator[str]:
    """The numbers beside this one: one more and one less of its last digit, so `4` → `5`,
    `0.5` → `0.6`, `90%` → `91%`, `2/12` → `3/12`."""
    if parse_number(text) is None:
        return
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    given = isinstance(node, Map) and node.get("kind") == "given"
    if key == "if_none":
        yield "0%" if text == "100%" else "100%" if text == "0%" else stepped(text, 1)
        return
    if given and key == "step":
        yield plain(2 * (parse_number(text) or 0))
        return
    yield stepped(text, 1)
    nothing = parse_number(text) == 0 and (key in PRICES or "points" in path[-3:])
    if not nothing and not (given and key == "least"):
        yield stepped(text, -1)


def stepped(text: str, by: int) -> str:
    """A number as written, its last digit (or numerator) changed by so much."""
    ratio = RATIO.fullmatch(text)
    if ratio:
        return f"{int(ratio[1]) + by}/{ratio[2]}"
    number, sign = (text[:-1], "%") if text.endswith("%") else (text, "")
    decimals = len(number.partition(".")[2])
    exact = (parse_decimal(number) or 0) * 10**decimals + by
    return plain_scaled(int(exact), decimals) + sign


def plain_scaled(digits: int, decimals: int) -> str:
    """`digits` with so many of them behind the point: 125, 2 → `1.25`."""
    if not decimals:
        return str(digits)
    text = str(abs(digits)).rjust(decimals + 1, "0")
    return f"{'-' if digits < 0 else ''}{text[:-decimals]}.{text[-decimals:]}"


def _section(root: Map, path: At, was: str, now: str) -> Iterator[Put]:
    """An item's points are part of its dimension's, which follow: scores are to notice the
    change, and not the sum."""
    if path[0] != "dimensions" or path[2] != "indicators" or path[4:] != ("points",):
        return
    place = (*path[:2], "points")
    points, before, after = (parse_number(t or "") for t in (at(root, place), was, now))
    if points is not None and before is not None and after is not None:
        yield place, plain(points + after - before)


def _grades(root: Map, grade: str) -> Iterator[str]:
    """The grades beside this one."""
    bands = at(root, ("grades", "bands")) or ()
    ids = [band.get("id") for band in bands if isinstance(band, Map)]
    if grade in ids:
        place = ids.index(grade)
        yield from (str(ids[i]) for i in (place - 1, place + 1) if 0 <= i < len(ids))


def _ties(ties: Seq, path: At) -> Iterator[Mutant]:
    """Neighbours of the tie chain change places, and the last is left out."""
    for i in range(len(ties) - 1):
        first, second = str(ties[i]), str(ties[i + 1])
        puts: tuple[Put, ...] = (((*path, i), second), ((*path, i + 1), first))
        was, now = f"{first}, {second}", f"{second}, {first}"
        yield Mutant((*path, i), False, "ties", was, now, puts)
    if ties:
        yield _gone((*path, len(ties) - 1), "ties", ties[-1])


def _where(where: Map, path: At) -> Iterator[Mutant]:
    """Each condition of a filter is left out, each of its words, and each limit changed."""
    for name, wanted in where.items():
        here = (*path, name)
        if name == "any" and isinstance(wanted, Seq):
            for i, one in enumerate(wanted):
                yield from _where(one, (*here, i)) if isinstance(one, Map) else ()
            continue
        yield _gone(here, name, _words(wanted))
        if name == "not" and isinstance(wanted, Map):
            yield from _where(wanted, here)
        elif isinstance(wanted, Map):
            yield from _limits(wanted, here)
        elif isinstance(wanted, Seq) and len(wanted) > 1:
            for i, word in enumerate(wanted):
                yield _gone((*here, i), name, word)
        elif isinstance(wanted, str):
            yield from _scalar(where, wanted, here, where)


def _limits(limits: Map, path: At) -> Iterator[Mutant]:
    for key, limit in limits.items():
        here = (*path, key)
        if key in COMPARED:
            puts = ((here, Renamed(COMPARED[key])),)
            yield Mutant(here, True, key, key, COMPARED[key], puts)
        if isinstance(limit, str):
            yield from _scalar(limits, limit, here, limits)


def _words(wanted: Any) -> str:
    if isinstance(wanted, Map):
        return ", ".join(f"{key}: {_words(value)}" for key, value in wanted.items())
    return ", ".join(map(_words, wanted)) if isinstance(wanted, Seq) else str(wanted)
