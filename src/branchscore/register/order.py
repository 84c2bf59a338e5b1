"""What may follow what: an event that comes too early, or twice, is refused in words.

The same rules hold for a line that is to be written and for one that is read, so that a line
that nobody could have recorded is found however well it is chained.
"""

from branchscore.register.event import (
    Checked,
    CriteriaFrozen,
    Decided,
    Event,
    Issued,
    Named,
    Noticed,
    Objected,
    Received,
    Rechecked,
    ReviewedAgain,
    Revoked,
    Scored,
    Withdrawn,
)
from branchscore.register.state import State
from branchscore.text.phrase import Phrase, Sentence

FIRST = Phrase(
    "登记簿还没有开始：请先冻结评分表（branchscore register criteria）",
    "the register has not begun: freeze the criteria first (branchscore register criteria)",
)
OTHER_CAMPAIGN = Phrase(
    "这本登记簿是“{known}”的，不是“{got}”的", "this register is of “{known}”, not of “{got}”"
)
SAME_CRITERIA = Phrase("评分表没有变，已经冻结过", "this criteria file is frozen already")
SAME_FILE = Phrase(
    "支部 {code} 的这份申报已经收过，一字不差",
    "this submission of {code} was received before, the same in every byte",
)
NOT_RECEIVED = Phrase(
    "没有收到过支部 {code} 的这份申报：请先登记收件",
    "this submission of {code} was never received: record that first",
)
RUN_TWICE = Phrase("第 {run} 次评估已经登记过", "run {run} is in the register already")
NO_RUN = Phrase(
    "第 {run} 次评估没有登记：请先运行 branchscore register scored {run}",
    "run {run} is not in the register: branchscore register scored {run} comes first",
)
NONE_SCORED = Phrase("还没有登记过评估", "no run is in the register yet")
OTHER_CRITERIA = Phrase(
    "第 {run} 次评估用的评分表不是冻结的那一份：请先冻结它，或用冻结的评分表重新评估",
    "run {run} went by another criteria file than the frozen one: freeze it, or evaluate by the "
    "frozen one",
)
NOBODY = Phrase(
    "第 {run} 次评估没有拟命名任何支部，没有可公示的", "run {run} names nobody: nothing to announce"
)
DECIDED_TWICE = Phrase("这份决定已经登记过", "this decision is in the register already")
BACKWARDS = Phrase("公示最后一天早于第一天", "the notice ends before it begins")
NO_NOTICE = Phrase("还没有公示过，不会有异议", "there was no notice yet to object to")
EARLY_OBJECTION = Phrase(
    "公示 {first} 才开始，{day} 还不能提出异议",
    "the notice begins on {first}; nobody can object to it on {day}",
)
NUMBER = Phrase("异议编号应接着写 {number}", "the next objection is number {number}")
NO_OBJECTION = Phrase("没有第 {number} 号异议", "there is no objection number {number}")
CLOSED = Phrase("第 {number} 号异议已有结论", "objection number {number} is closed already")
ONE_OF_TWO = Phrase(
    "请写明复核的是哪一件异议，或哪个支部，二者取一",
    "say which objection or which branch was re-checked: one of the two",
)
NEEDS_RUN = Phrase(
    "异议成立或部分成立，要写明重新评估的结果（--run）",
    "an objection that is upheld, wholly or in part, leads to a new run: name it (--run)",
)
OLD_RUN = Phrase(
    "第 {run} 次评估在异议之前，不能是复核的结果",
    "run {run} is older than the objection and cannot be what came of it",
)
NOT_ANNOUNCED = Phrase(
    "支部 {codes} 的公示没有进行过，或到 {day} 还没有结束",
    "of {codes} there was no notice, or it is not over on {day}",
)
STILL_OPEN = Phrase(
    "还有异议没有结论：第 {numbers} 号", "objections are still open: number {numbers}"
)
SUPERSEDED = Phrase(
    "第 {run} 次评估已被复核后的第 {newer} 次代替：请按第 {newer} 次命名",
    "run {run} was replaced by run {newer} after a re-check: name by that one",
)
NOT_NAMED = Phrase(
    "第 {run} 次评估没有拟命名支部 {codes}", "run {run} does not propose {codes} for the title"
)
TWICE = Phrase("支部 {codes} 写了两次", "{codes} is there twice")
HOLDS = Phrase("支部 {codes} 已有称号", "the title is held already by {codes}")
NO_TITLE = Phrase("支部 {code} 没有称号", "{code} has no title")
NOT_IN_FORCE = Phrase(
    "支部 {code} 的称号在 {day} 不在有效期内", "the title of {code} is not in force on {day}"
)
ENDED = Phrase("支部 {code} 的称号已经终止", "the title of {code} has ended")
BEFORE_TITLE = Phrase(
    "支部 {code} 的称号是 {since} 授予的，{day} 早于那一天",
    "the title of {code} was given on {since}, after {day}",
)
CERTIFICATE_TWICE = Phrase(
    "证书 {certificate} 已经登记过", "certificate {certificate} is in the register already"
)
NO_CERTIFICATE = Phrase(
    "没有签发过这样的证书：{certificate}", "no such certificate was issued: {certificate}"
)


def refused(state: State, event: Event) -> Sentence | None:  # noqa: C901, PLR0912 - a case a kind
    """Why an event cannot come next; None where it can."""
    if isinstance(event, CriteriaFrozen):
        return _criteria(state, event)
    if not state.criteria:
        return Sentence(FIRST)
    match event:
        case Received():
            known = state.handed_in(event.code)
            if known and known.sha256 == event.sha256:
                return Sentence(SAME_FILE, {"code": event.code})
        case Checked():
            there = state.received.get(event.code, [])
            if event.sha256 not in [r.sha256 for r in there]:
                return Sentence(NOT_RECEIVED, {"code": event.code})
        case Scored():
            if event.run in state.runs:
                return Sentence(RUN_TWICE, {"run": event.run})
        case Decided():
            if not state.runs:
                return Sentence(NONE_SCORED)
            if event.sha256 in [d.sha256 for d in state.decisions]:
                return Sentence(DECIDED_TWICE)
        case Noticed():
            return _notice(state, event)
        case Objected():
            return _objection(state, event)
        case Rechecked():
            return _rechecked(state, event)
        case Named():
            return _named(state, event)
        case ReviewedAgain():
            return _reviewed(state, event)
        case Withdrawn():
            title = state.titles.get(event.code)
            if title is None:
                return Sentence(NO_TITLE, {"code": event.code})
            if title.ended is not None or not title.holds(event.day):
                return Sentence(NOT_IN_FORCE, {"code": event.code, "day": event.day})
            return _after(state, event.code, event)
        case Issued():
            if event.certificate in state.certificates:
                return Sentence(CERTIFICATE_TWICE, {"certificate": event.certificate})
            if event.code not in state.titles:
                return Sentence(NO_TITLE, {"code": event.code})
        case Revoked():
            issued = state.certificates.get(event.certificate)
            gone = event.certificate in state.revoked
            if issued is None or issued.sha256 != event.sha256 or gone:
                return Sentence(NO_CERTIFICATE, {"certificate": event.certificate})
    return None


def _criteria(state: State, event: CriteriaFrozen) -> Sentence | None:
    if not state.criteria:
        return None
    newest = state.criteria[-1]
    if newest.campaign != event.campaign:
        return Sentence(OTHER_CAMPAIGN, {"known": newest.campaign, "got": event.campaign})
    return Sentence(SAME_CRITERIA) if newest.sha256 == event.sha256 else None


def _notice(state: State, event: Noticed) -> Sentence | None:
    run = state.runs.get(event.run)
    if run is None:
        return Sentence(NO_RUN, {"run": event.run})
    if event.last < event.first:
        return Sentence(BACKWARDS)
    if run.criteria != state.criteria[-1].sha256:
        return Sentence(OTHER_CRITERIA, {"run": event.run})
    newer = state.superseded_by(event.run)
    if newer:
        return Sentence(SUPERSEDED, {"run": event.run, "newer": newer})
    return None if run.named else Sentence(NOBODY, {"run": event.run})


def _objection(state: State, event: Objected) -> Sentence | None:
    if not state.notices:
        return Sentence(NO_NOTICE)
    first = min(notice.first for notice in state.notices)
    if event.day < first:
        return Sentence(EARLY_OBJECTION, {"first": first, "day": event.day})
    number = len(state.objections) + 1
    return None if event.number == number else Sentence(NUMBER, {"number": number})


def _rechecked(state: State, event: Rechecked) -> Sentence | None:
    if (event.objection is None) == (event.code is None):
        return Sentence(ONE_OF_TWO)
    if event.run is not None and event.run not in state.runs:
        return Sentence(NO_RUN, {"run": event.run})
    number = event.objection
    if number is None:
        return None
    if number not in state.objections:
        return Sentence(NO_OBJECTION, {"number": number})
    if number in state.outcomes:
        return Sentence(CLOSED, {"number": number})
    if event.run is None:
        return None if event.outcome == "dismissed" else Sentence(NEEDS_RUN)
    newer = list(state.runs)[state.since[number] :]
    return None if event.run in newer else Sentence(OLD_RUN, {"run": event.run})


def _named(state: State, event: Named) -> Sentence | None:
    run = state.runs.get(event.run)
    if run is None:
        return Sentence(NO_RUN, {"run": event.run})
    if run.criteria != state.criteria[-1].sha256:
        return Sentence(OTHER_CRITERIA, {"run": event.run})
    newer = state.superseded_by(event.run)
    if newer:
        return Sentence(SUPERSEDED, {"run": event.run, "newer": newer})
    if other := tuple(code for code in event.codes if code not in run.named):
        return Sentence(NOT_NAMED, {"run": event.run, "codes": other})
    if twice := tuple(dict.fromkeys(c for c in event.codes if event.codes.count(c) > 1)):
        return Sentence(TWICE, {"codes": twice})
    if early := tuple(c for c in event.codes if not state.announced(c, event.day)):
        return Sentence(NOT_ANNOUNCED, {"codes": early, "day": event.day})
    if waiting := state.open_objections():
        return Sentence(STILL_OPEN, {"numbers": tuple(o.number for o in waiting)})
    titles = (state.titles[code] for code in event.codes if code in state.titles)
    holding = tuple(t.code for t in titles if t.ended is None and t.holds(event.day))
    return Sentence(HOLDS, {"codes": holding}) if holding else None


def _reviewed(state: State, event: ReviewedAgain) -> Sentence | None:
    title = state.titles.get(event.code)
    if title is None:
        return Sentence(NO_TITLE, {"code": event.code})
    if title.ended is not None:
        return Sentence(ENDED, {"code": event.code})
    return _after(state, event.code, event)


def _after(state: State, code: str, event: ReviewedAgain | Withdrawn) -> Sentence | None:
    since = state.titles[code].day
    if event.day >= since:
        return None
    return Sentence(BEFORE_TITLE, {"code": code, "since": since, "day": event.day})
