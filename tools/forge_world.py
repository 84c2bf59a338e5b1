"""An issuer with a register and certificates, made up, for `forge.py`."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from branchscore.outputs.press import press
from branchscore.register.event import canonical as line_of
from branchscore.trust import qr
from branchscore.trust.certify import archived
from branchscore.trust.checkpoint import proof, signed_checkpoint
from branchscore.trust.facts import FORMAT, Facts, digest
from branchscore.trust.issuer import Issuer, Trust, make_keys, open_keys
from branchscore.trust.note import signed
from branchscore.trust.sealing import Sealer
from branchscore.trust.vault import taken

NAME, ORGANIZATION = "example.org/naming", "示例机关（虚构）"
SECRETS = {"root": b"a root passphrase, made up", "daily": b"a daily passphrase, made up"}


@dataclass(frozen=True, slots=True)
class Made:
    """A genuine certificate, with what it was made from."""

    facts: Facts
    note: str
    line: bytes
    proved: bytes
    unsigned: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class World:
    """An issuer with its register and certificates, and somebody with the same names."""

    issuer: Issuer
    root_key: Any
    other: Issuer
    lines: tuple[bytes, ...]
    checkpoint: str
    made: tuple[Made, ...]
    folder: Path

    @property
    def trust(self) -> Trust:
        return self.issuer.trust


def facts_of(n: int) -> Facts:
    def both(text: str) -> Any:
        return {"zh": text, "en": text}

    return {
        "format": FORMAT,
        "id": f"example-2026-{n:04}",
        "language": "zh",
        "design": "landscape",
        "campaign": "example-2026",
        "campaign_title": both("虚构的评分表"),
        "code": f"X-{n:02}",
        "branch": f"虚构街道第{n}党支部",
        "fictional": True,
        "number": f"样例〔2026〕第{n:02}号",
        "title": both("虚构示范党支部"),
        "wording": both("被命名为虚构示范党支部。"),
        "issuers": [both("虚构的机关甲"), both("虚构的机关乙")],
        "date": "2026-07-01",
        "points": f"{90 + n}.5",
        "rank": str(n),
        "ranked": "24",
        "run": "0001",
        "manifest": "0" * 64,
        "criteria": "1" * 64,
    }


def keys(folder: Path) -> tuple[Issuer, Any]:
    make_keys(folder, NAME, ORGANIZATION, SECRETS, datetime.now(UTC) - timedelta(days=30))
    return open_keys(folder, SECRETS["daily"]), taken(
        folder / "offline" / "root.key.pem", SECRETS["root"]
    )


def world(folder: Path, how_many: int) -> World:
    issuer, root_key = keys(folder / "keys")
    other, _ = keys(folder / "other")
    facts = [facts_of(n) for n in range(1, how_many + 1)]
    lines = tuple(issued(n, one) for n, one in enumerate(facts, 1))
    checkpoint = signed_checkpoint(lines, NAME, issuer.note_key)
    notes = [signed(qr.claim(one), NAME, issuer.note_key) for one in facts]
    proofs = [
        proof(lines, n, checkpoint, f"{lines[n].decode()}\n{note}") for n, note in enumerate(notes)
    ]
    rows = list(zip(facts, notes, lines, proofs, strict=True))
    sheets = [(f["id"], archived(f, note, proved, issuer.trust)) for f, note, _, proved in rows]
    sealer = Sealer(issuer)
    made = [
        Made(*row, pdf, sealer.sealed(pdf))
        for row, (_, pdf) in zip(rows, press(sheets), strict=True)
    ]
    return World(issuer, root_key, other, lines, checkpoint, tuple(made), folder)


def issued(n: int, facts: Facts) -> bytes:
    entry = {"n": n, "time": "2026-07-01T00:00:00Z", "before": "0" * 64, "kind": "issued"}
    told = {"certificate": facts["id"], "code": facts["code"], "sha256": digest(facts)}
    return line_of({**entry, **told})
