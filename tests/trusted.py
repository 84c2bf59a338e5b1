"""A campaign whose named branches have signed certificates: made once, by the commands."""

import os
import subprocess
from datetime import date
from hashlib import sha256
from pathlib import Path

from branchscore.register.book import append, opened
from branchscore.register.event import CriteriaFrozen, Named, Noticed, Received, Scored
from branchscore.run.manifest import read_manifest
from campaign import SCRIPT, STEERING, call, copied

CODES = ("JA-03", "JA-11")
NAME, ORGANIZATION = "example.org/naming", "静安区老干部局（虚构）"
ROOT, DAILY = "虚构的根钥匙口令一二三四五", "虚构的日常钥匙口令六七八九"
SHOWN = """
notice:
  issued: 2023-12-01
  first: 2023-12-01
  last: 2023-12-09
  shows: [rank, grade, points]
"""
HOME = Path("reports/jingan-2023")
CRITERIA = Path("criteria/jingan-2023.yaml")


def secretly(
    *arguments: str | Path, cwd: Path, secrets: str, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    """The console script with passphrases on a descriptor."""
    kept = {name: value for name, value in os.environ.items() if name not in STEERING}
    read, write = os.pipe()
    try:
        os.write(write, secrets.encode())
        os.close(write)
        return subprocess.run(
            [SCRIPT, *arguments, "--passphrase-fd", str(read)],
            cwd=cwd,
            env=kept,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            encoding=encoding,
            timeout=120,
            pass_fds=(read,),
        )
    finally:
        os.close(read)


def make_keys(folder: Path) -> subprocess.CompletedProcess[str]:
    names = ("--name", NAME, "--organization", ORGANIZATION)
    return secretly("keys", "init", "keys", *names, cwd=folder, secrets=f"{ROOT}\n{DAILY}\n")


def evaluated(folder: Path) -> Path:
    """The campaign with one run, its criteria showing rank, grade and points."""
    copied(folder, CODES)
    criteria = folder / CRITERIA
    text = criteria.read_text("utf-8")
    criteria.write_text(text + ("" if "\nnotice:" in text else SHOWN), encoding="utf-8")
    done = call("evaluate", "--only", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / HOME


def name_them(home: Path, run: str = "0001") -> None:
    """What the register holds by the time that certificates are made."""
    manifest = home / run / "manifest.json"
    known = read_manifest(manifest)
    assert known is not None
    digests = {entry["file"]: entry["sha256"] for entry in known["inputs"]}
    criteria = digests[str(CRITERIA)]
    book = opened(home)
    start = [] if book.lines else [_frozen(criteria), *_received(digests)]
    scored = Scored(
        run=run,
        manifest=sha256(manifest.read_bytes()).hexdigest(),
        criteria=criteria,
        named=CODES,
    )
    notice = Noticed(
        run=run, **{"from": date(2023, 12, 1), "to": date(2023, 12, 9)}, working_days=5
    )
    named = Named(run=run, codes=CODES, day=date(2023, 12, 29))
    append(book, [*start, scored, notice, named])


def _frozen(digest: str) -> CriteriaFrozen:
    return CriteriaFrozen(campaign="jingan-2023", file=str(CRITERIA), sha256=digest)


def _received(digests: dict[str, str]) -> list[Received]:
    files = {code: f"submissions/jingan-2023/{code}.yaml" for code in CODES}
    return [Received(code=code, sha256=digests[file], file=file) for code, file in files.items()]


def certified(folder: Path) -> subprocess.CompletedProcess[str]:
    return secretly("certify", cwd=folder, secrets=f"{DAILY}\n")


def campaign(folder: Path) -> Path:
    """All of it; the folder of the certificates."""
    assert make_keys(folder).returncode == 0
    home = evaluated(folder)
    name_them(home)
    done = certified(folder)
    assert done.returncode == 0, done.stderr
    return home / "certified" / "0001"
