"""The lines of the table: indicators, their parts and variants, and the sections they stand in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from pydantic import Field as Key
from pydantic import model_validator

from branchscore.criteria.condition import Condition
from branchscore.criteria.fields import Field
from branchscore.criteria.measures import Measure
from branchscore.criteria.outcome import Source
from branchscore.criteria.rules import Rule
from branchscore.criteria.rules.base import Item
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Boolean, Code, Identifier, Number, Points, Wording, refuse
from branchscore.text.typing import Strict


class Applies(Condition):
    """本项在什么条件下才考（应建才考）；不考时 `otherwise`：`full` 按满分，`zero` 不得分，
    `drop` 不计、
    本部分其余各项按比例折算，`peer_mean` 按其他支部的平均分。

    When an item is asked of a branch at all, and what happens `otherwise`: it earns `full`
    points or `zero`, it is `drop`ped and the rest of its section scaled up, or it earns the
    `peer_mean`, the mean of the branches that it is asked of.
    """

    measure: Measure
    """看什么 · what decides it"""
    otherwise: Literal["full", "zero", "drop", "peer_mean"]
    """不考时怎样计 · what it earns where it is not asked"""


class When(Condition):
    """一种情形的条件 · the condition of a variant."""

    measure: Measure
    """看什么 · what decides it"""


class Variant(Strict):
    """一种情形下的计分办法（开发区、城镇、7 人以上）；最后一种可以不写 `when`。

    How it is paid in one case; the last may be without `when` and holds for all others.
    """

    title: Wording
    """哪种情形 · which case"""
    when: When | None = None
    """什么条件下 · in which case"""
    measure: Measure | None = None
    """本情形下的考核内容，不写则用本项的 · what is measured, if not the item's own measure"""
    rule: Rule
    """怎样计分 · what it is worth"""


class Assessed(Strict):
    """What an indicator and a part of one have in common."""

    id: Code
    """编号 · its id"""
    title: Wording
    """名称 · its title"""
    points: Points
    """分值，`unlimited` 为不封顶 · the most it can earn or cost"""
    applies: Applies | None = None
    """什么条件下才考 · when it is asked at all"""
    measure: Measure | None = None
    """考什么 · what is measured"""
    rule: Rule | None = None
    """怎样计分 · what it is worth"""
    variants: tuple[Variant, ...] = ()
    """不同情形不同办法 · other rules for other kinds of branches"""

    @property
    def whole(self) -> bool:
        """Whether it says how it is paid in exactly one way."""
        if self.variants:
            return self.rule is None and all(v.measure or self.measure for v in self.variants)
        return self.measure is not None and self.rule is not None

    def own_leaves(self, takes: bool) -> Iterator["Leaf"]:
        if self.measure and self.rule:
            yield Leaf(self.id, self.title, self.points, takes, self.measure, self.rule, ())
        for i, variant in enumerate(self.variants):
            measure = variant.measure or self.measure
            if measure:
                yield Leaf(
                    self.id,
                    self.title,
                    self.points,
                    takes,
                    measure,
                    variant.rule,
                    ("variants", i),
                    variant.measure is not None,
                )


class Part(Assessed):
    """一项里的一部分：各部分相加；`takes: true` 是扣分的部分，`points` 是最多扣几分。

    A part of an item: parts add up; with `takes: true` it takes points off, `points` at most.
    """

    takes: Boolean = False
    """扣分 · takes points off"""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if not self.whole:
            refuse("C017", id=self.id)
        return self


class Indicator(Assessed):
    """评分表的一项：考什么（`measure`）、怎样计分（`rule`）、依据什么（`source`）。
    一项由几部分组成写
    `parts`，从 `base` 分起加减；不同支部办法不同写 `variants`。

    One line of the table: what is measured, what it is worth, and by what right. An item made of
    several writes `parts`, added to `base`; one that is paid differently for different
    branches writes `variants`.
    """

    source: Source | None = None
    """依据 · by what right it is asked"""
    also: tuple[Wording, ...] = ()
    """还可以用什么名称找到它 · other names by which it can be found"""
    by: Wording | None = None
    """由哪个部门考核 · the office that it belongs to"""
    better: Literal["more", "less"] | None = None
    """多好还是少好，供核对 · which is better; held against the rule by `lint`"""
    floor: Number = 0
    """最低几分，可以是负数 · the least it can be; below 0 where a table says so"""
    base: Points = 0
    """各部分从几分起加减 · what the parts are added to"""
    parts: tuple[Part, ...] = ()
    """组成部分 · its parts"""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.whole == bool(self.parts) or (self.parts and (self.rule or self.measure)):
            refuse("C017", id=self.id)
        return self

    def leaves(self, penalty: bool) -> Iterator["Leaf"]:
        """Everything in it that is measured and paid."""
        yield from self.own_leaves(penalty)
        for i, part in enumerate(self.parts):
            for leaf in part.own_leaves(part.takes or penalty):
                yield leaf.under("parts", i)

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition, Measure]]:
        """The conditions in it, each with the keys that lead to it and what it tests."""
        for at, assessed in ((), self), *((("parts", i), p) for i, p in enumerate(self.parts)):
            if assessed.applies:
                yield (*at, "applies"), assessed.applies, assessed.applies.measure
            for i, variant in enumerate(assessed.variants):
                if variant.when:
                    yield (*at, "variants", i, "when"), variant.when, variant.when.measure


@dataclass(frozen=True, slots=True)
class Leaf:
    """One measure and the rule that pays for it. `at` are the keys that lead to the rule from
    the indicator; `takes` says that the points are taken off."""

    id: str
    title: Phrase
    points: Exact
    takes: bool
    measure: Measure
    rule: Rule
    at: tuple[str | int, ...]
    own_measure: bool = True

    def under(self, *keys: str | int) -> "Leaf":
        return Leaf(
            self.id,
            self.title,
            self.points,
            self.takes,
            self.measure,
            self.rule,
            (*keys, *self.at),
            self.own_measure,
        )

    @property
    def measure_at(self) -> tuple[str | int, ...]:
        """The keys that lead to the measure."""
        shared = not self.own_measure and len(self.at) >= 2
        return (*self.at[:-2], "measure") if shared else (*self.at, "measure")

    def item(self, fields: Mapping[str, Field]) -> Item:
        return Item(
            self.title,
            self.points,
            self.measure.unit_in(fields),
            self.measure.verb,
            self.measure.shape(fields),
            self.measure.words(fields),
            self.measure.ratio,
            self.takes,
        )


class SharedCap(Strict):
    """几项合并封顶 · several items that may earn so much together at most."""

    title: Wording
    """名称 · its title"""
    items: tuple[Code, ...] = Key(min_length=2)
    """哪几项 · the ids of the items"""
    points: Number
    """合计最多几分 · the most they may earn together"""


class Section(Strict):
    """评分表的一部分（维度），`points` 是各项之和；加分项、
    扣分项的 `points` 是总共最多加（扣）几分。

    A part of the table: a dimension, whose `points` are the sum of its indicators', or the
    bonus or penalty group, where `points` are the cap of what all of them may add or take
    away."""

    id: Identifier
    """代号 · its id"""
    title: Wording
    """名称 · its title"""
    points: Points
    """分值 · its points"""
    indicators: tuple[Indicator, ...] = Key(min_length=1)
    """各项 · its items"""
    caps: tuple[SharedCap, ...] = ()
    """几项合并封顶 · caps over several items"""
