"""The QR code of a certificate: a signed text that any phone shows."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import segno

from branchscore.trust.facts import Facts, digest

CLAIM = "【待核验】凭 verify.html 或 branchscore verify 核验后有效"
QUIET = 4
"""Light modules around the code (ISO/IEC 18004)."""


def claim(facts: Facts) -> str:
    """The text that is signed: what a certificate says, in lines, as a claim to be checked. It
    holds no personal data."""
    rank = facts.get("rank")
    ranked = f"第{rank}名/{facts.get('ranked')}" if rank else ""
    figures = (facts["grade"]["zh"] if "grade" in facts else "", facts.get("points", ""), ranked)
    shown = " ".join(filter(None, figures))
    lines = (
        CLAIM,
        f"证书 {facts['id']}",
        facts["branch"],
        facts["title"]["zh"],
        *([shown] if shown else []),
        facts["date"],
        f"结果 sha256:{digest(facts)}",
    )
    return "".join(f"{line}\n" for line in lines)


def modules(text: str) -> frozenset[tuple[int, int]]:
    """The dark modules of a text as (column, row), from the corner of the quiet zone on."""
    code = segno.make(text, error="m", mode="byte", encoding="utf-8", eci=False, micro=False)
    rows = enumerate(code.matrix, QUIET)
    return frozenset((x, y) for y, row in rows for x, dark in enumerate(row, QUIET) if dark)


def width(dark: Iterable[tuple[int, int]]) -> int:
    """How many modules a code is wide, with its quiet zone."""
    return max(x for x, _ in dark) + QUIET + 1


def path(dark: Iterable[tuple[int, int]]) -> str:
    """The dark modules as an SVG path: a rectangle for each run in a row."""
    return "".join(f"M{x} {y}h{n}v1h-{n}z" for x, y, n in _runs(dark))


def _runs(dark: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    for y, row in groupby(sorted(dark, key=lambda place: place[::-1]), key=lambda place: place[1]):
        columns = [x for x, _ in row]
        starts = [x for x in columns if x - 1 not in columns]
        ends = [x for x in columns if x + 1 not in columns]
        yield from ((start, y, end - start + 1) for start, end in zip(starts, ends, strict=True))
