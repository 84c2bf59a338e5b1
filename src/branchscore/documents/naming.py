"""What the notice and the decision share: who is named, and the elements of a document."""

from collections.abc import Sequence
from datetime import date

from branchscore.documents.document import Imprint
from branchscore.outputs.papers import PublicAward, PublicPaper, PublicPapers
from branchscore.outputs.public import PublicBranch, Published
from branchscore.text.filling import filled
from branchscore.text.personal import NUMBERS, masked
from branchscore.text.phrase import Phrase, Sentence

UNDECIDED = frozenset({"open", "tied", "candidate"})
NO_AWARD = Phrase(
    "评分表没有写授予什么称号（award）：写上之后重新评估",
    "the criteria do not say what title is given (award): add it and evaluate again",
)
NOBODY = Phrase("没有拟命名的支部", "no branch is to be named")
NOT_YET = Phrase(
    "还有支部的结果没有确定，不能发布：{branches}",
    "not to be published while the outcome of branches is open: {branches}",
)
IN_ORDER = "（按支部代码排列，排名不分先后）"


class Unfit(Exception):  # noqa: N818 - nothing went wrong: it is too early
    """Why a document may not be made."""

    def __init__(self, why: Phrase, **values: tuple[str, ...]) -> None:
        self.why = Sentence(why, values)
        super().__init__(self.why.say("en"))


def awarded(papers: PublicPapers) -> PublicAward:
    """The title that is given. Raises `Unfit`."""
    if papers.award is None:
        raise Unfit(NO_AWARD)
    return papers.award


def named(public: Published, *, by_rank: bool) -> list[PublicBranch]:
    """The named branches, by rank or by code. Raises `Unfit` while any outcome is open."""
    unsettled = [f"{b.code} {full_name(b)}" for b in public.branches if b.outcome in UNDECIDED]
    if unsettled:
        raise Unfit(NOT_YET, branches=tuple(unsettled))
    chosen = [branch for branch in public.branches if branch.outcome == "named"]
    if not chosen:
        raise Unfit(NOBODY)
    return sorted(chosen, key=lambda b: (b.rank or 0 if by_rank else 0, b.code))


def full_name(branch: PublicBranch) -> str:
    return masked(branch.name, NUMBERS)


def fictional(public: Published) -> bool:
    return any(branch.fictional for branch in public.branches)


def quoted(title: str) -> str:
    """A document by its title, in book marks."""
    return title if title.startswith("《") else f"《{title}》"


def addressed(paper: PublicPaper) -> str:
    return f"{paper.to.rstrip('：:')}：" if paper.to else ""


def paragraphs(text: str, public: Published, count: int) -> tuple[str, ...]:
    """The text with its values in place, a paragraph from each line."""
    values: dict[str, str | int] = {
        "title": awarded(public.papers).title,
        "year": public.papers.year,
        "count": count,
    }
    return tuple(line.strip() for line in filled(text, values).splitlines() if line.strip())


def imprint(paper: PublicPaper, day: date) -> Imprint | None:
    if not paper.printer:
        return None
    return Imprint(paper.copies.rstrip("。"), paper.printer, paper.printed or day)


def numbered(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{i}.{name}" for i, name in enumerate(names, 1))
