"""The Merkle tree of RFC 6962 over the lines of a register.

A root of 32 bytes stands for all lines and their order. A short proof shows that one line is
under a root, or that a root of fewer lines was only added to. Whoever checks needs no other line.
"""

from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(line: bytes) -> bytes:
    """A line and a node never have the same hash, so that none can pass for the other."""
    return sha256(b"\0" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over lines; of no lines, the hash of nothing."""
    return _root([leaf_hash(leaf) for leaf in leaves])


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that show, with the line's own, that the line is under the root of `leaves`.

    Raises IndexError where there is no such line.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    hashes = [leaf_hash(leaf) for leaf in leaves]
    proof: list[bytes] = []
    while len(hashes) > 1:
        cut = _cut(len(hashes))
        left, right = hashes[:cut], hashes[cut:]
        if index < cut:
            proof.append(_root(right))
            hashes = left
        else:
            proof.append(_root(left))
            hashes, index = right, index - cut
    return proof[::-1]


def included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that this line is number `index` (from 0) of the `size` lines under
    `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf_hash
    for other in proof:
        if last == 0 or len(other) != len(EMPTY):
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """The hashes that show that the first `old_size` lines stand unchanged in `leaves`.

    Raises IndexError where there were never so many lines.
    """
    if not 0 <= old_size <= len(leaves):
        raise IndexError(old_size)
    if old_size in (0, len(leaves)):
        return []
    hashes = [leaf_hash(leaf) for leaf in leaves]
    proof: list[bytes] = []
    whole = True
    while old_size != len(hashes):
        cut = _cut(len(hashes))
        left, right = hashes[:cut], hashes[cut:]
        if old_size <= cut:
            proof.append(_root(right))
            hashes = left
        else:
            proof.append(_root(left))
            hashes, old_size, whole = right, old_size - cut, False
    if not whole:
        proof.append(_root(hashes))
    return proof[::-1]


def consistent(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether a proof shows that lines were only added since `old_root` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY
    hashes = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if len(hashes) < 2 or any(len(each) != len(EMPTY) for each in hashes):
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, other)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _root(hashes: Sequence[bytes]) -> bytes:
    """Joined from both sides of the largest power of two below the count, level by level: what
    is left over at the end of a level moves up as it is."""
    level = list(hashes)
    while len(level) > 1:
        pairs = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0] if level else EMPTY


def _cut(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
