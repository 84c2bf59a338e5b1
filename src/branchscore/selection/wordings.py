"""Why a branch is in or out, in words."""

from branchscore.text.phrase import Phrase

NAMED = Phrase(
    "总分 {total} 分，列第 {rank} 名，在 {places} 个名额之内{tie}",
    "{total} points, rank {rank}, within the {places} places{tie}",
)
FLOOR = Phrase(
    "总分 {total} 分，列第 {rank} 名，“{group}”组至少命名 {bound} 个，在组内列前{tie}",
    "{total} points, rank {rank}; the group “{group}” has at least {bound} places and it is among "
    "the first there{tie}",
)
REACHED = Phrase(
    "总分 {total} 分，列第 {rank} 名，达到命名要求{tie}",
    "{total} points, rank {rank}, reaches what a title needs{tie}",
)
CANDIDATE = Phrase(
    "总分 {total} 分，列第 {rank} 名，列入 {places} 个的差额名单，由评审委员会决定{tie}",
    "{total} points, rank {rank}, on the list of {places} out of which the commission chooses{tie}",
)
RANKED = Phrase("总分 {total} 分，列第 {rank} 名{tie}", "{total} points, rank {rank}{tie}")
NOT_NAMED = Phrase(
    "总分 {total} 分，列第 {rank} 名，{places} 个名额已满，距最后一名入选者差 {gap} 分",
    "{total} points, rank {rank}; the {places} places are taken, {gap} points short of the last",
)
GROUP_FULL = Phrase(
    "总分 {total} 分，列第 {rank} 名，“{group}”组最多命名 {bound} 个，已满，"
    "距组内最后一名入选者差 {gap} 分",
    "{total} points, rank {rank}; the {bound} places of the group “{group}” are taken, {gap} "
    "points short of the last there",
)
GROUP_LOST = Phrase(
    "总分 {total} 分，列第 {rank} 名，“{group}”组最多命名 {bound} 个，已满{tie}",
    "{total} points, rank {rank}; the {bound} places of the group “{group}” are taken{tie}",
)
KEPT = Phrase(
    "总分 {total} 分，列第 {rank} 名，余下的名额留给“{kept}”组保底",
    "{total} points, rank {rank}; the places left are kept for the least number of “{kept}”",
)
LOST_TIE = Phrase(
    "总分 {total} 分，列第 {rank} 名，{places} 个名额已满{tie}",
    "{total} points, rank {rank}; the {places} places are taken{tie}",
)
RESERVE = Phrase("{why}；列备选第 {number} 位", "{why}; number {number} on the reserve list")
LAST_OUT = Phrase(
    "总分 {total} 分，列第 {rank} 名，在末位 {bound} 个之内，不予命名",
    "{total} points, rank {rank}, among the last {bound}, which get no title",
)
TIE_BROKEN = Phrase(
    "；与{others}总分相同，依次比较{chain}排定先后",
    "; the same total as {others}, ordered by {chain}",
)
TIE_CLOSE = Phrase(
    "；与{others}总分相差不超过 {within} 分，按相同处理，依次比较{chain}排定先后",
    "; at most {within} points from {others}, which counts as equal, ordered by {chain}",
)
MOST_NAMED = 5
MANY = Phrase("其他 {number} 个支部", "{number} other branches")
NO_TIE = Phrase("", "")
STILL = Phrase("，依次比较{chain}仍相同", "; {chain} do not decide between them")
TIED = Phrase(
    "总分 {total} 分，与{others}并列第 {rank} 名{still}，余 {left} 个名额，待评审委员会决定",
    "{total} points, rank {rank} together with {others}{still}; the commission decides on the "
    "{left} places left",
)
TIED_DRAW = Phrase(
    "总分 {total} 分，与{others}并列第 {rank} 名{still}，余 {left} 个名额，待公开抽签",
    "{total} points, rank {rank} together with {others}{still}; a public draw decides on the "
    "{left} places left",
)
BELOW = Phrase(
    "总分 {total} 分，列第 {rank} 名，未达到命名所需的“{minimum}”等次（{limit} 分）",
    "{total} points, rank {rank}, below the grade “{minimum}” ({limit} points) a title needs",
)
OPEN = Phrase(
    "{why}；尚有未定的分值（本支部 {low}—{high} 分），评定后结果可能变化，暂不命名",
    "{why}; points are still open (this branch {low} to {high}) that may change this, so nothing "
    "is decided yet",
)
WITH_GRADE = Phrase("{why}；{grade}", "{why}; {grade}")
SETTLED = Phrase(
    "{why}；{date}经{by}{how}{what}{votes}：{reason}",
    "{why}; {what} {how} {by} on {date}{votes}: {reason}",
)
DECIDED = Phrase("决定", "by")
DRAWN = Phrase("公开抽签（{seed}）决定", "by a public draw ({seed}) of")
IN = (Phrase("命名", "named"), Phrase("不予命名", "not named"))
ON_LIST = (
    Phrase("列入差额名单", "put on the list"),
    Phrase("不列入差额名单", "not put on the list"),
)
VOTES = Phrase(
    "（赞成 {ayes} 票，反对 {noes} 票，弃权 {abstained} 票）",
    " ({ayes} for, {noes} against, {abstained} abstained)",
)
NO_VOTES = Phrase("", "")
BETWEEN = Phrase("“{codes}”", "“{codes}”")
NO_QUESTION = Phrase("无", "none")
INELIGIBLE = Phrase("不符合申报条件：{tests}", "not eligible: {tests}")
VETOED = Phrase("触及一票否决：{tests}", "excluded by veto: {tests}")
UNDETERMINED = Phrase("申报条件待核实：{tests}", "conditions still to be confirmed: {tests}")
NO_GROUP = Phrase(
    "没有填报“{field}”，无法确定属于哪一组", "“{field}” was not stated, so its group is unknown"
)
