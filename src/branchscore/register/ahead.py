"""Where a campaign stands on a day, and what comes next."""

from collections.abc import Iterator
from datetime import date

from branchscore.register.state import State
from branchscore.text.phrase import Phrase, Sentence

BEGIN = Phrase(
    "还没有开始：冻结评分表（register criteria）",
    "nothing yet: freeze the criteria (register criteria)",
)
RECEIVE = Phrase(
    "评分表已冻结：登记收到的申报（register received）",
    "the criteria are frozen: record what is handed in (register received)",
)
EVALUATE = Phrase(
    "收到 {count} 个支部的申报：评估（evaluate）", "{count} branches handed in: evaluate"
)
REFREEZE = Phrase(
    "第 {run} 次评估用的不是冻结的评分表：重新评估，或冻结现在这一份",
    "run {run} did not go by the frozen criteria: evaluate again, or freeze the ones in use",
)
NOBODY = Phrase(
    "第 {run} 次评估没有拟命名的支部：请评审委员会决定",
    "run {run} names nobody: it is for the commission to decide",
)
ANNOUNCE = Phrase(
    "公示第 {run} 次评估的结果（register notice {run}）",
    "announce run {run} (register notice {run})",
)
WAITING = Phrase(
    "公示中，到 {last} 为止；收到异议就登记（register objection）",
    "the notice is up until {last}; record objections (register objection)",
)
BEFORE = Phrase("公示从 {first} 开始", "the notice begins on {first}")
RECHECK = Phrase(
    "第 {number} 号异议还没有结论：复核后登记（register rechecked）",
    "objection {number} is open: re-check it and record what came of it (register rechecked)",
)
NAME = Phrase(
    "公示已结束，没有未结的异议：可以命名 {codes}（register named {run}）",
    "the notice is over and no objection is open: {codes} can be named (register named {run})",
)
DUE = Phrase(
    "支部 {codes} 的称号该复核了（register reviewed）",
    "the titles of {codes} are due for their re-check (register reviewed)",
)
QUIET = Phrase("没有要办的事", "there is nothing to do")
REVIEW_ON = Phrase(
    "没有要办的事；{day} 之前要复核的最早一批：{codes}",
    "nothing to do now; to be re-checked by {day}: {codes}",
)


def ahead(state: State, day: date) -> list[Sentence]:
    """What is to be done, most urgent first; never empty."""
    found = list(_titles(state, day)) + list(_campaign(state, day))
    return found or [_later(state, day)]


def _titles(state: State, day: date) -> Iterator[Sentence]:
    stages = {code: title.stage(day) for code, title in sorted(state.titles.items())}
    due = tuple(code for code, stage in stages.items() if stage in ("due", "expired"))
    if due:
        yield Sentence(DUE, {"codes": due})


def _campaign(state: State, day: date) -> Iterator[Sentence]:
    if not state.criteria:
        yield Sentence(BEGIN)
    elif not state.runs:
        count = len(state.received)
        yield Sentence(EVALUATE, {"count": count}) if count else Sentence(RECEIVE)
    else:
        yield from (Sentence(RECHECK, {"number": o.number}) for o in state.open_objections())
        yield from _newest(state, day)


def _newest(state: State, day: date) -> Iterator[Sentence]:
    """The run that counts: the one a re-check led to, else the one that is announced, else the
    newest."""
    announced = state.notices[-1] if state.notices else None
    run = announced.run if announced else next(reversed(state.runs))
    run = state.superseded_by(run) or run
    scored = state.runs[run]
    over = day if state.open_objections() or announced is None else announced.last
    unnamed = tuple(c for c in scored.named if c not in state.titles)
    told = {c for n in state.notices for c in state.runs[n.run].named}
    if scored.criteria != state.criteria[-1].sha256 and unnamed:
        yield Sentence(REFREEZE, {"run": run})
    elif not scored.named:
        yield Sentence(NOBODY, {"run": run})
    elif announced and day < announced.first:
        yield Sentence(BEFORE, {"first": announced.first})
    elif announced and day <= announced.last:
        yield Sentence(WAITING, {"last": announced.last})
    elif set(unnamed) - told:
        yield Sentence(ANNOUNCE, {"run": run})
    elif unnamed and day > over:
        yield Sentence(NAME, {"run": run, "codes": unnamed})


def _later(state: State, day: date) -> Sentence:
    held = [t for t in state.titles.values() if t.until is not None and t.holds(day)]
    if not held:
        return Sentence(QUIET)
    first = min(title.until for title in held if title.until)
    codes = tuple(sorted(t.code for t in held if t.until == first))
    return Sentence(REVIEW_ON, {"day": first, "codes": codes})
