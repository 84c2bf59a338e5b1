"""The public notice (公示): who is to be named, as deep as the criteria say."""

from collections.abc import Iterator, Sequence

from branchscore.documents import naming
from branchscore.documents.document import Annex, Document, Table, dated
from branchscore.outputs.papers import PublicNotice
from branchscore.outputs.public import PublicBranch, Published
from branchscore.text.numbers import plain, printed
from branchscore.text.phrase import Phrase

NO_NOTICE = Phrase(
    "评分表没有写公示（notice），不能公示：写上之后重新评估",
    "the criteria have no public notice (notice): add it and evaluate again",
)
TEXT = (
    "根据{basis}，经支部申报、资格审核和评分，拟命名以下{{count}}个党支部为“{{title}}”{order}，"
    "现予公示。"
)
OBJECTIONS = (
    "公示期间如有异议，请以书面形式反映。以单位名义反映的，应当加盖单位公章；以个人名义反映的，"
    "应当署真实姓名，并留联系方式。反映情况应当实事求是，以便核实。"
)
DETAILS = "得分明细"
PER_TABLE = 6
"""Branches side by side in the table of points."""


def notice(public: Published, *, number: str = "", register_root: str | None = None) -> Document:
    """The public notice; a `number` stands for that of the criteria. `register_root` is printed
    where there is one: nothing registered by then can be changed unseen. Raises `Unfit`."""
    papers, told = public.papers, public.papers.notice
    if told is None:
        raise naming.Unfit(NO_NOTICE)
    award, paper = naming.awarded(papers), papers.on_notice
    branches = naming.named(public, by_rank="rank" in told.shows)
    order = "" if "rank" in told.shows else naming.IN_ORDER
    usual = TEXT.format(basis=naming.quoted(papers.basis), order=order)
    return Document(
        number or paper.number,
        paper.title or f"关于拟命名{award.title}的公示",
        naming.addressed(paper),
        naming.paragraphs(paper.text or usual, public, len(branches)),
        papers.issuers,
        told.issued,
        table=_listed(branches, told.shows),
        after=tuple(_after(told, register_root)),
        annexes=tuple(_details(public, branches, told.shows)),
        imprint=naming.imprint(paper, told.issued),
        fictional=naming.fictional(public),
    )


def _after(told: PublicNotice, register_root: str | None) -> Iterator[str]:
    working = f"，不少于{told.working_days}个工作日" if told.working_days else ""
    yield f"公示时间：{dated(told.first)}至{dated(told.last)}{working}。"
    yield OBJECTIONS
    if told.contact:
        yield f"意见受理：{told.contact.rstrip('。')}。"
    if register_root:
        yield f"登记簿校验值：{register_root}"


def _listed(branches: Sequence[PublicBranch], shows: Sequence[str]) -> Table:
    """The branches, with what may be told of each beside its name."""
    titles = {"grade": "等次", "points": "总分"}
    extra = [column for column in titles if column in shows]
    rows = []
    for n, branch in enumerate(branches, 1):
        told = {"grade": branch.grade["zh"], "points": _points(branch.low, branch.high)}
        place = str(branch.rank if "rank" in shows else n)
        rows.append((place, naming.full_name(branch), *(told[column] for column in extra)))
    head = ("名次" if "rank" in shows else "序号", "支部全称", *(titles[x] for x in extra))
    wide = (10, 90 - 14 * len(extra), *(14 for _ in extra))
    return Table(head, tuple(rows), wide, frozenset({1}))


def _points(low: str, high: str) -> str:
    return "—".join(dict.fromkeys(plain(printed(end)) for end in (low, high)))


def _details(
    public: Published, branches: Sequence[PublicBranch], shows: Sequence[str]
) -> Iterator[Annex]:
    """The points by section and item, branches side by side by their numbers in the list."""
    if not {"sections", "items"} & set(shows):
        return
    tables = []
    for start in range(0, len(branches), PER_TABLE):
        some = branches[start : start + PER_TABLE]
        numbers = [str(b.rank if "rank" in shows else start + n) for n, b in enumerate(some, 1)]
        rows: list[tuple[str, ...]] = []
        if "sections" in shows:
            rows += _rows([s.title["zh"] for s in public.sections], [b.sections for b in some])
        if "items" in shows:
            titles = [f"{item.id} {item.title['zh']}" for item in public.items]
            rows += _rows(titles, [b.items for b in some])
        wide = (100 - 9 * PER_TABLE, *(9 * PER_TABLE // len(some) for _ in some))
        tables.append(Table(("项目", *numbers), tuple(rows), wide, frozenset({0})))
    where = "名次" if "rank" in shows else "序号"
    yield Annex(DETAILS, (f"表头的数字是各支部在公示名单中的{where}。",), tuple(tables))


def _rows(titles: Sequence[str], points: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return [(title, *(p[i] for p in points)) for i, title in enumerate(titles)]
