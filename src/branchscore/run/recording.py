"""A run that has just been written → its line in the register, where the campaign keeps one."""

from hashlib import sha256
from pathlib import Path

from branchscore.evaluation import Evaluation
from branchscore.outputs.opened import MANIFEST
from branchscore.register import REGISTER
from branchscore.text.phrase import Phrase, Sentence
from branchscore.text.system import told

DAMAGED = Phrase("登记簿第 {line} 行已损坏：{why}", "line {line} of the register is damaged: {why}")
UNRECORDED = Phrase(
    "第 {run} 次评估已写好，但没有登记：{why}", "run {run} was written, but not recorded: {why}"
)


def record(place: Path, evaluation: Evaluation) -> Sentence | None:
    """Record a run for who holds the lock of the folder it is in. Returns why that could not be;
    the run stands either way."""
    if not (place.parent / REGISTER).exists():
        return None
    # Most campaigns keep no register, and none pays for its code without one.
    from branchscore.register.book import Damaged, Refused, append, opened  # noqa: PLC0415
    from branchscore.register.event import Scored  # noqa: PLC0415

    table = next(entry.digest for entry in evaluation.inputs if entry.status == "criteria")
    chosen = (s for s in evaluation.standings if s.outcome.value == "named")
    try:
        event = Scored(
            run=place.name,
            manifest=sha256((place / MANIFEST).read_bytes()).hexdigest(),
            criteria=table,
            named=tuple(sorted(s.card.submission.code for s in chosen)),
        )
        append(opened(place.parent), [event])
    except Damaged as damaged:
        line, cause = damaged.damage
        why: Sentence | Phrase = Sentence(DAMAGED, {"line": line, "why": cause})
    except Refused as refused:
        why = refused.why
    except OSError as error:
        why = told(error)
    else:
        return None
    return Sentence(UNRECORDED, {"run": place.name, "why": why})
