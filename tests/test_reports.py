"""The branch's report on paper, ordinary and in large type: all of it is there, and how long it
is."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import measured
import paper
from campaign import PARTS, call
from conftest import ROOT

CODES = ("JA-05", "JA-14", "JA-18")
FILES = tuple(f"{PARTS[1]}/{code}.yaml" for code in CODES)
POINTS = re.compile(r"\d\.\d\d")


@pytest.fixture(scope="module", params=["zh", "en"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp(request.param)
    kinds = "json,reports,large,summary"
    done = call(
        "evaluate", *FILES, "--criteria", PARTS[0], "--out", out,
        "--only", kinds, "--lang", request.param, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out / "jingan-2023" / "latest"


def language(run: Path) -> str:
    return str(json.loads((run / "manifest.json").read_text())["options"]["lang"])


def branches(run: Path) -> list[Any]:
    found: list[Any] = json.loads((run / "results.json").read_text(encoding="utf-8"))["branches"]
    assert [branch["code"] for branch in sorted(found, key=lambda b: b["code"])] == list(CODES)
    return found


@pytest.mark.parametrize("ending", [".pdf", "-large.pdf"])
def test_every_reason_and_every_step_is_on_paper(run: Path, ending: str) -> None:
    lang = language(run)
    for branch in branches(run):
        pdf = run / "branches" / f"{branch['code']}{ending}"
        words = paper.squeezed(paper.text(pdf, "-raw")).replace("−", "-")
        assert paper.squeezed(branch["name"]) in words
        assert paper.squeezed(branch["why"][lang]) in words
        for part in branch["sections"]:
            for item in part["items"]:
                why = paper.squeezed(item["why"][lang])
                # A page may end in the middle of a reason.
                assert why[:12] in words, (branch["code"], item["id"])
                assert why[-12:] in words, (branch["code"], item["id"])


def test_how_long_a_report_is(run: Path) -> None:
    for branch in branches(run):
        said = paper.poppler("pdfinfo", run / "branches" / f"{branch['code']}.pdf")
        pages = int(said.split("Pages:")[1].split()[0])
        print(branch["code"], pages)
        assert 2 <= pages <= 5


def test_nobody_else_is_named_in_a_report(run: Path) -> None:
    for branch in branches(run):
        for ending in (".pdf", "-large.pdf"):
            words = paper.squeezed(paper.text(run / "branches" / f"{branch['code']}{ending}"))
            for other in branches(run):
                if other is not branch and other["code"] != branch["code"]:
                    assert other["code"] not in words
                    assert paper.squeezed(other["name"]) not in words


def test_a_report_encloses_its_data_without_the_names_of_reviewers(run: Path) -> None:
    names = json.loads((run / "results.json").read_text(encoding="utf-8"))["reviewers"]
    assert len(names) == 7
    for branch in branches(run):
        pdf = run / "branches" / f"{branch['code']}.pdf"
        listed = paper.poppler("pdfdetach", "-list", pdf)
        assert "1 embedded files" in listed
        assert "result.json" in listed
        paper.poppler("pdfdetach", "-save", "1", "-o", run.parent / "result.json", pdf)
        found = json.loads((run.parent / "result.json").read_text(encoding="utf-8"))
        own = found["branch"]
        assert own["code"] == branch["code"]
        assert [own["low"], own["high"]] == [branch["low"], branch["high"]]
        marks = [m for part in own["sections"] for item in part["items"] for m in item["marks"]]
        assert len(marks) == sum(len(i["marks"]) for p in branch["sections"] for i in p["items"])
        assert not any("reviewer" in mark for mark in marks)
        assert not set(names) & set(
            json.dumps([marks, own["comments"]], ensure_ascii=False).split('"')
        )


def test_a_report_is_for_keeping(run: Path) -> None:
    """What of PDF/A-3 and of tagged files the file itself shows; no checker of the whole of it
    is to be had."""
    for branch in branches(run):
        pdf = run / "branches" / f"{branch['code']}.pdf"
        raw = b"\n".join(paper.streams(pdf))
        assert b"pdfaid:part" in raw
        assert re.search(rb"pdfaid:conformance[=>\"]*B", raw)
        assert "Tagged:          yes" in paper.poppler("pdfinfo", pdf)
        assert paper.title(pdf)
        assert paper.languages(pdf) == {b"zh-CN" if language(run) == "zh" else b"en"}
        assert all(embedded == "yes" for embedded, _ in paper.fonts(pdf).values())
        assert b"/Outlines" in raw
        assert b"/Encrypt" not in raw
        assert b"/JavaScript" not in raw


def test_a_report_of_nothing_and_one_of_forty_items(tmp_path: Path) -> None:
    """An application with no answers, under a table of forty items: all of it on the page."""
    text = (ROOT / "tests" / "bad" / "criteria.yaml").read_text(encoding="utf-8")
    one = (
        "      - {id: X%02d, title: 第%d项工作开展情况, points: 1, "
        "measure: {kind: value, field: members}, rule: {kind: per_unit, each: 0.1}}\n"
    )
    lines = "".join(one % (n, n) for n in range(1, 41))
    first, rest = text.split("    points: 10\n    indicators:\n")
    text = first + "    points: 50\n    indicators:\n" + lines + rest
    (tmp_path / "forty.yaml").write_text(text.replace("id: neutral", "id: forty"), encoding="utf-8")
    frame = "criteria: forty\ncode: A1\nbranch: 中国共产党示例区虚构支部委员会\nfictional: true\n"
    (tmp_path / "A1.yaml").write_text(frame, encoding="utf-8")
    done = call(
        "evaluate", "A1.yaml", "-c", "forty.yaml", "-o", "out", "--only", "json,reports,large",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name in ("A1.pdf", "A1-large.pdf"):
        pdf = tmp_path / "out" / "forty" / "latest" / "branches" / name
        words = paper.squeezed(paper.text(pdf, "-raw"))
        for n in range(1, 41):
            assert f"第{n}项工作开展情况" in words
        pages = paper.text(pdf, "-bbox").count("<page ")
        for page in range(1, pages + 1):
            for box in measured.words(pdf, page):
                assert box.left >= 10, box
                assert box.top >= 5, box
                assert box.right <= 200, box
                assert box.bottom <= 292, box
