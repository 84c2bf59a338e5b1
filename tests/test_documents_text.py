"""Official documents: what they say, to whom, and when they are not written."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

import paper
from branchscore.documents.decision import decision
from branchscore.documents.document import Document, Imprint
from branchscore.documents.files import lacking
from branchscore.documents.naming import Unfit
from branchscore.documents.notice import notice
from branchscore.documents.pages import on_paper, on_screen
from branchscore.documents.setting import NO_END, NO_START, lines
from branchscore.outputs.line_breaks import title_lines
from campaign import SUBMISSIONS, call, copied
from measured import words
from official import (
    DOCUMENTS,
    LEFT,
    LONGEST,
    NAMES,
    NEAR,
    OFFICE,
    PUBLIC,
    RIGHT,
    TITLE,
    branch,
    count,
    deep,
    print_all,
    public,
    running,
)


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    return print_all(tmp_path_factory.mktemp("documents"))


def squeezed(document: Document) -> list[str]:
    tables = [document.table] if document.table else []
    tables += [table for annex in document.annexes for table in annex.tables]
    told = [document.number, document.to, *document.text, *document.issuers, *document.after]
    told += [text for annex in document.annexes for text in annex.text]
    told += [cell for table in tables for row in (table.head, *table.rows) for cell in row]
    if document.imprint:
        told += [document.imprint.copies, document.imprint.printer]
    return [paper.squeezed(text).replace("𱁬", "〓") for text in told]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_text_is_read_back_whole_and_inside_the_page(
    name: str, pdfs: Mapping[str, Path]
) -> None:
    document, pdf = DOCUMENTS[name], pdfs[name]
    text = paper.squeezed(running(pdf))
    cells = {c for t in document.annexes for b in t.tables for r in b.rows for c in r}
    assert [t for t in squeezed(document) if t not in text and t not in cells] == []
    assert "".join(title_lines(document.title)) in text
    assert paper.title(pdf) == document.title
    for page in range(1, count(pdf) + 1):
        for one in words(pdf, page):
            assert LEFT - NEAR <= one.left < one.right <= RIGHT + NEAR, one
            assert 15 < one.top < one.bottom < 280, one
    assert {b"0000"} & set(paper.glyphs(pdf)) == set()
    assert {embedded for embedded, _ in paper.fonts(pdf).values()} == {"yes"}
    assert "Tagged:          yes" in paper.poppler("pdfinfo", pdf)
    assert paper.languages(pdf) == {b"zh-CN"}


def test_the_longest_name_in_a_decision(pdfs: Mapping[str, Path]) -> None:
    text = running(pdfs["decision"])
    assert f"1.{LONGEST}" in text
    assert text.index("2.中国共产党") < text.index("3.虚构第三支部") < text.index("4.虚构〓镇支部")
    assert "排名不分先后" in text
    assert "落选支部" not in text
    assert "命名有效期3年" in text


def test_the_notice_tells_as_much_as_was_agreed(pdfs: Mapping[str, Path]) -> None:
    shallow, whole = running(pdfs["notice"]), running(pdfs["deep"])
    assert "（按支部代码排列，排名不分先后）" in shallow
    for text in ("名次", "90.5", "优秀", "得分明细"):
        assert text not in shallow
        assert text in whole
    assert whole.index(NAMES[2]) < whole.index(NAMES[1])
    for text in (shallow, whole):
        assert "2023年12月4日至2023年12月8日，不少于5个工作日" in text
        assert "加盖单位公章" in text
        assert "署真实姓名" in text
        assert "000-00000000" in text
        assert "落选支部" not in text
        assert "张" not in text
    assert f"登记簿校验值：{'r0Ot' * 11}" in whole
    assert "登记簿" not in shallow


def test_the_notice_on_screen_says_the_same() -> None:
    page = on_screen(deep())
    text = paper.squeezed(unescape(re.sub(r"<[^>]+>", "", page.split("</style>")[1])))
    expected = [paper.squeezed(t) for t in squeezed(deep())]
    assert [t for t in expected if t.replace("〓", "𱁬") not in text] == []
    assert not re.search(r"(?:src|href)=", page)


def test_the_form_holds_what_was_handed_in(pdfs: Mapping[str, Path]) -> None:
    text = running(pdfs["form-JA-05"])
    for part in (
        "支部全称",
        "上级党组织意见",
        "审核单位意见",
        "审批机关意见",
        "主要事迹",
        "自评总分",
    ):
        assert part in text
    assert text.count("（盖章）") == 3
    assert "中国共产党" in text
    assert "80人" in text
    assert "1986年7月1日" in text
    assert "（由审核单位填写）" not in text
    assert not re.search(r"党员\d\d", text)
    assert "A-08" not in text
    assert "通报批评" not in text.split("主要事迹")[-1]
    assert "活动台账（共67条，列前20条）" in text
    assert "经支部批准的年老体弱、行动不便党员名单（共16条）" in text


def test_an_empty_submission_makes_a_form_to_fill_in(pdfs: Mapping[str, Path]) -> None:
    text = running(pdfs["form-E-00"])
    assert LONGEST in text
    assert "党员人数" in text
    assert text.count("（盖章）") == 3


@pytest.mark.parametrize("name", ["form-JA-05", "form-E-00"])
def test_forms_stay_inside_the_page(name: str, pdfs: Mapping[str, Path]) -> None:
    for page in range(1, count(pdfs[name]) + 1):
        for one in words(pdfs[name], page):
            assert LEFT - NEAR <= one.left < one.right <= RIGHT + NEAR, one
            assert 15 < one.top < one.bottom < 280, one


def test_lines_begin_and_end_as_they_may() -> None:
    text = "，甲（乙）丙。“丁”戊、2023年12月29日、000-00000000；" * 40
    for cut in range(60):
        found = list(lines(text[cut + 1 :]))
        assert "".join(row.text for row in found) == text[cut + 1 :]
        for before, after in pairwise(found):
            assert after.text[0] not in NO_START
            assert before.text[-1] not in NO_END
            assert not (before.text[-1].isdigit() and after.text[0].isdigit())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("虚构通知", ["虚构通知"]),
        (f"关于拟命名{TITLE}的公示", ["关于拟命名2023年度虚构区", "离退休干部示范党支部的公示"]),
        ("由作者\n断行的标题", ["由作者", "断行的标题"]),
        ("长" * 200, None),
    ],
)
def test_titles_break_at_sense(title: str, expected: list[str] | None) -> None:
    found = title_lines(title)
    assert "".join(found) == title.replace("\n", "")
    assert expected in (None, found)
    assert max(map(len, found)) <= 20


@pytest.mark.parametrize("outcome", ["open", "tied", "candidate"])
def test_nothing_is_published_while_an_outcome_is_open(outcome: str) -> None:
    waiting = replace(PUBLIC, branches=(*PUBLIC.branches, branch(11, "悬而未决支部", outcome)))
    for make in (notice, decision):
        with pytest.raises(Unfit) as unfit:
            make(waiting)
        for language in ("zh", "en"):
            assert "B11 悬而未决支部" in unfit.value.why.say(language)


def test_what_the_criteria_lack_is_said() -> None:
    with pytest.raises(Unfit, match="public notice"):
        notice(public(notice=None))
    with pytest.raises(Unfit, match="title"):
        decision(public(award=None))
    with pytest.raises(Unfit, match="no branch"):
        decision(replace(PUBLIC, branches=PUBLIC.branches[-1:]))


def test_numbers_of_persons_in_a_name_are_hidden() -> None:
    named = replace(PUBLIC, branches=(branch(1, "虚构13800138000支部"),))
    for made in (decision(named), notice(named)):
        assert "138" not in on_paper(made)


def test_a_text_and_a_title_of_ones_own() -> None:
    own = replace(OFFICE, title="关于表扬\n{title}的决定", text="一、命名{count}个\n第二段{year}")
    made = decision(public(on_decision=own))
    assert made.text == ("一、命名4个", "第二段2023")
    assert made.imprint == Imprint(OFFICE.copies, OFFICE.printer, date(2023, 12, 11))


def test_a_missing_character_is_said() -> None:
    assert lacking([("x.pdf", on_paper(DOCUMENTS["decision"]))]) == "𱁬"


NOTICE_IN_CRITERIA = """
notice: {issued: 2023-12-11, first: 2023-12-12, last: 2023-12-18, working_days: 5}
papers:
  decision: {number: 虚组〔2023〕1号, printer: 虚构局}
"""


def test_from_a_run_to_paper(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    table = folder / "criteria/jingan-2023.yaml"
    text = table.read_text(encoding="utf-8")
    table.write_text(text, encoding="utf-8")
    if "\nnotice:" not in text:
        assert call("evaluate", "--only", "json", cwd=folder).returncode == 0
        early = call("publish", "notice", "--lang", "en", cwd=folder)
        assert early.returncode == 1
        assert "the criteria have no public notice" in early.stderr
        table.write_text(text + NOTICE_IN_CRITERIA, encoding="utf-8")
    assert call("evaluate", "--only", "json", cwd=folder).returncode == 0
    for kind in ("notice", "decision"):
        done = call("publish", kind, cwd=folder)
        assert (done.returncode, done.stderr) == (0, ""), kind
    out = folder / "published/jingan-2023"
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(first) == {"notice.pdf", "notice.html", "decision.pdf"}
    again = call("publish", "decision", "reports/jingan-2023/latest", "-o", "again", cwd=folder)
    assert again.returncode == 0
    assert (folder / "again/decision.pdf").read_bytes() == first["decision.pdf"]
    differs = call("publish", "decision", "--number", "另〔2023〕2号", cwd=folder)
    assert differs.returncode == 1
    assert (out / "decision.pdf").read_bytes() == first["decision.pdf"]
    assert (
        call("publish", "decision", "--number", "另〔2023〕2号", "--replace", cwd=folder).returncode
        == 0
    )
    assert "另〔2023〕2号" in running(out / "decision.pdf")


def test_a_run_that_was_changed_is_not_published(tmp_path: Path) -> None:
    folder = copied(tmp_path, ("JA-03", "JA-07"))
    assert call("publish", "notice", cwd=folder).returncode == 2
    call("evaluate", "--only", "json", cwd=folder)
    file = folder / "reports/jingan-2023/0001/public.json"
    known = json.loads(file.read_bytes())
    known["branches"][0]["outcome"] = "not_named"
    file.write_text(json.dumps(known), encoding="utf-8")
    done = call("publish", "decision", cwd=folder)
    assert done.returncode == 1
    assert "L024" in done.stderr
    assert not (folder / "published").exists()


def test_forms_by_command(tmp_path: Path) -> None:
    folder = copied(tmp_path, ("JA-03", "JA-07"))
    done = call("publish", "form", SUBMISSIONS, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    out = folder / "published/jingan-2023"
    assert {path.name for path in out.iterdir()} == {"form-JA-03.pdf", "form-JA-07.pdf"}
    (folder / SUBMISSIONS / "JA-03.yaml").write_text("code: [", encoding="utf-8")
    assert call("publish", "form", SUBMISSIONS, "-o", "x", cwd=folder).returncode == 1
    assert not (folder / "x").exists()
