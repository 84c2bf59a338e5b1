"""Certificates and plaques: each design with names short and long, nothing cut off, all of it
read back."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import measured
import paper
from branchscore.certificates.design import design_of
from branchscore.certificates.issue import Certificate, page, plaque
from branchscore.certificates.sample import NAME, sample
from branchscore.criteria.reading import read_criteria
from branchscore.outputs.press import PaperError, press
from branchscore.outputs.squeezing import PAIRS, squeezed
from campaign import PARTS, call
from conftest import ROOT

TABLE = ROOT / PARTS[0]
LONG = (
    "中国共产党示例省示例市示例区虚构国有资产经营管理（集团）有限责任公司机关本部及所属虚构建设投资"
    "发展控股有限公司、虚构文化旅游产业发展集团有限公司离退休干部第十二联合支部委员会"
)
RARE = "中国共产党示例区䶮镇㙍社区老干部支部委员会"
ISSUERS = (
    "中国共产党示例区委员会组织部",
    "中国共产党示例区离退休干部工作委员会",
    "中国共产党示例区委员会老干部局",
)
SIZES = {"landscape": (297, 210), "portrait": (210, 297), "plaque": (300, 200)}


def certificates(folder: Path, design: str, name: str) -> Certificate:
    text = TABLE.read_text(encoding="utf-8")
    text = text.replace("  date: 2023-12-29\n", f"  date: 2023-12-29\n  design: {design}\n")
    lines = text.split("issuers:\n")[1].split("\nnote:")[0]
    text = text.replace(lines, "".join(f"  - {issuer}\n" for issuer in ISSUERS))
    path = folder / "table.yaml"
    path.write_text(text, encoding="utf-8")
    table, _ = read_criteria(path)
    assert table.award
    return sample(table, table.award, name)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    folder = tmp_path_factory.mktemp("designs")
    sheets = dict(pages(folder))
    made: dict[tuple[str, str], Path] = {}
    named = [("·".join(key), html) for key, html in sheets.items()]
    for n, (key, (_, pdf)) in enumerate(zip(sheets, press(named), strict=True)):
        made[key] = folder / f"{n}.pdf"
        made[key].write_bytes(pdf)
    return made


def pages(folder: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for name in (NAME, LONG, RARE):
        for design in ("landscape", "portrait"):
            certificate = certificates(folder, design, name)
            table, _ = read_criteria(folder / "table.yaml")
            assert table.award
            yield (design, name), page(certificate, "zh", design_of(table.award))
        yield ("plaque", name), plaque(certificate, "zh")


@pytest.mark.parametrize("name", [NAME, LONG, RARE], ids=["usual", "long", "rare"])
@pytest.mark.parametrize("design", SIZES)
def test_all_of_it_is_on_the_page(
    printed: dict[tuple[str, str], Path], design: str, name: str
) -> None:
    pdf, (wide, high) = printed[design, name], SIZES[design]
    assert "Pages:           1\n" in paper.poppler("pdfinfo", pdf)
    text = paper.squeezed(paper.text(pdf, "-raw"))
    said = ["静安区离退休干部示范党支部", *ISSUERS, "虚构样例"]
    for word in (name, *said):
        assert word in text, word
    boxes = measured.words(pdf, 1)
    assert boxes
    for box in boxes:
        assert box.left >= 8, box
        assert box.top >= 8, box
        assert box.right <= wide - 8, box
        assert box.bottom <= high - 8, box


def test_words_of_the_name_are_kept_whole(printed: dict[tuple[str, str], Path]) -> None:
    rows = [row.text for row in measured.rows(printed["portrait", LONG], 1)]
    for word in ("有限责任公司", "支部委员会", "国有", "集团", "示例省"):
        assert any(word in row for row in rows), (word, rows)


def own(folder: Path, text: str) -> Certificate:
    (folder / "own.html.j2").write_text(text, encoding="utf-8")
    return certificates(folder, "own.html.j2", NAME)


def test_a_design_of_ones_own(tmp_path: Path) -> None:
    certificate = own(
        tmp_path,
        '{% extends "certificate.html.j2" %}{% block geometry %}{{ super() }}'
        "h1 { color: #123456; }{% endblock %}",
    )
    table, _ = read_criteria(tmp_path / "table.yaml")
    assert table.award
    html = page(certificate, "zh", design_of(table.award))
    assert "#123456" in html
    assert NAME in "".join(html.replace("<br>", "").split())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{% if %}", "own.html.j2:1"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ certificate.__class__ }}", "unsafe"),
        ("{% include '../../../etc/passwd' %}", "not found"),
        ("{% for i in range(999999) %}{% endfor %}", "Range too big"),
        ("{{ 'x'.join(5) }}", "can only join an iterable"),
    ],
)
def test_a_broken_design_is_told(tmp_path: Path, text: str, why: str) -> None:
    certificate = own(tmp_path, text)
    table, _ = read_criteria(tmp_path / "table.yaml")
    assert table.award
    with pytest.raises(PaperError) as error:
        page(certificate, "zh", design_of(table.award))
    assert "own.html.j2" in error.value.why.zh
    assert why in error.value.why.en


def test_the_command(tmp_path: Path) -> None:
    done = call("preview", f"{PARTS[1]}/JA-06.yaml", "-c", PARTS[0], "-o", tmp_path, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["certificate.pdf", "certificate.png", "plaque.pdf", "plaque.png"]
    text = paper.squeezed(paper.text(tmp_path / "certificate.pdf"))
    assert "第二联合支部委员会" in text
    assert "虚构样例" in text
    assert (tmp_path / "certificate.png").read_bytes().startswith(b"\x89PNG")


def test_the_command_says_what_it_lacks(tmp_path: Path) -> None:
    bare = tmp_path / "bare.yaml"
    text = TABLE.read_text(encoding="utf-8")
    bare.write_text(text[: text.index("\naward:")] + "\n", encoding="utf-8")
    done = call("preview", "-c", bare, "-o", tmp_path / "out", cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "award" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("（集团）有限公司：", []),
        ("《条例》（试行）：", ["》", "）"]),
        ("“《意见》”。", ["《", "》", "”"]),
        ("他说：“好。”", ["：", "。"]),
        ("a<b>）：", ["）"]),
    ],
)
def test_punctuation_side_by_side_is_squeezed(text: str, half: list[str]) -> None:
    assert [hit[0] for hit in PAIRS.finditer(text)] == half
    assert str(squeezed(text)).count('class="squeeze"') == len(half)


@settings(max_examples=200)
@given(st.text(alphabet="甲乙（）《》“”：，。<>&\"'"))
def test_squeezing_keeps_the_text_and_nothing_else(text: str) -> None:
    html = str(squeezed(text))
    bare = html.replace('<span class="squeeze">', "").replace("</span>", "")
    assert unescape(bare) == text
