"""Which certificates were revoked by when: a signed list for everybody, without the register."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from branchscore.trust.checkpoint import COUNT, HASH, Checkpoint
from branchscore.trust.note import Verifier, decoded, opened, signed
from branchscore.trust.refused import Untrusted

FORMAT = "branchscore-status/1"
TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Status:
    """What was revoked when the register had these lines; `note` is the list as signed."""

    time: str
    checkpoint: Checkpoint
    revoked: frozenset[str]
    note: str


def signed_status(
    time: str, at: Checkpoint, revoked: Iterable[str], name: str, key: Ed25519PrivateKey
) -> str:
    root = b64encode(at.root).decode()
    gone = "".join(f"revoked {certificate}\n" for certificate in sorted(revoked))
    text = f"{FORMAT} {name}\ntime {time}\nsize {at.size}\nroot {root}\n{gone}"
    return signed(text, name, key)


def read_status(note: str, by: Verifier) -> Status:
    """Raises `Untrusted` where it is not signed by this key, or no such list."""
    text = opened(note, by)
    lines = text.split("\n")[:-1]
    values = [line.partition(" ") for line in lines]
    names = [name for name, _, _ in values]
    told = [value for _, _, value in values]
    revoked = told[4:]
    if (
        lines[0] == f"{FORMAT} {by.name}"
        and names[1:] == ["time", "size", "root", *["revoked"] * len(revoked)]
        and TIME.fullmatch(told[1])
        and COUNT.fullmatch(told[2])
        and len(decoded(told[3])) == HASH
    ):
        at = Checkpoint(int(told[2]), decoded(told[3]))
        return Status(told[1], at, frozenset(revoked), note)
    raise Untrusted("撤销名单写法不对", "the list of revoked certificates is malformed")
