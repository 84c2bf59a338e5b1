"""Fields: what a branch is asked, once each, with type, unit, limits and secrecy."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Key

from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Boolean, Identifier, Number, Whole, Wording
from branchscore.text.typing import Strict

TIMES = Phrase("次", "times")


class Asked(Strict):
    """每一项填报内容都有的 · what every field has."""

    title: Wording
    """名称 · its title"""
    help: Wording | None = None
    """填写说明 · how it is to be answered"""
    personal: Literal["public", "internal", "secret"] = "internal"
    """谁可以看：public 可公示，internal 只在报告里，secret 不出现 · who may read the answer:
    anybody in published lists, readers of reports, nobody"""
    optional: Boolean = False
    """台账记录里可以不填 · may be left out of a record"""
    lasting: Boolean = False
    """到下一年仍然有效，`branchscore new --from` 照抄过来供核对 · still holds next year:
    `branchscore new --from` carries the answer over, to be checked"""


class TextField(Asked):
    """文字 · free text, a line or a paragraph."""

    type: Literal["text"]
    one_line: Boolean = False
    """只写一行，如姓名 · on one line, as a name is"""
    names: Boolean = False
    """内容是人名，公示时写作“张*明” · names of people, published as 张*明"""


class TextsField(Asked):
    """若干条文字，如所获荣誉，每条写在“- ”后面 · several texts, such as honours, each after a
    dash."""

    type: Literal["texts"]


class IntegerField(Asked):
    """整数，从 `min` 到 `max` · a whole number between `min` and `max`."""

    type: Literal["integer"]
    unit: Wording | None = None
    """单位 · its unit"""
    min: Whole = 0
    """最小 · the least"""
    max: Whole = 100_000_000
    """最大 · the most"""
    not_above: Identifier | None = None
    """不得大于旁边的哪一项 · the field beside it that it may not exceed"""


class DecimalField(Asked):
    """小数，从 `min` 到 `max`，最多六位 · a decimal between `min` and `max`, at most 6 places."""

    type: Literal["decimal"]
    unit: Wording | None = None
    """单位 · its unit"""
    min: Number = 0
    """最小 · the least"""
    max: Number | None = None
    """最大 · the most"""


class FiguresField(Asked):
    """一组数，各写“名称: 数”，如各党小组人数 · figures by name, such as the members of each
    group."""

    type: Literal["figures"]
    unit: Wording | None = None
    """单位 · their unit"""
    min: Number = 0
    """每个数最小 · the least each may be"""
    max: Number | None = None
    """每个数最大 · the most each may be"""


class BooleanField(Asked):
    """是或否，写 `true` 或 `false` · yes or no, written `true` or `false`."""

    type: Literal["boolean"]


class DateField(Asked):
    """日期，写作 2023-07-01 · a day, written 2023-07-01."""

    type: Literal["date"]
    within: Literal["period", "anytime"]
    """period 须在考核期内，anytime 不限 · refused outside the period, or any day"""


class ChoiceField(Asked):
    """单选 · one of the named options."""

    type: Literal["choice"]
    options: Mapping[Identifier, Wording] = Key(min_length=1)
    """选项：代号和名称 · the options, each with its wording"""


class ElementsField(Asked):
    """清单，有哪些填哪些 · those of the named elements that are there."""

    type: Literal["elements"]
    elements: Mapping[Identifier, Wording] = Key(min_length=1)
    """应有的各项：代号和名称 · what should be there, each with its wording"""


class EvidenceField(Asked):
    """佐证编号 · numbers of entries in the submission's own `evidence` ledger."""

    type: Literal["evidence"]


Scalar = Annotated[
    TextField
    | IntegerField
    | DecimalField
    | BooleanField
    | DateField
    | ChoiceField
    | ElementsField
    | EvidenceField,
    Key(discriminator="type"),
]


class ListField(Asked):
    """台账：若干条记录，每条有这些内容 · a list of records that each have these fields."""

    type: Literal["list"]
    fields: Mapping[Identifier, Scalar] = Key(min_length=1)
    """每条记录填什么 · what is asked of each record"""


Field = Annotated[
    TextField
    | IntegerField
    | DecimalField
    | BooleanField
    | DateField
    | ChoiceField
    | ElementsField
    | EvidenceField
    | TextsField
    | FiguresField
    | ListField,
    Key(discriminator="type"),
]


def options_of(field: Asked | None) -> Mapping[str, Phrase] | None:
    """The closed set of words a field takes, if it has one."""
    if isinstance(field, ChoiceField):
        return field.options
    return field.elements if isinstance(field, ElementsField) else None
