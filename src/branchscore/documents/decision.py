"""The naming decision (命名决定) with the list of those who are named."""

from branchscore.documents import naming
from branchscore.documents.document import Annex, Document
from branchscore.outputs.public import Published

TEXT = (
    "根据{basis}，经支部申报、资格审核、评分{shown}和集体研究，决定命名{{count}}个党支部为"
    "“{{title}}”。{valid}\n"
    "希望受到命名的党支部珍惜荣誉、再接再厉，继续发挥示范作用。各级党组织要以受到命名的党支部"
    "为榜样，切实把党支部建设好。"
)


def decision(public: Published, *, number: str = "") -> Document:
    """The decision; a `number` stands for that of the criteria. The list follows the order of
    branch codes. Raises `Unfit`."""
    papers, award, paper = public.papers, naming.awarded(public.papers), public.papers.on_decision
    branches = naming.named(public, by_rank=False)
    usual = TEXT.format(
        basis=naming.quoted(papers.basis),
        shown="、公示" if papers.notice else "",
        valid=f"命名有效期{award.valid_years}年。" if award.valid_years else "",
    )
    names = naming.numbered([naming.full_name(branch) for branch in branches])
    return Document(
        number or paper.number,
        paper.title or f"关于命名{award.title}的决定",
        naming.addressed(paper),
        naming.paragraphs(paper.text or usual, public, len(branches)),
        papers.issuers,
        award.date,
        annexes=(Annex(f"{award.title}名单", (naming.IN_ORDER, *names)),),
        imprint=naming.imprint(paper, award.date),
        fictional=naming.fictional(public),
    )
