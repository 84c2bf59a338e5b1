"""The outlook in sentences that a commission can read."""

from collections.abc import Iterator

from branchscore.safety.outlook import SURE, Near, Outlook, far
from branchscore.safety.share import share
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Percent, Phrase, Sentence, Value

BRANCH = Phrase("{code}“{name}”", "{code} “{name}”")
CHANCE = Phrase("{branch}（{chance}）", "{branch} ({chance})")
GAP = Phrase(
    "线内离线最近的是{inside}，高出 {above} 分；线外离线最近的是{outside}，差 {below} 分",
    "nearest to the line are {inside} inside, {above} points above it, and {outside} outside, "
    "{below} points below it",
)
SAME_TOTAL = Phrase(
    "线内离线最近的{inside}与线外离线最近的{outside}总分相同，只靠并列时的比较次序分出先后",
    "{inside} inside and {outside} outside have the same total; only what decides between equals "
    "parts them",
)
SAME_DECIDED = Phrase(
    "线内离线最近的{inside}与线外离线最近的{outside}总分相同，由评审委员会决定或公开抽签分出",
    "{inside} inside and {outside} outside have the same total; the commission, or a public draw, "
    "parted them",
)
OPEN = Phrase(
    "{branches}的去留尚未决定",
    "whether {branches} are named is still to be decided",
)
VARIED = {
    "weights": Phrase(
        "各项分值各在上下 {varied} 以内浮动（再折回原来的总分）",
        "items' points vary by up to {varied} each (then brought back to the same total)",
    ),
    "reviewers": Phrase("评委重新抽取", "reviewers are drawn anew"),
    "doubts": Phrase("待评的项目任意给分", "open items get any points they can"),
}
SAME = Phrase(
    "假如{varied}，{draws} 次推演中有 {share} 命名的支部与现在完全相同",
    "if {varied}: in {share} of {draws} draws just the same branches are named",
)
MORE = Phrase("，另有 {n} 个", ", and {n} more")
UNSAFE = Phrase(
    "去留取决于这些细节的支部（括号内为推演中入选的比例）：{branches}{more}。"
    "建议评审委员会对这些支部逐项复核",
    "branches that depend on such details (share of draws in which they are named): "
    "{branches}{more}. The commission should go through their items once more",
)
SAFE = Phrase(
    "没有支部的去留取决于这些细节：线内的都在 {sure} 以上的推演中入选，线外的都不到 {rest}",
    "no branch depends on such details: those inside are named in more than {sure} of the draws, "
    "those outside in less than {rest}",
)
STEADY = Phrase(
    "逐一去掉 {items} 项中的一项{reviewers}，命名的支部都不变",
    "leaving out any one of {items} items{reviewers} changes nobody who is named",
)
MOVED = Phrase(
    "逐一去掉 {items} 项中的一项{reviewers}，有 {n} 种情形会换人",
    "leaving out one of {items} items{reviewers} changes who is named in {n} cases",
)
OR_REVIEWER = Phrase("、或不计 {n} 位评委中的一位", ", or one of {n} reviewers,")
NOTHING = Phrase("", "")
NO_MATTER = Phrase(
    "以上是推演，不改变任何得分和名次", "these are trials and change no points and no rank"
)


def sentences(outlook: Outlook) -> Iterator[Sentence]:
    yield from _nearest(outlook)
    kind = outlook.kinds[-1]
    varied = tuple(
        Sentence(VARIED[one], {"varied": Percent(outlook.varied)})
        for one in outlook.kinds
        if one in VARIED
    )
    values: dict[str, Value] = {"varied": varied, "draws": outlook.draws}
    yield Sentence(SAME, {**values, "share": share(outlook.same[kind], outlook.draws)})
    yield _unsafe(outlook, kind)
    items, reviewers = outlook.left_out
    values = {"items": items, "n": len(outlook.swaps)}
    values["reviewers"] = Sentence(OR_REVIEWER, {"n": reviewers}) if reviewers else NOTHING
    yield Sentence(MOVED if outlook.swaps else STEADY, values)
    yield Sentence(NO_MATTER)


def _nearest(outlook: Outlook) -> Iterator[Sentence]:
    waiting = tuple(_branch(near) for near in outlook.near if near.open)
    if waiting:
        yield Sentence(OPEN, {"branches": waiting})
    sides = (
        [near for near in outlook.near if near.given is side and not near.open]
        for side in (True, False)
    )
    inside, outside = (min(side, key=_distance, default=None) for side in sides)
    if inside is None or outside is None:
        return
    values: dict[str, Value] = {
        "inside": _branch(inside),
        "outside": _branch(outside),
        "above": _distance(inside),
        "below": _distance(outside),
    }
    equal = inside.card.low == outside.card.low and not _distance(inside)
    same = SAME_DECIDED if inside.decided and outside.decided else SAME_TOTAL
    yield Sentence(same if equal else GAP, values)


def _unsafe(outlook: Outlook, kind: str) -> Sentence:
    unsafe = [near for near in outlook.near if outlook.is_unsafe(near)]
    if unsafe:
        branches = tuple(
            Sentence(
                CHANCE,
                {"branch": _branch(near), "chance": share(near.chances[kind], outlook.draws)},
            )
            for near in unsafe
        )
        more = outlook.unsafe - len(unsafe)
        rest = Sentence(MORE, {"n": more}) if more > 0 else NOTHING
        return Sentence(UNSAFE, {"branches": branches, "more": rest})
    return Sentence(SAFE, {"sure": Percent(SURE), "rest": Percent(1 - SURE)})


def _distance(near: Near) -> Exact:
    return far(near.margin.points or 0)


def _branch(near: Near) -> Sentence:
    submission = near.card.submission
    return Sentence(BRANCH, {"code": submission.code, "name": submission.branch})
