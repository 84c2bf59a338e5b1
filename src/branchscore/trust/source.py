"""A run on disk → what certificates are made from: evaluated again, so that nothing is certified
that the inputs do not give."""

from contextlib import chdir
from hashlib import sha256
from pathlib import Path

from branchscore import __version__
from branchscore.outputs.gather import gather
from branchscore.outputs.opened import MANIFEST, RESULTS, opened
from branchscore.outputs.results import encoded
from branchscore.run.manifest import read_manifest
from branchscore.run.replay import evaluated_again, root_of
from branchscore.trust.certify import Source
from branchscore.trust.refused import Untrusted


def source_of(run: Path) -> Source:
    """Raises `Untrusted` where the run does not come out as it did; `Faulty`, `NoRun`, OSError."""
    opened(run)
    manifest = run / MANIFEST
    known = read_manifest(manifest)
    if known is None:
        raise Untrusted(f"{manifest} 已损坏", f"{manifest} is damaged")
    with chdir(root_of(manifest, known)):
        evaluation = evaluated_again(known)
        again = sha256(encoded(gather(evaluation, __version__))).hexdigest()
    if again != known["outputs"][RESULTS]:
        raise Untrusted(
            "重新评估的结果不同（branchscore replay 会写明改了什么）：请先重新评估",
            "evaluated again it comes out differently (branchscore replay says what changed): "
            "evaluate anew first",
        )
    criteria = next(e["sha256"] for e in known["inputs"] if e["status"] == "criteria")
    digest = sha256(manifest.read_bytes()).hexdigest()
    return Source(evaluation, run.name, digest, criteria)
