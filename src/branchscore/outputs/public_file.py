"""`public.json` of a run: what may be published of it, written and read back unchanged."""

import json
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from branchscore.outputs.opened import CHANGED, MANIFEST, UNFINISHED, NoRun, run_in
from branchscore.outputs.public import Published
from branchscore.outputs.stored import unusable
from branchscore.text.phrase import Phrase

PUBLIC = "public.json"
ADAPTER: TypeAdapter[Published] = TypeAdapter(Published)
NOWHERE = Phrase(
    "没有 {path}：请写明一次评估的文件夹；旧版本的评估请重新运行 branchscore evaluate",
    "there is no {path}: name the folder of a run; evaluate again what an older version wrote",
)
ODD = Phrase("不是本程序写的", "this program did not write it")


def encoded(public: Published) -> bytes:
    return to_json(public, indent=1) + b"\n"


def public_of(run: Path) -> Published:
    """What may be published of a run. Raises `NoRun`, or `Faulty` (L024) where the file is not
    what the run wrote."""
    path = run_in(run) / PUBLIC
    try:
        raw = path.read_bytes()
    except OSError:
        raise NoRun(Phrase(*(text.format(path=path) for text in NOWHERE))) from None
    try:
        known = json.loads((path.parent / MANIFEST).read_bytes())["outputs"][PUBLIC]
    except (OSError, ValueError, KeyError, TypeError):
        raise unusable(path, UNFINISHED) from None
    if known != sha256(raw).hexdigest():
        raise unusable(path, CHANGED)
    try:
        return ADAPTER.validate_json(raw, strict=True)
    except ValidationError:
        raise unusable(path, ODD) from None
