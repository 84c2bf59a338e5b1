"""A criteria file as its author writes it: 评分表.

The model says which keys there are; `check.py` says whether the table as a whole makes
sense. Nothing here knows any campaign: names, weights, words and quotas are the file's.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from pydantic import Field as Key

from branchscore.criteria.condition import Condition
from branchscore.criteria.fields import Field
from branchscore.criteria.measures import Measure
from branchscore.criteria.rules import Rule
from branchscore.criteria.rules.base import Item
from branchscore.text.numbers import Exact, total
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Code, Day, Identifier, Line, Name, Number, Whole, Wording
from branchscore.text.typing import Strict


class Period(Strict):
    """First and last day of the time that is evaluated (考核期), both included."""

    first: Day
    last: Day


class Rounding(Strict):
    """Where and how to round. At `item`, totals are exact sums of printed numbers; at `total`,
    items are printed exactly (as fractions where decimals do not end) and only the total is
    rounded. `half-up` is 四舍五入; `half-even` is GB/T 8170-2008."""

    at: Literal["item", "total"]
    decimals: Whole = Key(ge=0, le=4)
    rule: Literal["half-up", "half-even"]


class Work(Strict):
    """A document that criteria rest on: an article, a regulation, a notice."""

    title: Wording
    publisher: Name | None = None
    date: Day | None = None


class Source(Strict):
    """Where an indicator comes from: a place in a document, or a sentence of it, or both."""

    document: Identifier
    article: Line | None = None
    quote: Line | None = None


class Applies(Condition):
    """When an indicator is asked of a branch at all (应建才考), and what it earns
    `otherwise`: `full` points or `zero`."""

    measure: Measure
    otherwise: Literal["full", "zero"]


class Indicator(Strict):
    """One line of the table: what is measured, what it is worth, and by what right."""

    id: Code
    title: Wording
    points: Number
    source: Source | None = None
    also: tuple[Wording, ...] = ()
    applies: Applies | None = None
    measure: Measure
    rule: Rule

    def item(self, fields: Mapping[str, Field]) -> Item:
        return Item(
            self.title,
            self.points,
            self.measure.unit_in(fields),
            self.measure.verb,
            self.measure.shape(fields),
            self.measure.words(fields),
        )


class Section(Strict):
    """A part of the table: a dimension (维度), whose `points` are the sum of its indicators',
    or the bonus or penalty group, where `points` are the cap of what all of them may add or
    take away."""

    id: Identifier
    title: Wording
    points: Number
    indicators: tuple[Indicator, ...] = Key(min_length=1)


class Gate(Condition):
    """What a branch must meet to be evaluated for the title at all (申报条件)."""

    id: Code
    title: Wording
    source: Source | None = None
    measure: Measure


class Veto(Condition):
    """What excludes a branch from the title whatever its points (一票否决)."""

    id: Code
    title: Wording
    source: Source | None = None
    measure: Measure
    effect: Literal["exclude"]


class GradeBand(Strict):
    """A grade (等次) from `at_least` up to the one above it."""

    id: Identifier
    title: Wording
    at_least: Number


class Grades(Strict):
    """Grades from the highest down; `otherwise` is everything below the last, so that no
    total is without a grade."""

    bands: tuple[GradeBand, ...] = Key(min_length=1)
    otherwise: Wording


class Selection(Strict):
    """Who is named: at most `quota` branches of at least grade `minimum`, by total, then by
    the points of the sections and indicators in `ties`, higher first. A tie that this chain
    leaves open across the last place is left to the commission."""

    quota: Whole = Key(ge=1)
    minimum: Identifier
    ties: tuple[Code, ...]


class Award(Strict):
    """What the certificate says. `wording` and `number` may use {branch}, {year}, {title},
    {n} (running number, `{n:02}` for two digits)."""

    title: Wording
    wording: Wording
    number: Name
    date: Day


class Criteria(Strict):
    """A scoring table for one naming campaign."""

    format: Literal["branchscore/1"]
    id: Identifier
    title: Wording
    year: Whole
    batch: Wording
    period: Period
    issuers: tuple[Wording, ...] = Key(min_length=1)
    legal_basis: tuple[Source, ...] = Key(min_length=1)
    documents: Mapping[Identifier, Work]
    note: Wording | None = None
    rounding: Rounding
    fields: Mapping[Identifier, Field]
    gates: tuple[Gate, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    dimensions: tuple[Section, ...] = Key(min_length=1)
    bonus: Section | None = None
    penalties: Section | None = None
    grades: Grades
    selection: Selection
    award: Award

    @property
    def days(self) -> tuple[date, date]:
        return self.period.first, self.period.last

    @property
    def total(self) -> Exact:
        """The points of all dimensions, without the bonus."""
        return total(section.points for section in self.dimensions)

    def sections(self) -> Iterator[Section]:
        """Dimensions, then the bonus group, then the penalties."""
        yield from self.dimensions
        yield from (section for section in (self.bonus, self.penalties) if section)

    def indicators(self) -> Iterator[Indicator]:
        for section in self.sections():
            yield from section.indicators

    def judged(self) -> Iterator[Indicator]:
        """The indicators that only the panel can answer."""
        yield from (i for i in self.indicators() if i.measure.kind == "judged")

    def grade(self, points: Exact) -> Phrase:
        for band in self.grades.bands:
            if points >= band.at_least:
                return band.title
        return self.grades.otherwise
