"""What may happen in a campaign: the kinds of events, each with what is kept of it.

Nobody's name is: of who objects only whether a unit or a person did, of words only what
`text/personal.py` leaves of them.
"""

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    StringConstraints,
    TypeAdapter,
)
from pydantic import Field as Key

from branchscore.text.personal import masked
from branchscore.text.scalars import CODE

MOST_WORDS = 1000


def _code(text: str) -> str:
    if not CODE.fullmatch(text):
        raise ValueError(text)
    return text


def _private(text: str) -> str:
    """Words are stored masked; a line that holds more was not written by this program."""
    if masked(text) != text:
        raise ValueError("personal data")
    return text


Sha = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Code = Annotated[str, AfterValidator(_code)]
Run = Annotated[str, StringConstraints(pattern=r"^[0-9]{4,9}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(_private)]
Words = Annotated[
    str, StringConstraints(min_length=1, max_length=MOST_WORDS), AfterValidator(_private)
]
Count = Annotated[int, Key(ge=0, le=2**53 - 1)]
Years = Annotated[int, Key(ge=1, le=100)]
Outcome = Literal["upheld", "partly", "dismissed"]
"""成立、部分成立、不成立 · what came of an objection"""
Party = Literal["unit", "person"]
"""Who objects: a unit under its seal, or a person under a real name, which is not kept."""


class Base(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class CriteriaFrozen(Base):
    """The criteria file as it is from now on."""

    kind: Literal["criteria"] = "criteria"
    campaign: Name
    file: Name
    sha256: Sha


class Received(Base):
    """A submission was handed in."""

    kind: Literal["received"] = "received"
    code: Code
    sha256: Sha
    file: Name


class Checked(Base):
    """A submission was looked at for faults."""

    kind: Literal["checked"] = "checked"
    code: Code
    sha256: Sha
    errors: Count
    warnings: Count


class Scored(Base):
    """An evaluation was written; `named` are those that it proposes for the title, `criteria` is
    the file it went by."""

    kind: Literal["scored"] = "scored"
    run: Run
    manifest: Sha
    criteria: Sha
    named: tuple[Code, ...]


class Decided(Base):
    """The commission decided what the criteria leave open."""

    kind: Literal["decided"] = "decided"
    file: Name
    sha256: Sha
    day: date


class Noticed(Base):
    """The outcome of a run is up for public notice, both days included."""

    kind: Literal["notice"] = "notice"
    run: Run
    first: date = Key(alias="from")
    last: date = Key(alias="to")
    working_days: Annotated[int, Key(ge=1)]


class Objected(Base):
    """An objection; `about` is the code of a branch, or `general`."""

    kind: Literal["objection"] = "objection"
    number: Annotated[int, Key(ge=1)]
    about: Code
    day: date
    words: Words
    by: Party


class Rechecked(Base):
    """What came of an objection, or of looking again at a branch; `run` is the new evaluation
    where there is one."""

    kind: Literal["rechecked"] = "rechecked"
    objection: Annotated[int, Key(ge=1)] | None = None
    code: Code | None = None
    outcome: Outcome
    run: Run | None = None


class Named(Base):
    """The title was given."""

    kind: Literal["named"] = "named"
    run: Run
    codes: Annotated[tuple[Code, ...], Key(min_length=1)]
    day: date
    years: Years | None = None


class ReviewedAgain(Base):
    """A title was looked at again after its years; kept, it holds for `years` from that day."""

    kind: Literal["reviewed"] = "reviewed"
    code: Code
    day: date
    outcome: Literal["kept", "lost"]
    years: Years | None = None


class Withdrawn(Base):
    """The title was taken back."""

    kind: Literal["withdrawn"] = "withdrawn"
    code: Code
    day: date
    reason: Words


class Issued(Base):
    """A certificate was signed; `sha256` is of its `result.json`."""

    kind: Literal["issued"] = "issued"
    certificate: Name
    code: Code
    sha256: Sha


class Revoked(Base):
    """A certificate no longer counts."""

    kind: Literal["revoked"] = "revoked"
    certificate: Name
    sha256: Sha
    reason: Words | None = None


Event = (
    CriteriaFrozen
    | Received
    | Checked
    | Scored
    | Decided
    | Noticed
    | Objected
    | Rechecked
    | Named
    | ReviewedAgain
    | Withdrawn
    | Issued
    | Revoked
)
ADAPTER: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Discriminator("kind")])


def canonical(value: Any) -> bytes:
    """JSON in the one form of RFC 8785, for texts, whole numbers and lists of them under plain
    names: all that events have. Raises ValueError for half a character."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def fields(event: Event) -> dict[str, Any]:
    """An event as it is written."""
    return event.model_dump(mode="json", by_alias=True, exclude_none=True)


def event_of(written: dict[str, Any]) -> Event:
    """The reverse. Raises pydantic's ValidationError, which is a ValueError."""
    return ADAPTER.validate_json(canonical(written))
