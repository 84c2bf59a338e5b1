"""Private keys on disk: encrypted, readable by their owner only, and never anywhere else."""

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from branchscore.trust.refused import Untrusted

Private = EllipticCurvePrivateKey | Ed25519PrivateKey
MOST = 65536
SHORTEST = 12


def check_passphrase(passphrase: bytes) -> None:
    """Raises `Untrusted` where it could be guessed."""
    if len(passphrase.decode(errors="replace")) < SHORTEST or len(set(passphrase)) < SHORTEST // 2:
        raise Untrusted(
            f"口令太容易猜：至少 {SHORTEST} 个字，不要重复同一个字",
            f"the passphrase is easy to guess: at least {SHORTEST} characters, not all alike",
        )


def locked_up(key: Private, passphrase: bytes) -> bytes:
    """The key as PKCS#8, encrypted."""
    sealing = BestAvailableEncryption(passphrase)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealing)


def put(file: Path, content: bytes, mode: int) -> None:
    """A new file, forced to disk; one that is there is never overwritten."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(handle)


def taken(file: Path, passphrase: bytes) -> Private:
    """The key in a file. Raises `Untrusted`, OSError."""
    try:
        key = load_pem_private_key(_guarded(file), passphrase)
    except TypeError:
        raise Untrusted(
            f"{file} 没有加密，不能用", f"{file} is not encrypted; it is refused"
        ) from None
    except ValueError:
        raise Untrusted(
            f"打不开 {file.name}：口令不对，或者文件已损坏",
            f"{file.name} cannot be opened: the passphrase is wrong, or the file damaged",
        ) from None
    if not isinstance(key, EllipticCurvePrivateKey | Ed25519PrivateKey):
        raise Untrusted(f"{file.name} 不是这种钥匙", f"{file.name} is no key of this kind")
    return key


def _guarded(file: Path) -> bytes:
    """What a file holds that nobody else may read or write."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MOST:
            raise Untrusted(f"{file} 不是钥匙文件", f"{file} is no key file")
        if stat.S_IMODE(status.st_mode) & 0o077 or status.st_uid != os.geteuid():
            raise Untrusted(
                f"{file} 别人也能读写，不能用：请用 chmod 600 改正，并考虑更换钥匙",
                f"{file} can be read or written by others and is refused: mend it with chmod 600, "
                "and think of making new keys",
            )
        return os.read(handle, MOST)
    finally:
        os.close(handle)
