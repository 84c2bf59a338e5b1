"""Fictional documents of every kind, printed once for the tests that look at them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import paper
from branchscore.criteria.reading import read_criteria
from branchscore.documents.decision import decision
from branchscore.documents.document import Document
from branchscore.documents.files import form_pages, printed
from branchscore.documents.notice import notice
from branchscore.documents.pages import on_paper
from branchscore.outputs.papers import PublicAward, PublicNotice, PublicPaper, PublicPapers
from branchscore.outputs.public import PublicBranch, PublicColumn, Published
from branchscore.submission.form import Form
from branchscore.submission.reading import read_submission
from campaign import SUBMISSIONS
from conftest import ROOT
from measured import MM, words

NEAR = 0.5
LEFT, TOP, RIGHT, BOTTOM = 28, 37, 184, 262
LINE, CHARACTER = 225 / 22, 156 / 28
EM3, EM4 = 16 / MM, 14 / MM

LONGEST = (
    "中国共产党虚构省虚构土家族苗族自治州虚构经济技术开发区管理委员会机关及所属国有资产经营管理"
    "（集团）有限责任公司离退休干部联合第二党支部委员会"
)
ISSUERS = ("虚构区委组织部", "虚构区离退休干部党工委", "虚构区委老干部局")
TITLE = "2023年度虚构区离退休干部示范党支部"
DAY = date(2023, 12, 9)
NOTHING = PublicPaper("", "", "", "", "", "", None)
OFFICE = PublicPaper(
    "虚组〔2023〕45号",
    "",
    "",
    "各街道党工委，区级机关各部门党组织",
    "虚构市委老干部局，区委办公室，区人大、区政府、区政协办公室，区纪委监委机关，区人武部",
    "虚构区委老干部局",
    date(2023, 12, 11),
)
NOTICE = PublicNotice(
    date(2023, 12, 1),
    date(2023, 12, 4),
    date(2023, 12, 8),
    5,
    (),
    "虚构区委老干部局，电话000-00000000",
)
EVERYTHING = ("rank", "grade", "points", "sections", "items")
PAPERS = PublicPapers(
    2023,
    ISSUERS,
    "《关于虚构支部建设的意见》",
    NOTICE,
    PublicAward(TITLE, DAY, 3),
    NOTHING,
    OFFICE,
)


def both(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def branch(n: int, name: str, outcome: str = "named") -> PublicBranch:
    points = tuple(str(n + i) for i in range(40))
    return PublicBranch(
        f"B{n:02}", name, True, 20 - n, outcome, both("优秀"), both("因为"), "90.5", "90.5",
        ("50", "40.5"), points, (both("张*明"),),
    )  # fmt: skip


NAMES = (LONGEST, "中国共产党虚构区委老干部局离休干部支部委员会", "虚构第三支部", "虚构𱁬镇支部")
PUBLIC = Published(
    "fictional",
    both("虚构评分表"),
    (PublicColumn("S1", both("政治功能")), PublicColumn("S2", both("服务功能"))),
    tuple(PublicColumn(f"I{i}", both(f"第{i}项内容和标准的名称")) for i in range(40)),
    (both("书记"),),
    (*(branch(n, name) for n, name in enumerate(NAMES, 1)), branch(9, "落选支部", "not_named")),
    PAPERS,
)


def public(**papers: object) -> Published:
    return replace(PUBLIC, papers=replace(PAPERS, **papers))  # type: ignore[arg-type]


def full_page() -> Document:
    return Document("", "题", "", ("国" * (26 + 28 * 60),), ("虚构单位",), DAY)


def deep() -> Document:
    return notice(public(notice=replace(NOTICE, shows=EVERYTHING)), register_root="r0Ot" * 11)


DOCUMENTS: Mapping[str, Document] = {
    "full": full_page(),
    "decision": decision(PUBLIC),
    "one": decision(public(issuers=ISSUERS[:1], on_decision=replace(OFFICE, copies=""))),
    "five": decision(public(issuers=(*ISSUERS, LONGEST[:30], "虚构局"))),
    "notice": notice(PUBLIC),
    "deep": deep(),
    "levels": replace(
        full_page(), title="虚构通知", text=("一、总的要求", "（一）分的要求", "1.具体要求。")
    ),
}


def print_all(folder: Path) -> Mapping[str, Path]:
    """Every document and two forms, as files by name."""
    table, _ = read_criteria(ROOT / "criteria" / "jingan-2023.yaml")
    empty = folder / "E.yaml"
    empty.write_text(
        f"criteria: {table.id}\ncode: E-00\nbranch: {LONGEST}\nfictional: true\n", encoding="utf-8"
    )
    files = (ROOT / SUBMISSIONS / "JA-05.yaml", empty)
    read = [read_submission(path, {table.id: Form(table)}) for path in files]
    pages = [(f"{name}.pdf", on_paper(document)) for name, document in DOCUMENTS.items()]
    for name, content in printed([*pages, *form_pages(table, read)]):
        (folder / name).write_bytes(content)
    return {path.stem: path for path in folder.glob("*.pdf")}


def count(pdf: Path) -> int:
    return int(re.findall(r"^Pages: +(\d+)$", paper.poppler("pdfinfo", pdf), re.MULTILINE)[0])


def running(pdf: Path) -> str:
    """The text of all pages without what stands in their margins."""
    pages = (words(pdf, page) for page in range(1, count(pdf) + 1))
    return "".join(w.text for page in pages for w in page if 30 < w.top < BOTTOM)
