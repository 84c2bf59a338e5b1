"""`result.json`: what one certificate certifies, in its one canonical form (RFC 8785)."""

from hashlib import sha256
from typing import Literal, NotRequired

import rfc8785
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from branchscore.outputs.wordings import Both
from branchscore.text.phrase import Language
from branchscore.trust.refused import Untrusted

FORMAT: Literal["branchscore-certificate/1"] = "branchscore-certificate/1"
MOST = 65536


@with_config(ConfigDict(extra="forbid"))
class Facts(TypedDict):
    """证书证明的事实；`points`、`rank`、`grade` 只在评分表准许公示时才有，数字写成文字。

    What a certificate certifies. `points`, `rank` and `grade` are there only where the criteria
    show them to everybody; numbers are texts. `replaces` is the certificate it stands for."""

    format: Literal["branchscore-certificate/1"]
    id: str
    language: Language
    design: Literal["landscape", "portrait"]
    campaign: str
    campaign_title: Both
    code: str
    branch: str
    fictional: bool
    number: str
    title: Both
    wording: Both
    issuers: list[Both]
    date: str
    valid_years: NotRequired[str]
    grade: NotRequired[Both]
    points: NotRequired[str]
    rank: NotRequired[str]
    ranked: NotRequired[str]
    replaces: NotRequired[str]
    run: str
    manifest: str
    criteria: str


ADAPTER: TypeAdapter[Facts] = TypeAdapter(Facts)


def canonical(facts: Facts) -> bytes:
    return rfc8785.dumps(facts)  # type: ignore[arg-type]


def read_facts(content: bytes) -> Facts:
    """The facts in a file. Raises `Untrusted` for anything but their canonical form."""
    try:
        found = ADAPTER.validate_json(content[: MOST + 1], strict=True)
        whole = canonical(found) == content
    except (ValidationError, rfc8785.CanonicalizationError):
        whole = False
    if not whole:
        raise Untrusted(
            "result.json 不是规范的写法，或者内容不全",
            "result.json is not in its canonical form, or not whole",
        )
    return found


def digest(facts: Facts) -> str:
    return sha256(canonical(facts)).hexdigest()
