"""The evidence of an earlier evaluation, from its results: hashes and outlines, no files."""

from hashlib import sha256
from pathlib import Path

from branchscore.outputs.opened import RESULTS, opened, run_in
from branchscore.outputs.results import Branch
from branchscore.outputs.results_evidence import Proof
from branchscore.outputs.stored import unusable
from branchscore.proofs.looks import Looks
from branchscore.proofs.repeats import Handed
from branchscore.submission.repeats import Earlier
from branchscore.text.phrase import Phrase

NO_LOOKS = Phrase("佐证 {file} 的图片轮廓不对", "the outline of the picture {file} is damaged")


def earlier_in(run: Path) -> Earlier:
    """The evidence of the run in a folder, or in a `results.json` by itself. Raises like
    `opened`."""
    if run.suffix != ".json":
        run = run_in(run)
        # `latest` will lead elsewhere some day.
        run = run.parent / run.readlink() if run.is_symlink() else run
    results = opened(run)
    path = run if run.suffix == ".json" else run / RESULTS
    name = results["criteria"]["id"]
    handed = tuple(
        _handed(path, name, branch, proof)
        for branch in results["branches"]
        for proof in branch["evidence"]
        if proof["contents"] and proof["contents"]["sha256"]
    )
    return Earlier(str(path), sha256(path.read_bytes()).hexdigest(), handed)


def _handed(path: Path, run: str, branch: Branch, proof: Proof) -> Handed:
    contents, file = proof["contents"], proof["file"] or ""
    digest, looks = (contents["sha256"], contents["looks"]) if contents else (None, None)
    try:
        seen = Looks.read(looks) if looks else None
    except ValueError:
        raise unusable(path, Phrase(*(text.format(file=file) for text in NO_LOOKS))) from None
    return Handed(branch["code"], proof["id"], file, digest or "", seen, run)
