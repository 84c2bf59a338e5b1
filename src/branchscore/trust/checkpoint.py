"""The log's signed state (C2SP tlog-checkpoint), and the proof that one line stands in it
(C2SP tlog-proof)."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from branchscore.register.tree import included, inclusion, leaf_hash, root
from branchscore.trust.note import Verifier, decoded, opened, signed
from branchscore.trust.refused import Untrusted

VERSION = "c2sp.org/tlog-proof@v1"
HASH = 32
COUNT = re.compile(r"0|[1-9][0-9]{0,11}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many lines the log had, and the root over them."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a line stands in the log, what shows it, under which checkpoint, and the signed text
    that goes with it."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes


def signed_checkpoint(leaves: Sequence[bytes], name: str, key: Ed25519PrivateKey) -> str:
    """The state of a log as a signed note; the log is named by the key."""
    return signed(f"{name}\n{len(leaves)}\n{b64encode(root(leaves)).decode()}\n", name, key)


def read_checkpoint(note: str, by: Verifier) -> Checkpoint:
    """Raises `Untrusted` where it is not signed by this key, or no checkpoint of its log."""
    lines = opened(note, by).split("\n")
    if len(lines) == 4 and lines[0] == by.name and COUNT.fullmatch(lines[1]):
        found = Checkpoint(int(lines[1]), decoded(lines[2]))
        if len(found.root) == HASH:
            return found
    raise Untrusted("登记簿检查点写法不对", "the checkpoint of the register is malformed")


def proof(leaves: Sequence[bytes], index: int, checkpoint: str, extra: str) -> bytes:
    """That line number `index` stands in the log, as a file."""
    hashes = "".join(b64encode(each).decode() + "\n" for each in inclusion(leaves, index))
    head = f"{VERSION}\nextra {b64encode(extra.encode()).decode()}\nindex {index}\n"
    return f"{head}{hashes}\n{checkpoint}".encode()


def read_proof(content: bytes) -> Proof:
    """Raises `Untrusted` where it is no such file, to the byte."""
    wrong = Untrusted("登记证明写法不对", "the proof from the register is malformed")
    try:
        head, blank, checkpoint = content.decode().partition("\n\n")
    except UnicodeDecodeError:
        raise wrong from None
    lines = head.split("\n")
    if not blank or len(lines) < 3 or lines[0] != VERSION:
        raise wrong
    extra, index = lines[1].removeprefix("extra "), lines[2].removeprefix("index ")
    hashes = tuple(map(decoded, lines[3:]))
    found = Proof(int(index) if COUNT.fullmatch(index) else -1, hashes, checkpoint, decoded(extra))
    same = [f"extra {extra}", f"index {found.index}", *lines[3:]] == lines[1:]
    if not same or not found.extra or any(len(each) != HASH for each in hashes):
        raise wrong
    return found


def proves(found: Proof, line: bytes, at: Checkpoint) -> bool:
    """Whether a proof shows that this line is in the log with this checkpoint."""
    return included(leaf_hash(line), found.index, at.size, found.hashes, at.root)
