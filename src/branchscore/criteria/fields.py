"""Fields: what a branch is asked, once each, with type, unit, limits and secrecy."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Key

from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Boolean, Identifier, Number, Whole, Wording
from branchscore.text.typing import Strict

TIMES = Phrase("次", "times")


class Asked(Strict):
    """What every field has. `personal` says who may read the answer: `public` stands in
    published lists, `internal` in reports, `secret` nowhere."""

    title: Wording
    help: Wording | None = None
    personal: Literal["public", "internal", "secret"] = "internal"
    optional: Boolean = False


class TextField(Asked):
    """One line or paragraph of free text (文字)."""

    type: Literal["text"]


class IntegerField(Asked):
    """A whole number (整数) between `min` and `max`; `not_above` names a field beside it that
    it may not exceed."""

    type: Literal["integer"]
    unit: Wording | None = None
    min: Whole = 0
    max: Whole = 100_000_000
    not_above: Identifier | None = None


class DecimalField(Asked):
    """A decimal number (小数) between `min` and `max`, at most 6 places."""

    type: Literal["decimal"]
    unit: Wording | None = None
    min: Number = 0
    max: Number | None = None


class BooleanField(Asked):
    """`true` or `false` (是/否)."""

    type: Literal["boolean"]


class DateField(Asked):
    """A day, YYYY-MM-DD (日期). `within: period` refuses days outside the campaign's period."""

    type: Literal["date"]
    within: Literal["period", "anytime"]


class ChoiceField(Asked):
    """One of the named options (单选)."""

    type: Literal["choice"]
    options: Mapping[Identifier, Wording] = Key(min_length=1)


class ElementsField(Asked):
    """Any of the named elements that are there (清单，有哪些填哪些)."""

    type: Literal["elements"]
    elements: Mapping[Identifier, Wording] = Key(min_length=1)


class EvidenceField(Asked):
    """References into the submission's own `evidence` ledger (佐证编号)."""

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
    """A list of records (台账): each item has the fields named here."""

    type: Literal["list"]
    fields: Mapping[Identifier, Scalar] = Key(min_length=1)


Field = Annotated[
    TextField
    | IntegerField
    | DecimalField
    | BooleanField
    | DateField
    | ChoiceField
    | ElementsField
    | EvidenceField
    | ListField,
    Key(discriminator="type"),
]


def options_of(field: Asked | None) -> Mapping[str, Phrase] | None:
    """The closed set of words a field takes, if it has one."""
    if isinstance(field, ChoiceField):
        return field.options
    return field.elements if isinstance(field, ElementsField) else None
