"""Signed notes (C2SP signed-note, Ed25519): a few lines of text and who signed them.

The text of a note counts for nothing until its signature has been checked.
"""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from branchscore.trust.refused import Untrusted

ED25519 = b"\1"
KEY_LENGTH, ID_LENGTH = 32, 4
MARK = "— "
LONGEST = 8192


@dataclass(frozen=True, slots=True)
class Verifier:
    """A key that notes are checked by; `name` is what signature lines call it."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID_LENGTH]

    def written(self) -> str:
        """The key as one line: `name+id+base64`."""
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.public).decode()}"


def verifier(line: str) -> Verifier:
    """The key in such a line. Raises `Untrusted`."""
    name, _, rest = line.partition("+")
    stated, _, encoded = rest.partition("+")
    key = decoded(encoded)
    if valid_name(name) and len(key) == 1 + KEY_LENGTH and key[:1] == ED25519:
        found = Verifier(name, key[1:])
        if found.id.hex() == stated:
            return found
    raise Untrusted("核验公钥写法不对", "the key that notes are checked by is malformed")


def valid_name(name: str) -> bool:
    """What a key may be called: it stands between blanks and plus signs."""
    return bool(name) and name.isprintable() and "+" not in name and not any(map(str.isspace, name))


def signed(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note: a text that ends with its line, and one signature."""
    assert _plain(text), text  # noqa: S101 - all our texts are
    by = Verifier(name, key.public_key().public_bytes_raw())
    signature = b64encode(by.id + key.sign(text.encode())).decode()
    return f"{text}\n{MARK}{name} {signature}\n"


def opened(note: str, by: Verifier) -> str:
    """The text of a note with exactly one signature, which is of this key.

    Raises `Untrusted`. Stricter than the standard asks: nobody else signs our notes.
    """
    text, blank, line = note.rpartition("\n\n")
    text += "\n"
    if not blank or len(note) > LONGEST or not _plain(text) or line.count("\n") != 1:
        raise Untrusted(
            "不是完整的签名文本（应有正文、空行和一行签名）",
            "not a whole signed text (lines, an empty line, one line of signature)",
        )
    name, _, encoded = line.removesuffix("\n").removeprefix(MARK).partition(" ")
    signature = decoded(encoded)
    if not line.startswith(MARK) or name != by.name or signature[:ID_LENGTH] != by.id:
        raise Untrusted(
            f"签名的不是“{by.name}”的钥匙", f"it is not signed with the key of “{by.name}”"
        )
    try:
        Ed25519PublicKey.from_public_bytes(by.public).verify(signature[ID_LENGTH:], text.encode())
    except InvalidSignature:
        raise Untrusted(
            "签名与文字不符：文字被改过，或者签名是伪造的",
            "the signature does not fit the text: one of them is changed or made up",
        ) from None
    return text


def decoded(text: str) -> bytes:
    """Base64 in its one proper form; else nothing."""
    try:
        raw = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if b64encode(raw).decode() == text else b""


def _plain(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return text.endswith("\n") and not any(ord(c) < 0x20 and c != "\n" for c in text)
