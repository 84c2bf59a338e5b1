"""Evidence that was handed in more than once: the same file, or the same picture saved again
or resized, within one branch, by two branches, or in an earlier year."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from branchscore.proofs.looks import MASKS, Looks

# Thousands of copies of one form share their keys, and then not all pairs can be compared: as
# many as take some seconds, each picture with those before it.
MOST_COMPARED, LEAST_COMPARED = 16_000_000, 16

Way = Literal["file", "picture"]


class Handed(NamedTuple):
    """One entry of a ledger with its file. `number` is the entry's, `run` the earlier
    evaluation that it stood in, empty for this one."""

    branch: str
    number: str
    file: str
    digest: str
    looks: Looks | None = None
    run: str = ""


class Repeat(NamedTuple):
    """Entries whose files are the same, or show the same picture, by their place in what was
    handed in."""

    way: Way
    entries: tuple[int, ...]


def repeats_among(handed: Sequence[Handed]) -> list[Repeat]:
    """Groups with one entry of this evaluation at least, in order. A group of pictures holds
    several files; where one of those was handed in twice that is a group of its own."""
    by_digest: dict[str, list[int]] = {}
    for i, one in enumerate(handed):
        if one.digest:
            by_digest.setdefault(one.digest, []).append(i)
    same = [Repeat("file", tuple(group)) for group in by_digest.values()]
    groups = [group for group in by_digest.values() if handed[group[0]].looks]
    seen = [look for group in groups if (look := handed[group[0]].looks)]
    alike = [
        Repeat("picture", tuple(sorted(i for k in cluster for i in groups[k])))
        for cluster in clusters(seen)
    ]
    return sorted(
        (r for r in (*same, *alike) if len(r.entries) > 1 and _current(handed, r.entries)),
        key=lambda repeat: (repeat.entries, repeat.way),
    )


def _current(handed: Sequence[Handed], entries: Iterable[int]) -> bool:
    return any(not handed[i].run for i in entries)


def clusters(seen: Sequence[Looks]) -> list[list[int]]:
    """Pictures that are the same, each with those that are like it; never one alone."""
    parents = list(range(len(seen)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    for i, j in _candidates(seen):
        a, b = root(i), root(j)
        if a != b and seen[i].like(seen[j]):
            parents[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for i in range(len(seen)):
        found.setdefault(root(i), []).append(i)
    return [cluster for cluster in found.values() if len(cluster) > 1]


def _candidates(seen: Sequence[Looks]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key, a stripe at a time, so that one table is kept and no more."""
    most = max(LEAST_COMPARED, MOST_COMPARED // (len(MASKS) * max(len(seen), 1)))
    outlines = [look.outline() for look in seen]
    for mask in MASKS:
        buckets: dict[tuple[int, int], list[int]] = {}
        for i, (down, up) in enumerate(outlines):
            bucket = buckets.setdefault((down & mask, up & mask), [])
            yield from ((j, i) for j in bucket[-most:])
            bucket.append(i)
