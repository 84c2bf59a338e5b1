"""Who is named: places, their bounds, ties, and what the commission keeps in reserve."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator
from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import Asked, ChoiceField
from branchscore.criteria.outcome import WholeRule, whole
from branchscore.text.numbers import Exact, divided
from branchscore.text.phrase import Value
from branchscore.text.scalars import Boolean, Code, Identifier, Number, Whole, Wording, refuse
from branchscore.text.typing import Strict

VARIED: Exact = divided(1, 10)


class Portion(Strict):
    """按比例定的名额：`share` 占多少，`rounding` 不是整数时怎样取整。

    A number of places that is a share: `share` of how many, and how to make it whole.
    """

    share: Number
    """占多少，写 30% 或 0.3；差额 1:1.2 写 1.2 · the share: 30% or 0.3; 1.2 for a list of 1:1.2"""
    rounding: WholeRule
    """怎样取整 · how it is made a whole number"""

    def of(self, number: int) -> int:
        return whole(self.share * number, self.rounding)


class Group(Strict):
    """一组支部的名额：单选项 `field` 的答案是 `one_of` 之一的支部，最少、最多命名几个。
    达到命名要求的支部不够 `least` 时有几个算几个（宁缺毋滥）。组里可以再分组 `groups`。

    The places of a group: branches whose answer to the choice `field` is `one_of` these, and how
    few and how many of them are named. Where fewer reach what a title needs, those who do are
    named. Groups may hold groups.
    """

    id: Code
    """编号 · its id"""
    title: Wording
    """名称 · its title"""
    field: Identifier
    """按哪个单选项分组 · the choice that tells who belongs to it"""
    one_of: tuple[Identifier, ...] = Key(min_length=1)
    """哪些选项属于这一组 · its options"""
    least: Whole = 0
    """最少命名几个（保底） · at least so many places"""
    most: Whole | None = None
    """最多命名几个（封顶） · at most so many places"""
    least_share: Portion | None = None
    """最少占组内参评支部的比例 · at least this share of the group's ranked branches"""
    most_share: Portion | None = None
    """最多占组内参评支部的比例 · at most this share of the group's ranked branches"""
    groups: tuple["Group", ...] = ()
    """组内再分的组 · groups within it"""

    def floor(self, ranked: int) -> int:
        """The least number of places where so many of the group are ranked."""
        return max(self.least, self.least_share.of(ranked) if self.least_share else 0)

    def cap(self, ranked: int) -> int:
        """The greatest number of places where so many of the group are ranked."""
        ends = [self.most] if self.most is not None else []
        ends += [self.most_share.of(ranked)] if self.most_share else []
        return min(ends, default=ranked)

    def complaints(self, fields: Mapping[str, Asked]) -> Iterator[Complaint]:
        """What is asked that is not there, and floors that do not fit."""
        field = fields.get(self.field)
        if not isinstance(field, ChoiceField):
            known = ", ".join(n for n, f in fields.items() if isinstance(f, ChoiceField))
            yield Complaint("C001", ("field",), {"name": self.field, "known": known})
        else:
            for i, word in enumerate(self.one_of):
                if word not in field.options:
                    values = {"name": word, "known": ", ".join(field.options)}
                    yield Complaint("C001", ("one_of", i), values)
        yield from _overlaps(self.groups)
        yield from _overbooked(self.groups, self.most)
        for i, group in enumerate(self.groups):
            yield from (c.under("groups", i) for c in group.complaints(fields))

    def walk(self) -> Iterator["Group"]:
        yield self
        for group in self.groups:
            yield from group.walk()


def _share(value: Exact) -> Exact:
    if not 0 <= value < 1:
        refuse("T010", got=value, least=0, most="0.99")
    return value


class Safety(Strict):
    """推演入选线稳不稳：各项分值上下浮动多少。

    How the safety of the line is tried: by how much items' points vary.
    """

    weights: Annotated[Number, AfterValidator(_share)] = VARIED
    """各项分值最多上下浮动多少，不写是 10% · items' points vary by so great a share of them, by
    default 10%"""


class Selection(Strict):
    """命名谁：等次不低于 `minimum`，按总分排列，总分相同依次比较 `ties` 各部分、各项的得分，
    取前 `quota` 名；
    不写 `quota` 就是达到等次的都命名（成熟一个命名一个）。
    总分相差不超过 `tie_within` 也按相同处理。
    比完仍相同、又在最后一个名额上的，由评审委员会决定；`draw: true` 公开抽签。

    Who is named: at most `quota` branches (without it all) of at least grade `minimum`, by
    total, then by the points of the sections and items in `ties`, higher first. Totals at
    most `tie_within` below the highest of their group count as equal. A tie that this chain
    leaves open across the last place is left to the commission, or with `draw` to a public
    draw."""

    quota: Whole | None = Key(default=None, ge=1)
    """名额 · the number of places"""
    quota_share: Portion | None = None
    """按参评支部的比例定名额 · the number of places as a share of the ranked branches"""
    minimum: Identifier | None = None
    """最低等次 · the least grade for a title"""
    tie_within: Number = 0
    """总分相差多少以内算相同 · how close totals count as equal"""
    ties: tuple[Code, ...]
    """总分相同时依次比较什么 · what decides between equals, in order"""
    groups: tuple[Group, ...] = ()
    """分组名额 · places by group"""
    last_out: Portion | None = None
    """末位不予命名的比例 · the share at the end of the ranking that gets no title"""
    reserve: Whole = 0
    """备选几个，在命名的之后依次列出 · how many follow on the reserve list"""
    slate: Portion | None = None
    """差额：按名额的几倍提名，由评审委员会从中决定（1:1.2 写 share: 1.2） · a list longer than the
    places, out of which the commission chooses"""
    draw: Boolean = False
    """比完仍相同的公开抽签 · what ties leave open is decided by a public draw"""

    safety: Safety = Safety()
    """推演入选线稳不稳 · how the safety of the line is tried"""

    def places(self, ranked: int) -> int | None:
        """How many places there are where so many are ranked; None: without limit."""
        ends = [self.quota] if self.quota is not None else []
        ends += [self.quota_share.of(ranked)] if self.quota_share else []
        return min(ends, default=None)

    def complaints(self, fields: Mapping[str, Asked]) -> Iterator[Complaint]:
        """What is asked of places that cannot be."""
        yield from _overlaps(self.groups)
        yield from _overbooked(self.groups, self.quota)
        for i, group in enumerate(self.groups):
            yield from (c.under("groups", i) for c in group.complaints(fields))
        limited = self.quota is not None or self.quota_share is not None
        for name, asked in (("slate", self.slate), ("reserve", self.reserve)):
            if asked and not limited:
                yield Complaint("C015", (name,), {"name": "quota", "when": name})
        if self.slate and self.groups:
            yield Complaint("C015", ("slate",), {"name": "groups", "when": "slate"})

    def all_groups(self) -> Iterator[Group]:
        for group in self.groups:
            yield from group.walk()


def _overlaps(groups: Sequence[Group]) -> Iterator[Complaint]:
    """Groups beside each other share no branch: else nobody could say whose place it takes."""
    taken: dict[str, tuple[str, str]] = {}
    for i, group in enumerate(groups):
        for j, word in enumerate(group.one_of):
            first = taken.setdefault(group.field + " " + word, (group.field, group.id))
            if first[1] != group.id:
                values = {"name": word, "first": first[1]}
                yield Complaint("C041", ("groups", i, "one_of", j), values)
        if group.field != groups[0].field:
            values = {"name": group.field, "first": groups[0].field}
            yield Complaint("C042", ("groups", i, "field"), values)


def _overbooked(groups: Sequence[Group], most: int | None) -> Iterator[Complaint]:
    floors = sum(group.least for group in groups)
    if most is not None and floors > most:
        values: dict[str, Value] = {"floors": floors, "most": most}
        yield Complaint("C043", ("groups",), values)
    for i, group in enumerate(groups):
        if group.most is not None and group.least > group.most:
            values = {"floors": group.least, "most": group.most}
            yield Complaint("C043", ("groups", i, "least"), values)
