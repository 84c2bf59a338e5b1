"""Events and titles in words."""

from datetime import date
from typing import Any, Final

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
from branchscore.register.state import Title
from branchscore.text.phrase import Phrase, Sentence, Value

SHORT = 16
GENERAL = "general"
PARTY: Final = {
    "unit": Phrase("单位（盖章）", "a unit, under its seal"),
    "person": Phrase("个人（实名）", "a person, by real name"),
}
OUTCOME: Final = {
    "upheld": Phrase("成立", "upheld"),
    "partly": Phrase("部分成立", "upheld in part"),
    "dismissed": Phrase("不成立", "dismissed"),
}
REVIEW: Final = {
    "kept": Phrase("保留称号", "the title is kept"),
    "lost": Phrase("不再保留称号", "the title is lost"),
}
NOBODY, ALL = Phrase("无", "nobody"), Phrase("整个活动", "the campaign as a whole")
WORDINGS: Final[dict[type, Phrase]] = {
    CriteriaFrozen: Phrase(
        "冻结评分表 {file}（sha256 {sha256}…）", "criteria {file} frozen (sha256 {sha256}…)"
    ),
    Received: Phrase(
        "收到 {code} 的申报 {file}（sha256 {sha256}…）",
        "received from {code}: {file} (sha256 {sha256}…)",
    ),
    Checked: Phrase(
        "检查了 {code} 的申报：错误 {errors} 处，提醒 {warnings} 处",
        "checked what {code} handed in: {errors} errors, {warnings} warnings",
    ),
    Scored: Phrase(
        "第 {run} 次评估，拟命名：{named}", "run {run}; proposed for the title: {named}"
    ),
    Decided: Phrase(
        "评审委员会 {day} 的决定 {file}（sha256 {sha256}…）",
        "the commission decided on {day}: {file} (sha256 {sha256}…)",
    ),
    Noticed: Phrase(
        "公示第 {run} 次评估的结果：{first} 至 {last}，{working_days} 个工作日",
        "public notice of run {run}: {first} to {last}, {working_days} working days",
    ),
    Objected: Phrase(
        "第 {number} 号异议（{day}，{by}），关于{about}：{words}",
        "objection {number} ({day}, {by}) on {about}: {words}",
    ),
    Named: Phrase(
        "{day} 命名（按第 {run} 次评估）：{codes}；{until}",
        "named on {day} by run {run}: {codes}; {until}",
    ),
    ReviewedAgain: Phrase(
        "{day} 复核 {code}：{outcome}；{until}", "{code} re-checked on {day}: {outcome}; {until}"
    ),
    Withdrawn: Phrase(
        "{day} 撤销 {code} 的称号：{reason}", "title of {code} withdrawn on {day}: {reason}"
    ),
    Issued: Phrase("签发证书 {certificate}（{code}）", "certificate {certificate} issued ({code})"),
    Revoked: Phrase("注销证书 {certificate}", "certificate {certificate} revoked"),
}
OBJECTION = Phrase("第 {number} 号异议复核", "objection {number} re-checked")
BRANCH = Phrase("复核 {code}", "{code} re-checked")
RESULT = Phrase("{what}：{outcome}", "{what}: {outcome}")
RESULT_RUN = Phrase(
    "{what}：{outcome}，结果是第 {run} 次评估", "{what}: {outcome}; it led to run {run}"
)
YEARS = Phrase("有效 {years} 年", "valid for {years} years")
UNLIMITED = Phrase("没有写有效期", "no end is stated")
STAGES: Final = {
    "in_force": Phrase("有效{until}", "in force{until}"),
    "due": Phrase("有效{until}，该复核了", "in force{until}; due for its re-check"),
    "expired": Phrase("已到期{until}，没有复核", "expired{until}, not re-checked"),
    "lost": Phrase("{ended} 复核后不再保留", "lost on {ended} after its re-check"),
    "withdrawn": Phrase("{ended} 撤销", "withdrawn on {ended}"),
}
UNTIL, ENDED = Phrase("至 {day}", " until {day}"), Phrase("（{day}）", " ({day})")
TITLE = Phrase("{code}  {day} 命名，{stage}", "{code}  named on {day}, {stage}")


def said(event: Event) -> Sentence:
    """What happened, in a sentence."""
    if isinstance(event, Rechecked):
        return _rechecked(event)
    values: dict[str, Any] = {name: getattr(event, name) for name in type(event).model_fields}
    if "sha256" in values:
        values["sha256"] = event.sha256[:SHORT]  # type: ignore[union-attr]
    match event:
        case Scored():
            values["named"] = event.named or NOBODY
        case Objected():
            values["about"] = (
                ALL if event.about == GENERAL else Phrase(f"支部 {event.about}", event.about)
            )
            values["by"] = PARTY[event.by]
        case Named() | ReviewedAgain():
            years = event.years
            values["until"] = Sentence(YEARS, {"years": years}) if years else UNLIMITED
            if isinstance(event, ReviewedAgain):
                values["outcome"] = REVIEW[event.outcome]
                if event.outcome == "lost":
                    return Sentence(_without_until(WORDINGS[ReviewedAgain]), values)
    return Sentence(WORDINGS[type(event)], values)


def _without_until(wording: Phrase) -> Phrase:
    return Phrase(*(text.rpartition("；" if "；" in text else "; ")[0] for text in wording))


def _rechecked(event: Rechecked) -> Sentence:
    what = (
        Sentence(BRANCH, {"code": event.code})
        if event.code is not None
        else Sentence(OBJECTION, {"number": event.objection or 0})
    )
    values: dict[str, Value] = {"what": what, "outcome": OUTCOME[event.outcome]}
    if event.run is None:
        return Sentence(RESULT, values)
    return Sentence(RESULT_RUN, {**values, "run": event.run})


def title_said(title: Title, day: date) -> Sentence:
    """How a title stands on a day."""
    stage = title.stage(day)
    values: dict[str, Value] = {"until": "", "ended": title.ended or ""}
    if title.until is not None:
        wording = ENDED if stage == "expired" else UNTIL
        values["until"] = Sentence(wording, {"day": title.until})
    stands = Sentence(STAGES[stage], values)
    return Sentence(TITLE, {"code": title.code, "day": title.day, "stage": stands})
