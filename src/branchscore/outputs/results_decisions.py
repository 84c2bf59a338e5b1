"""The part of `results.json` that is about what the commission decided, and what is left to it."""

from typing_extensions import TypedDict

from branchscore.outputs.wordings import Both


class VotesSaid(TypedDict):
    """表决的票数：赞成、反对、弃权 · how many voted for, against and not at all."""

    ayes: int
    noes: int
    abstained: int


class DecisionSaid(TypedDict):
    """一份采用了的决定；`among` 是在哪些支部中决定，`named` 是命名（或列入差额名单）的，抽签的还有
    `seed`。

    A decision that was taken: between which branches (`among`), which of them are `named` (or put
    on the list), and the `seed` of a draw."""

    file: str
    day: str
    by: Both
    reason: str
    among: list[str]
    named: list[str]
    seed: str | None
    votes: VotesSaid | None


class QuestionSaid(TypedDict):
    """待决定的问题：`among` 中命名 `places` 个（差额名单最多这么多，`listed`），`draw` 是公开抽签；
    `said` 还说明怎样写成文件。

    What is still to be decided: `places` for the branches `among` (out of a list of candidates,
    `listed`, at most so many), by a public `draw` or a vote; `said` also tells the file that
    closes it."""

    among: list[str]
    places: int
    listed: bool
    draw: bool
    said: Both
