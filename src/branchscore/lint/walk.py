"""The lines of a table, each with the keys that lead to it."""

from collections.abc import Iterator
from typing import NamedTuple

from branchscore.criteria.check import placed
from branchscore.criteria.condition import Condition
from branchscore.criteria.indicator import Assessed, Indicator, Leaf, Section
from branchscore.criteria.measures.base import MeasureBase
from branchscore.criteria.measures.conditions import Conditions
from branchscore.criteria.model import Criteria
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence

At = tuple[str | int, ...]
NAMED = Phrase("{id}“{title}”", "{id} “{title}”")


class Row(NamedTuple):
    """An indicator, or (`whole` False) a part of one: what pays for it in each of its cases.
    Keys of a leaf lead on from `at`."""

    at: At
    assessed: Assessed
    takes: bool
    leaves: tuple[Leaf, ...]
    whole: bool

    @property
    def floor(self) -> Exact:
        """The least that it can be."""
        return getattr(self.assessed, "floor", 0)


class Test(NamedTuple):
    """A condition and what it tests; `role` is the key that it stands under in the file."""

    at: At
    role: str
    title: Phrase
    condition: Condition
    measure: MeasureBase


def items(criteria: Criteria) -> Iterator[tuple[At, Section, Indicator]]:
    for at, section in placed(criteria):
        for i, indicator in enumerate(section.indicators):
            yield (*at, "indicators", i), section, indicator


def rows(criteria: Criteria) -> Iterator[Row]:
    """Everything that is paid by a rule of its own; an item made of parts is not."""
    for at, section, indicator in items(criteria):
        yield from rows_of(at, indicator, section is criteria.penalties)


def rows_of(at: At, indicator: Indicator, penalty: bool) -> Iterator[Row]:
    if not indicator.parts:
        yield Row(at, indicator, penalty, tuple(indicator.own_leaves(penalty)), whole=True)
    for i, part in enumerate(indicator.parts):
        takes = part.takes or penalty
        leaves = tuple(part.own_leaves(takes))
        yield Row((*at, "parts", i), part, takes, leaves, whole=False)


def tests(criteria: Criteria) -> Iterator[Test]:
    """Every condition that is tested by a measure, beside those that are rules."""
    for test in _stated(criteria):
        yield test
        yield from _counted((*test.at, "measure"), test.measure)
    for row in rows(criteria):
        for leaf in row.leaves:
            yield from _counted((*row.at, *leaf.measure_at), leaf.measure)


def _counted(at: At, measure: MeasureBase) -> Iterator[Test]:
    """The conditions that a measure counts."""
    for i, one in enumerate(measure.of if isinstance(measure, Conditions) else ()):
        yield Test((*at, "of", i), "of", one.title, one, one.measure)


def _stated(criteria: Criteria) -> Iterator[Test]:
    for i, gate in enumerate(criteria.gates):
        yield Test(("gates", i), "gates", gate.title, gate, gate.measure)
    for i, veto in enumerate(criteria.vetoes):
        yield Test(("vetoes", i), "vetoes", veto.title, veto, veto.measure)
    for at, _, indicator in items(criteria):
        for under, condition, measure in indicator.conditions():
            yield Test((*at, *under), str(under[-1]), indicator.title, condition, measure)
    for i, band in enumerate(criteria.grades.bands if criteria.grades else ()):
        for j, required in enumerate(band.requires):
            if required.measure:
                at = ("grades", "bands", i, "requires", j)
                yield Test(at, "requires", required.title, required, required.measure)


def measures(criteria: Criteria) -> Iterator[MeasureBase]:
    """Every measure of the file, whatever it serves."""
    for row in rows(criteria):
        yield from (leaf.measure for leaf in row.leaves)
    yield from (test.measure for test in tests(criteria))


def named(name: str, title: Phrase) -> Sentence:
    """An item as a sentence names it."""
    return Sentence(NAMED, {"id": name, "title": title})
