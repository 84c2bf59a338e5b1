"""Forges signed certificates and counts how many pass the check: none may.

    python tools/forge.py --count 1000
    python tools/forge.py --count 100 --genuine 20 --seed 7

Keys, register and certificates are made for the occasion, so that what only an issuer could do
(sign other data, leave something out, use a key that is not for this) is tried as well. Prints
for each class how many were tried, and each that was accepted or, of the genuine ones, refused.
Exit code 1 if there was one.
"""

import argparse
import json
import random
import sys
import tempfile
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from forge_bytes import flips, increments, pasted, rewritten
from forge_keys import mismatched, misused
from forge_world import NAME, Made, World, world

from branchscore.trust import qr
from branchscore.trust.checkpoint import Checkpoint
from branchscore.trust.issuer import Trust, encoded, read_trust
from branchscore.trust.note import Verifier, signed
from branchscore.trust.refused import Untrusted
from branchscore.trust.sealing import Sealer
from branchscore.trust.status import read_status, signed_status
from branchscore.trust.verify import Checking, Known, check_code

ROOM = 5
NOTHING = Known()
Forgery = tuple[str, Callable[[], bool]]
"""A class, and what tells whether the forgery was accepted."""


# Codes, trust files and lists, which are texts.


def codes(w: World, made: Made, other: Made, dice: random.Random) -> Iterator[tuple[str, str]]:
    text, line = made.note.split("\n\n")
    lines = text.split("\n")
    at = dice.randrange(len(made.note.strip()))
    letter = chr(dice.randrange(0x4E00, 0x9FA5))
    if letter != made.note[at]:
        yield "text: a letter changed", made.note[:at] + letter + made.note[at + 1 :]
    yield "text: a letter lost", made.note[:at] + made.note[at + 1 :]
    n = dice.randrange(len(lines))
    yield "text: a line lost", "\n".join(lines[:n] + lines[n + 1 :]) + "\n\n" + line
    yield "text: lines moved", "\n".join([*lines[1:], lines[0]]) + "\n\n" + line
    yield "text: signature of another", text + "\n\n" + other.note.split("\n\n")[1]
    yield "text: two signatures", made.note + line
    yield "text: signature twice", made.note + made.note.split("\n\n")[1]
    yield "text: no signature", text
    yield "text: other name", made.note.replace(f"— {NAME}", "— example.org/names")
    yield "text: other issuer", signed(qr.claim(made.facts), NAME, w.other.note_key)
    yield "text: a checkpoint", w.checkpoint
    yield "text: one line", made.note.replace("\n", " ")
    yield "text: look-alike", made.note.replace("党", "黨")
    yield "text: joined", made.note + "\n" + other.note
    stolen = b64encode(Verifier(NAME, w.trust.notes.public).id + dice.randbytes(64)).decode()
    yield "text: made-up signature", f"{text}\n\n— {NAME} {stolen}\n"
    yield "text: control characters", made.note.replace("\n", "\r", 1)


def trusts(w: World, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    raw, other = encoded(w.trust), json.loads(encoded(w.other.trust))
    own = json.loads(raw)
    for key in own:
        changed = {**own, key: other[key] if other[key] != own[key] else "x"}
        yield f"trust: {key}", json.dumps(changed, ensure_ascii=False, indent=1).encode() + b"\n"
    at = dice.randrange(len(raw))
    yield "trust: a byte", raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
    yield "trust: more", raw.replace(b"{", b'{"x": 1,', 1)


def statuses(w: World, dice: random.Random) -> Iterator[tuple[str, str]]:
    at = Checkpoint(len(w.lines), dice.randbytes(32))
    gone = [made.facts["id"] for made in w.made[:2]]
    note = signed_status("2026-08-01T00:00:00Z", at, gone, NAME, w.issuer.note_key)
    yield "list: revocation taken out", note.replace(f"revoked {gone[0]}\n", "")
    yield "list: later", note.replace("2026-08", "2026-09")
    yield "list: other key", signed_status("2026-08-01T00:00:00Z", at, [], NAME, w.other.note_key)
    yield "list: a code", w.made[0].note
    yield "list: a checkpoint", w.checkpoint


def forgeries(w: World, dice: random.Random) -> Iterator[Forgery]:
    """Without end; every class comes again with other certificates and places."""
    while True:
        made, other = dice.sample(w.made, 2)
        for name, raw in (
            *flips(made, dice),
            *pasted(made, other, dice),
            *increments(made, dice),
            *misused(w, made, dice),
            *mismatched(w, made, other, dice),
            ("rewritten", rewritten(made)),
        ):
            yield name, partial(file_passes, w.trust, NOTHING, raw)
        for name, note in codes(w, made, other, dice):
            yield name, partial(code_passes, w.trust, NOTHING, note)
        for name, raw in trusts(w, dice):
            yield name, partial(trust_passes, w.folder / "trust.json", raw)
        for name, note in statuses(w, dice):
            yield name, partial(list_passes, w.trust, note)
        later = revoked(w, made, len(w.lines) + dice.randrange(1, 9), dice)
        yield "revoked: file", partial(file_passes, w.trust, later, made.sealed)
        yield "revoked: code", partial(code_passes, w.trust, later, made.note)
        forked = revoked(w, other, len(w.lines), dice)
        yield "forked register", partial(file_passes, w.trust, forked, made.sealed)
        yield "trusting another", partial(file_passes, w.other.trust, NOTHING, made.sealed)


def revoked(w: World, made: Made, size: int, dice: random.Random) -> Known:
    at = Checkpoint(size, dice.randbytes(32))
    gone = [made.facts["id"]]
    note = signed_status("2026-08-01T00:00:00Z", at, gone, NAME, w.issuer.note_key)
    return Known(read_status(note, w.trust.notes))


def file_passes(trust: Trust, known: Known, raw: bytes) -> bool:
    return all(step.good for step in Checking(trust, known).steps(raw))


def code_passes(trust: Trust, known: Known, text: str) -> bool:
    lines, steps = check_code(text, trust, known)
    return bool(lines) and all(step.good for step in steps)


def trust_passes(file: Path, raw: bytes) -> bool:
    file.write_bytes(raw)
    try:
        read_trust(file)
    except Untrusted:
        return False
    return True


def list_passes(trust: Trust, note: str) -> bool:
    try:
        read_status(note, trust.notes)
    except Untrusted:
        return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=1000, help="how many forgeries")
    parser.add_argument("--genuine", type=int, default=1000, help="how many genuine ones")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)  # noqa: S311 - a seed gives the same again
    tried: Counter[str] = Counter()
    accepted: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        w = world(Path(folder), ROOM)
        for name, passes in forgeries(w, dice):
            if tried.total() == asked.count:
                break
            tried[name] += 1
            if passes():
                accepted.append(name)
        refused = sum(not _genuine(w, dice) for _ in range(asked.genuine))
    for name, count in tried.items():
        print(f"{count:6} {name}")
    print(f"{tried.total()} forged in {len(tried)} classes, {len(accepted)} accepted: {accepted}")
    print(f"{asked.genuine} genuine, {refused} refused")
    return bool(accepted) or bool(refused)


def _genuine(w: World, dice: random.Random) -> bool:
    """Signed anew each time: no two signatures of the same file are alike."""
    made = dice.choice(w.made)
    sealed = Sealer(w.issuer).sealed(made.unsigned)
    return file_passes(w.trust, NOTHING, sealed) and code_passes(w.trust, NOTHING, made.note)


if __name__ == "__main__":
    sys.exit(main())
