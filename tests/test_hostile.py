"""Hostile submissions under a hostile table: nothing is fetched, run, lost or off the page."""

import csv
import io
import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import paper
from branchscore import evaluate
from branchscore.outputs.dashboard import index, script
from branchscore.outputs.fonts import drawable
from branchscore.outputs.gather import gather
from branchscore.outputs.press import press
from branchscore.outputs.public import published
from branchscore.outputs.report import report
from branchscore.outputs.sheets import as_csv
from branchscore.outputs.summary import summary
from campaign import PARTS as SAMPLE
from campaign import call
from case_files import dump, load
from conftest import ROOT

HOSTILE = ROOT / "tests" / "hostile"
CODES = tuple(f"H{n:02}" for n in range(1, 13))
PARTS = (HOSTILE / "criteria.yaml", HOSTILE / "submissions", HOSTILE / "reviews.yaml")
BOX = re.compile(r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">')
PAGE = re.compile(r'<page width="(\S+)" height="(\S+)">')


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run with every output, by the command itself."""
    out = tmp_path_factory.mktemp("hostile")
    shutil.copytree(HOSTILE, out / "hostile")
    arguments = ("hostile/submissions", "-c", "hostile/criteria.yaml")
    done = call("evaluate", *arguments, "--reviews", "hostile/reviews.yaml", cwd=out)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return out / "reports" / "hostile" / "0001"


@pytest.fixture(scope="module")
def results(run: Path) -> Any:
    return json.loads((run / "results.json").read_text(encoding="utf-8"))


def branch_of(results: Any, code: str) -> Any:
    return next(branch for branch in results["branches"] if branch["code"] == code)


def test_every_file_is_named_by_a_code(run: Path) -> None:
    names = {str(p.relative_to(run)) for p in run.rglob("*") if p.is_file()}
    papers = {f"{folder}/{c}.pdf" for folder in ("branches", "certificates") for c in CODES}
    single = {p.name for p in run.iterdir() if p.is_file()}
    assert names == papers | single
    assert all(re.fullmatch(r"[a-z]+\.(pdf|json|csv|xlsx|html)", name) for name in single)


def boxes_on_the_page(pdf: Path) -> None:
    """Every word that is drawn lies inside its page, as poppler measures it."""
    text = paper.text(pdf, "-bbox")
    pages = PAGE.split(text)[1:]
    for width, height, words in zip(pages[::3], pages[1::3], pages[2::3], strict=True):
        for box in BOX.findall(words):
            left, top, right, bottom = map(float, box)
            assert left >= 0, box
            assert top >= 0, box
            assert right <= float(width), box
            assert bottom <= float(height), box


def inert(pdf: Path, enclosed: tuple[str, ...] = ()) -> None:
    """Nothing in the file reaches out or runs, and nothing is attached but what we enclose."""
    for part in paper.streams(pdf):
        for name in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/GoToR"):
            assert not re.search(name + rb"\b", part), name
    listed = paper.poppler("pdfdetach", "-list", pdf)
    assert re.findall(r"^\d+: (.*)$", listed, re.MULTILINE) == list(enclosed)


def holds(pdf: Path, texts: Iterator[str]) -> None:
    text = paper.squeezed(paper.text(pdf, "-raw"))
    for wanted in texts:
        assert paper.squeezed(drawable(wanted)) in text, wanted


def said_of(results: Any, code: str) -> Iterator[str]:
    """What the report of a branch has to show."""
    branch = branch_of(results, code)
    yield branch["name"]
    yield branch["why"]["zh"]
    for proof in branch["evidence"]:
        yield proof["title"]
        yield proof["place"]
    for test in branch["tests"]:
        yield test["why"]["zh"]
    for part in branch["sections"]:
        yield from (item["why"]["zh"] for item in part["items"])
    yield results["criteria"]["title"]["zh"]
    yield results["criteria"]["batch"]["zh"]
    for section in results["criteria"]["sections"]:
        yield section["title"]["zh"]
        yield from (item["title"]["zh"] for item in section["items"])


@pytest.mark.parametrize("code", CODES)
def test_a_hostile_branch_on_paper(code: str, run: Path, results: Any) -> None:
    """Each of the submissions, through its report and its certificate."""
    name = branch_of(results, code)["name"]
    reported, certificate = run / "branches" / f"{code}.pdf", run / "certificates" / f"{code}.pdf"
    for pdf in (reported, certificate):
        boxes_on_the_page(pdf)
        inert(pdf, ("result.json",) if pdf is reported else ())
        assert drawable(name) in paper.title(pdf)
    assert len(PAGE.findall(paper.text(certificate, "-bbox"))) == 1
    holds(reported, said_of(results, code))
    award = load(PARTS[0])["award"]
    grade = branch_of(results, code)["grade"]["zh"]
    wording = award["wording"].replace("{grade}", grade).replace("{title}", award["title"])
    holds(certificate, iter([f"{name}：", *wording.split("{branch}"), *load(PARTS[0])["issuers"]]))


def test_the_summary_on_paper(run: Path, results: Any) -> None:
    boxes_on_the_page(run / "summary.pdf")
    inert(run / "summary.pdf")
    names = (branch["name"] for branch in results["branches"])
    table = results["criteria"]
    texts = (table["title"]["zh"], table["note"]["zh"], results["reviewers"][0])
    holds(run / "summary.pdf", iter([*names, *texts]))


class Skeleton(HTMLParser):
    """The tags and attributes of a page, and its text without styles and scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.styles: list[str] = []
        self.text, self._style = "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.styles += [value or "" for name, value in attrs if name == "style"]
        self._style = tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._style else data


def test_the_page_has_no_tag_of_a_user(run: Path, results: Any) -> None:
    evaluation = evaluate(*(ROOT / part for part in SAMPLE))
    ours = Skeleton(index(gather(evaluation, ""), "zh"))
    theirs = Skeleton((run / "index.html").read_text(encoding="utf-8"))
    assert theirs.tags <= ours.tags
    assert not {name for _, name in ours.tags if name.startswith("on")}
    assert all(re.fullmatch(r"width:[0-9.]+%", style) for style in theirs.styles)
    assert all(link.startswith("#") for link in theirs.links)
    for branch in results["branches"]:
        for part in branch["sections"]:
            for item in part["items"]:
                assert item["why"]["zh"] in theirs.text
        assert branch["name"] in theirs.text


def test_the_page_allows_itself_nothing(run: Path) -> None:
    html = (run / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert html.index("Content-Security-Policy") < html.index("<style>")
    digest = b64encode(sha256(script().encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "script-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


CHROMIUM = shutil.which("chromium")
SEEN = """<script>
const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
document.title = JSON.stringify([wide, document.images.length, document.scripts.length]);
</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: only the parser has looked")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_browser_runs_nothing_of_users(run: Path, tmp_path: Path, scripts: bool) -> None:
    """Without its policy the page does nothing either: it holds nothing that could."""
    html = (run / "index.html").read_text(encoding="utf-8")
    html = re.sub(r"<meta http-equiv[^>]*>", "", html).replace("<details ", "<details open ")
    if not scripts:
        html = re.sub(
            r"<script>.*?</script>", "", html.replace("noscript>", "div>"), flags=re.DOTALL
        )
    page = tmp_path / "index.html"
    page.write_text(html.replace("</body>", SEEN + "</body>"), encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    done = subprocess.run(
        [
            *command,
            f"--user-data-dir={tmp_path / 'profile'}",
            "--window-size=900,900",
            page.as_uri(),
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title
    assert json.loads(title[1]) == [False, 0, html.count("<script") + 1]


FORMULA = tuple("=+-@\t\r＝＋－＠")


def test_no_cell_of_the_table_is_a_formula(run: Path) -> None:
    text = (run / "ranking.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 1 + len(CODES)
    for cut in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=cut):
            assert not [cell for cell in row if cell.lstrip(" ").startswith(FORMULA)]
    of = {row[1]: row for row in rows[1:]}
    assert of["H07"][2] == "'=cmd|' -C calc'!A0"
    assert of["H07"][-2] == "'@SUM(A1:A9);'=1+1"


def test_a_penalty_stays_a_number() -> None:
    evaluation = evaluate(*(ROOT / part for part in SAMPLE))
    rows = list(csv.reader(io.StringIO(as_csv(published(evaluation), "zh").decode("utf-8-sig"))))
    assert re.fullmatch(r"-\d+(\.\d+)?", min(cell for row in rows[1:] for cell in row if cell))


def test_no_cell_of_the_workbook_is_a_formula(run: Path) -> None:
    book = openpyxl.load_workbook(run / "ranking.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    (kept,) = {cell.quotePrefix for cell in cells if cell.value == "=cmd|' -C calc'!A0"}
    assert kept is True
    texts = {cell.value for cell in cells}
    assert {'<svg onload=alert(1)><image href="x.svg"><style>第二支部', "m" * 3000} <= texts
    assert not [
        cell
        for cell in cells
        if cell.column > 2 and str(cell.value).isdecimal() and cell.data_type == "s"
    ]


def test_two_hundred_records_count(results: Any) -> None:
    items = {i["id"]: i for part in branch_of(results, "H10")["sections"] for i in part["items"]}
    assert items["W1"]["why"]["zh"].count("200 次") == 1
    assert len(items["W1"]["places"][0]["records"]) == 200


def everywhere(table: dict[str, Any], text: str) -> dict[str, Any]:
    """The table with the text as every title of an item, a section or a test."""
    for part in table["dimensions"]:
        part["title"] = text
        for item in part["indicators"]:
            item["title"] = text
    table["gates"][0]["title"] = text * 3
    table["batch"] = text
    return table


def test_the_longest_titles_stay_on_the_page(tmp_path: Path) -> None:
    text = "W" * 1000
    dump(tmp_path / "criteria.yaml", everywhere(load(PARTS[0]), text))
    evaluation = evaluate(tmp_path / "criteria.yaml", HOSTILE / "submissions" / "H10.yaml")
    results = gather(evaluation, "")
    pages = (
        ("report", report(results, results["branches"][0], (), "zh")),
        ("summary", summary(results, "zh")),
    )
    for name, pdf in press(pages):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        boxes_on_the_page(path)
        drawn = paper.squeezed(paper.text(path)).count(text[0])
        assert drawn >= text.count(text[0]) * (9 if name == "report" else 2), drawn
