"""`index.html` by keyboard, aloud, in large type, on a phone, on paper."""

import re
from pathlib import Path

import pytest

import dashboard_page
import paper
from branchscore.outputs.dashboard import index
from browser import CHROMIUM, Browser
from conftest import ROOT
from dashboard_page import asks, codes, goes, results, settled, text
from node_packages import installed

address, chromium, page = dashboard_page.address, dashboard_page.chromium, dashboard_page.page
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")


def test_large_type_enlarges_every_letter_and_fits(page: Browser) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('#rows tbody th a')).fontSize)"
    before = page.run(size)
    page.run("document.getElementById('large').click()")
    assert page.run("document.getElementById('large').getAttribute('aria-pressed')") == "true"
    assert page.run(size) >= 1.4 * before
    assert page.run(size) >= 24
    for view in ("#JA-08", "#/spread", "#/about", "#"):
        goes(page, view)
        assert page.run(WIDER) is False


WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_view_is_wider_than_its_screen(page: Browser, width: int) -> None:
    page.size(width, 800)
    for view in ("#JA-08", "#JA-08/JA-03", "#/spread", "#/about", "#"):
        goes(page, view)
        assert page.run(WIDER) is False, view


def test_all_can_be_done_by_keyboard(page: Browser) -> None:
    """Search, sort, open a branch and go back, without a mouse and without losing the focus."""
    page.press("Tab")
    assert page.run("document.activeElement.id") == "skip"
    page.press("Enter")
    assert page.run("document.activeElement.id") == "title"
    reach(page, "by-text")
    page.type("JA-0")
    assert set(codes(page)) == {f"JA-0{n}" for n in range(1, 10)}
    reach(page, "sort-points")
    page.press("Enter", "Enter")
    lows = {branch["code"]: float(branch["low"]) for branch in results()["branches"]}
    assert [lows[code] for code in codes(page)] == sorted(lows[code] for code in codes(page))
    while page.run("document.activeElement.className") != "pick":
        page.press("Tab")
    page.press(" ")
    assert page.run("document.querySelector('.pick').checked") is True
    assert "再选一个" in text(page, "#chosen")
    page.press("Tab")
    assert page.run("document.activeElement.tagName") == "A"
    outline = page.run("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.press("Enter")
    settled(page)
    assert page.run("document.activeElement.id") == "title"
    assert "计分说明" in text(page)
    page.run("history.back()")
    settled(page)
    assert page.run("document.getElementById('by-text').value") == "JA-0"


def reach(page: Browser, name: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(60):
        if page.run("document.activeElement.id") == name:
            return
        page.press("Tab")
    raise AssertionError(name)


def test_paper_shows_all_rows_that_fit_and_no_controls(page: Browser, tmp_path: Path) -> None:
    asks(page, "by-outcome", "named")
    path = tmp_path / "ranking.pdf"
    path.write_bytes(page.printed())
    told = paper.squeezed(paper.text(path))
    for branch in results()["branches"]:
        assert (branch["code"] in told) == (branch["outcome"] == "named"), branch["code"]
    assert "查找支部" not in told
    assert "虚构样例" in told
    goes(page, "#JA-08")
    path.write_bytes(page.printed())
    told = paper.squeezed(paper.text(path, "-raw"))
    branch = next(b for b in results()["branches"] if b["code"] == "JA-08")
    for item in (item for part in branch["sections"] for item in part["items"]):
        assert paper.squeezed(item["why"]["zh"]) in told
    for proof in branch["evidence"]:
        assert paper.squeezed(proof["title"]) in told


AXE = """(async () => {
    const found = await axe.run(document, { resultTypes: ["violations"],
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return found.violations.map(
        ({ impact, id, nodes: [one] }) => [impact, id, one.html, one.failureSummary]);
})()"""


@pytest.mark.parametrize("large", [False, True])
def test_axe_finds_nothing(page: Browser, large: bool) -> None:
    axe = installed(ROOT / "tests" / "axe") / "axe-core" / "axe.min.js"
    page.run(axe.read_text(encoding="utf-8") + "\n;0")
    if large:
        page.run("document.getElementById('large').click()")
        page.run("document.getElementById('language').click()")
    for view in ("#JA-18", "#JA-08/JA-18", "#/spread", "#/about", "#NONE", "#"):
        goes(page, view)
        page.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.run(AXE) == [], view


def test_axe_finds_nothing_in_the_tables_without_scripts(chromium: Browser, tmp_path: Path) -> None:
    html = index(results(), "zh").replace("noscript>", "div>")
    html = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    path = tmp_path / "index.html"
    path.write_text(html.replace("<details ", "<details open "), encoding="utf-8")
    chromium.open(path.as_uri())
    assert chromium.run("document.querySelectorAll('details[open]').length") == len(
        results()["branches"]
    )
    axe = installed(ROOT / "tests" / "axe") / "axe-core" / "axe.min.js"
    chromium.run(axe.read_text(encoding="utf-8") + "\n;0")
    assert chromium.run(AXE) == []


def test_motion_is_only_for_who_wants_it(page: Browser) -> None:
    moves = "getComputedStyle(document.getElementById('print')).transitionDuration"
    for wish, expected in (("reduce", "0s"), ("no-preference", "0.12s, 0.12s")):
        feature = {"name": "prefers-reduced-motion", "value": wish}
        page.send("Emulation.setEmulatedMedia", features=[feature])
        assert page.run(moves) in (expected, expected.split(",")[0])
    page.send("Emulation.setEmulatedMedia", features=[])
