"""`index.html` in a browser: it shows what the results say, and runs nothing else."""

import re
import subprocess
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import dashboard_page
import paper
from branchscore import evaluate
from branchscore.outputs.dashboard import IN_TABLES, SCRIPTS, index, script
from branchscore.outputs.gather import gather
from branchscore.outputs.results import Results
from browser import CHROMIUM, Browser
from conftest import ROOT
from dashboard_page import asks, cells_of, codes, goes, results, text
from node_packages import NODE
from screen import Page

address, chromium, page = dashboard_page.address, dashboard_page.chromium, dashboard_page.page
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
HOSTILE = ROOT / "tests" / "hostile"


def test_the_ranking_is_that_of_the_results(page: Browser) -> None:
    assert codes(page) == [branch["code"] for branch in results()["branches"]]
    cells = cells_of(page, "#rows tbody tr")
    for row, branch in zip(cells, results()["branches"], strict=True):
        assert row[1] == (str(branch["rank"]) if branch["rank"] else "—")
        assert row[2] == f"{branch['name']} {branch['code']}"
        assert row[-2] == branch["grade"]["zh"]
        shown = [end.strip() for end in row[-3].split("—")]
        assert {float(end) for end in shown} == {float(branch["low"]), float(branch["high"])}


def test_filters_show_what_they_say(page: Browser) -> None:
    every = results()["branches"]
    for outcome in {branch["outcome"] for branch in every}:
        wanted = [branch["code"] for branch in every if branch["outcome"] == outcome]
        assert asks(page, "by-outcome", outcome) == wanted
    asks(page, "by-outcome", "")
    grades = page.run("[...document.getElementById('by-grade').options].map(o => o.text)")
    assert set(grades) == {"全部", *(branch["grade"]["zh"] for branch in every)}
    for number, grade in enumerate(grades[1:]):
        wanted = [branch["code"] for branch in every if branch["grade"]["zh"] == grade]
        assert asks(page, "by-grade", str(number)) == wanted
    assert "24 个支部中符合条件的" in text(page, "#shown")


def test_a_branch_is_found_by_code_or_name(page: Browser) -> None:
    assert asks(page, "by-text", "ja-08") == ["JA-08"]
    assert asks(page, "by-text", "䶮") == ["JA-03"]
    assert asks(page, "by-text", "没有这个支部") == []
    assert "没有符合条件的支部" in text(page)


def test_every_column_sorts_both_ways(page: Browser) -> None:
    names = page.run("[...document.querySelectorAll('.sort')].map(b => b.id)")
    assert len(names) == 5 + len(results()["criteria"]["sections"])
    for name in names:
        state = f"document.getElementById({name!r}).closest('th').getAttribute('aria-sort')"
        orders = []
        for _ in range(2):
            page.run(f"document.getElementById({name!r}).click()")
            orders.append((page.run(state), codes(page)))
        assert {way for way, _ in orders} == {"ascending", "descending"}, name
        assert page.run("document.querySelectorAll('[aria-sort]').length") == 1
        assert page.run("document.activeElement.id") == name
        assert all(sorted(found) == sorted(orders[0][1]) for _, found in orders)
    by_points = sorted(results()["branches"], key=lambda branch: float(branch["low"]), reverse=True)
    page.run("document.getElementById('sort-points').click()")
    found = codes(page)
    lows = {branch["code"]: branch["low"] for branch in by_points}
    assert [lows[code] for code in found] == [branch["low"] for branch in by_points]


def test_a_branch_shows_every_reason_with_its_place(page: Browser) -> None:
    for branch in results()["branches"]:
        told = re.sub(r"\s", "", goes(page, f"#{branch['code']}"))
        assert re.sub(r"\s", "", branch["file"]) in told
        for item in (item for part in branch["sections"] for item in part["items"]):
            assert re.sub(r"\s", "", item["why"]["zh"]) in told
            for place in item["places"]:
                first = (place["records"] or [place["line"]])[0]
                assert not first or re.search(rf"申报第[0-9,–]*{first}", told)
            for mark in item["marks"]:
                assert mark["reviewer"] in told
        for strike in branch["strikes"]:
            assert re.sub(r"\s", "", strike["what"]["zh"] + "·" + strike["reason"]) in told
        for test in branch["tests"]:
            assert re.sub(r"\s", "", test["why"]["zh"]) in told


def test_pictures_tell_their_figures_to_who_cannot_see_them(page: Browser) -> None:
    goes(page, "#/spread")
    spread = results()["spread"]
    assert spread
    label = page.run("document.querySelector('svg.bands').getAttribute('aria-label')")
    for band in spread["bands"]:
        assert f"{band['low']}–{band['high']}: {band['number']}" in label
    assert page.run("document.querySelectorAll('svg.dot').length") == len(near())
    told = goes(page, "#JA-08")
    for line in spread["lines"]:
        if line["id"] in ("political", "total"):
            assert f"中位数 {float(line['median']):.2f}" in told
    assert (
        page.run("document.querySelectorAll('svg:not([aria-label]):not([aria-hidden])').length")
        == 0
    )


def near() -> list[Any]:
    safety = results()["safety"]
    assert safety
    return list(safety["near"])


def test_two_branches_stand_side_by_side(page: Browser) -> None:
    for code in ("JA-08", "JA-18"):
        page.run(f"document.querySelector('.pick[value={code}]').click()")
    assert page.run("document.getElementById('both').hidden") is False
    goes(page, page.run("document.getElementById('both').hash"))
    rows = cells_of(page, ".compared tbody tr")
    by_code = {branch["code"]: branch for branch in results()["branches"]}
    both = [by_code[code] for code in ("JA-08", "JA-18")]
    items = [{i["id"]: i for part in b["sections"] for i in part["items"]} for b in both]
    shown = {row[0]: row for row in rows if row[0] in items[0]}
    assert shown.keys() == items[0].keys()
    for name, row in shown.items():
        a, b = (each[name] for each in items)
        assert paper.squeezed(a["why"]["zh"]) in paper.squeezed(row[2])
        assert paper.squeezed(b["why"]["zh"]) in paper.squeezed(row[4])
        open_ = a["low"] != a["high"] or b["low"] != b["high"]
        assert row[6] == "" if open_ else exact(row[6]) == exact(a["low"]) - exact(b["low"])
    page.run("document.getElementById('only-apart').click()")
    left = page.run(
        "[...document.querySelectorAll('.compared tbody th.label')].map(c => c.innerText)"
    )
    ends = [{name: (i["low"], i["high"]) for name, i in each.items()} for each in items]
    assert left == [name for name in items[0] if ends[0][name] != ends[1][name]]


def exact(points: str) -> Fraction:
    return Fraction(points.replace("−", "-"))


def test_differences_are_exact(page: Browser) -> None:
    """The functions of the page itself, in a scope of the test."""
    source = script()
    part = source[source.index("// The exact difference") : source.index("// Elements.")]
    found = page.run(
        f"(() => {{ {part} return [['0.3', '0.1'], ['5/6', '1/3'], ['1/3', '0.5'], "
        "['−1.50', '2'], ['∞', '1'], ['1 2', '1'], ['4', '4']]"
        ".map(([a, b]) => difference(a, b)); })()"
    )
    assert found == ["+0.2", "+0.5", "−1/6", "−3.50", "", "", "0"]


def test_both_languages_are_in_the_page(page: Browser) -> None:
    page.run("document.getElementById('language').click()")
    assert page.run("document.documentElement.lang") == "en"
    assert page.run("document.activeElement.id") == "language"
    assert results()["criteria"]["title"]["en"] in text(page, "header")
    assert "named" in text(page, "#rows")
    for view in ("#/spread", "#/about"):
        goes(page, view)
    told = goes(page, "#JA-08")
    branch = next(b for b in results()["branches"] if b["code"] == "JA-08")
    for item in (item for part in branch["sections"] for item in part["items"]):
        assert item["why"]["en"] in told
    page.run("document.getElementById('language').click()")
    assert "计分说明" in text(page)


def test_without_scripts_the_tables_are_there(chromium: Browser, address: str) -> None:
    chromium.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chromium.open(address)
        root = chromium.send("DOM.getDocument", depth=1)["root"]["nodeId"]
        found = chromium.send("DOM.querySelectorAll", nodeId=root, selector="noscript details")
        assert len(found["nodeIds"]) == len(results()["branches"])
    finally:
        chromium.send("Emulation.setScriptExecutionDisabled", value=False)


def test_nothing_of_users_is_markup(chromium: Browser, tmp_path: Path) -> None:
    """Texts that try to end a script, or to be elements, are texts; with no policy to stop them."""
    parts = (HOSTILE / "criteria.yaml", HOSTILE / "submissions", HOSTILE / "reviews.yaml")
    found = gather(evaluate(*parts), "")
    for branch in found["branches"]:
        branch["name"] += "</script><script>document.title='in'</script><img src=x onerror=1>"
    html = re.sub(r"<meta http-equiv[^>]*>", "", index(found, "zh"))
    path = tmp_path / "index.html"
    path.write_text(html, encoding="utf-8")
    chromium.open(path.as_uri())
    blocks = len(re.findall("<script", html))
    for branch in found["branches"]:
        told = goes(chromium, f"#{branch['code']}")
        assert "<img src=x onerror=1>" in told
        assert chromium.run("document.images.length") == 0
        assert chromium.run("document.scripts.length") == blocks
    assert chromium.run("document.title") != "in"
    assert chromium.requests() == [path.as_uri()]


def test_the_policy_lets_only_our_script_run(chromium: Browser, tmp_path: Path) -> None:
    html = index(results(), "zh").replace("</body>", "<script>document.title='in'</script></body>")
    path = tmp_path / "index.html"
    path.write_text(html, encoding="utf-8")
    chromium.open(path.as_uri())
    assert chromium.run("document.title") != "in"
    assert any("script-src" in said for said in chromium.complaints())
    assert "innerHTML" not in script()


def test_no_file_of_the_script_is_long() -> None:
    folder = ROOT / "src" / "branchscore" / "outputs" / "templates" / "dashboard"
    assert {path.stem for path in folder.glob("*.js")} == set(SCRIPTS)
    for path in folder.iterdir():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


def many(number: int) -> Results:
    """The sample's branches over and over, under codes of their own."""
    found = deepcopy(results())
    ours = found["branches"]
    copies = []
    for n in range(number):
        branch = {**ours[n % len(ours)], "code": f"B{n:05}", "rank": n + 1}
        copies.append(branch)
    found["branches"] = copies  # type: ignore[typeddict-item]
    return found


def test_five_thousand_branches_stay_usable(
    chromium: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "index.html"
    path.write_text(index(many(5000), "zh"), encoding="utf-8")
    chromium.open(path.as_uri())
    before = chromium.metrics()
    assert len(codes(chromium)) == 100
    assert chromium.run("document.querySelectorAll('*').length") < 4000
    assert asks(chromium, "by-text", "B04321") == ["B04321"]
    told = goes(chromium, "#B04321")
    assert "计分说明" in told
    goes(chromium, "#")
    asks(chromium, "by-text", "")
    chromium.run("document.getElementById('page-after').click()")
    assert codes(chromium)[0] == "B00100"
    assert chromium.run("document.querySelectorAll('*').length") < 4000
    page = Page(path.read_text(encoding="utf-8"))
    assert len(page.details) == IN_TABLES
    cpu = before["TaskDuration"]
    with capsys.disabled():
        print(f"\n5,000 branches: {path.stat().st_size / 1e6:.1f} MB, first view {cpu:.2f} s CPU")


def test_the_script_is_sound_by_itself(tmp_path: Path) -> None:
    """Node parses it as the browser does: nothing hangs on one browser's leniency."""
    path = tmp_path / "script.js"
    path.write_text(script(), encoding="utf-8")
    done = subprocess.run([NODE, "--check", path], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
