"""Runs on disk, looked at from outside: what stands there, and whether it is whole."""

import json
from hashlib import sha256
from pathlib import Path


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder, where its links lead, and its empty folders."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        else:
            found[name] = sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return found


def runs(home: Path) -> list[Path]:
    return sorted(path for path in home.iterdir() if path.name.isdecimal())


def faults(run: Path) -> list[str]:
    """What a run lacks, has too much, or has changed, by its manifest."""
    if not (run / "manifest.json").exists():
        return [f"{run}: no manifest"]
    stated = json.loads((run / "manifest.json").read_bytes())["outputs"]
    there = {name: hashed for name, hashed in contents(run).items() if hashed != "folder"}
    del there["manifest.json"]
    names = sorted({*stated, *there})
    return [f"{run}: {name}" for name in names if stated.get(name) != there.get(name)]


def leftovers(home: Path) -> list[str]:
    """What nobody asked for: everything but runs, the lock, and `latest`."""
    names = (path.name for path in home.iterdir())
    return sorted(n for n in names if not n.isdecimal() and n not in (".lock", "latest"))


def sound(home: Path, before: dict[str, str]) -> list[str]:
    """Whatever is wrong below `home`: a run that is not whole, an earlier one that is not as it
    was, a `latest` that leads nowhere."""
    wrong = [fault for run in runs(home) for fault in faults(run)]
    now = contents(home)
    kept = {name: hashed for name, hashed in before.items() if name[:1].isdecimal()}
    wrong += [f"lost or changed: {name}" for name in kept if now.get(name) != kept[name]]
    leads = home / "latest"
    target = leads.resolve().name if leads.is_symlink() else leads.read_text("utf-8").strip()
    if target not in {run.name for run in runs(home)}:
        wrong.append(f"latest leads to {target}")
    return wrong
