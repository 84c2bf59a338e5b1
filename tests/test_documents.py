"""Official documents: the figures of GB/T 9704-2012 measured on the page.

Lengths are in millimetres from the upper left corner of the page.
"""

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

import paper
from branchscore.documents.document import dated
from measured import MM, Box, bars, drawn, edges, ink, is_dark, is_red, rows, word, words
from official import (
    BOTTOM,
    CHARACTER,
    DOCUMENTS,
    EM3,
    EM4,
    ISSUERS,
    LEFT,
    LINE,
    LONGEST,
    NEAR,
    OFFICE,
    RIGHT,
    TITLE,
    TOP,
    count,
    print_all,
    running,
)


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    return print_all(tmp_path_factory.mktemp("documents"))


def test_the_type_area_has_22_lines_of_28_characters(pdfs: Mapping[str, Path]) -> None:
    assert "595.276 x 841.89 pts (A4)" in paper.poppler("pdfinfo", pdfs["full"])
    for page in (2, 3):
        body = [row for row in rows(pdfs["full"], page) if 30 < row.top < BOTTOM]
        assert [row.text for row in body][:22] == ["国" * 28] * len(body[:22])
        for i, row in enumerate(body):
            assert (row.left, row.right) == pytest.approx((LEFT, RIGHT), abs=NEAR)
            assert (row.top + row.bottom) / 2 == pytest.approx(TOP + (i + 0.5) * LINE, abs=NEAR)
    assert len([r for r in rows(pdfs["full"], 2) if 30 < r.top < BOTTOM]) == 22
    assert running(pdfs["full"]).count("国") == 26 + 28 * 60


def test_the_first_line_of_a_paragraph_leaves_two_characters(pdfs: Mapping[str, Path]) -> None:
    first = rows(pdfs["full"], 1)[1]
    assert first.text == "国" * 26
    assert first.left == pytest.approx(LEFT + 2 * CHARACTER, abs=NEAR)
    assert first.right == pytest.approx(RIGHT, abs=NEAR)


@pytest.mark.parametrize("name", ["decision", "one", "five"])
def test_the_red_head(name: str, pdfs: Mapping[str, Path]) -> None:
    """Names from 35 mm below the type area's top, the number two lines below them, the rule as
    wide as the type area and 4 mm below the number, the title two lines below that."""
    pdf, page = pdfs[name], Box(20, 50, 190, 200)
    red = is_red(drawn(pdf, 1, page))
    everything = edges(red, page)
    assert everything.top == pytest.approx(TOP + 35, abs=NEAR)
    assert (everything.left, everything.right) == pytest.approx((LEFT, RIGHT), abs=NEAR)
    ((above, below),) = bars(is_red(drawn(pdf, 1, Box(30, 50, 180, 200))), Box(30, 50, 180, 200))
    assert everything.bottom == pytest.approx(below, abs=0.05)
    number = word(pdf, 1, OFFICE.number)
    assert number.middle == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)
    inked = ink(pdf, 1, Box(30, number.top, 180, number.bottom))
    assert above - inked.bottom == pytest.approx(4, abs=NEAR)
    mark = edges(red[: round((number.top - 50) / 25.4 * 600)], page)
    assert inked.top - mark.bottom == pytest.approx(2 * LINE + (LINE - EM3) / 2, abs=1.5)
    title = next(row for row in rows(pdf, 1) if row.text.startswith("关于"))
    assert title.bottom - title.top == pytest.approx(22 / MM * 1.437, abs=NEAR)
    middle = (title.top + title.bottom) / 2
    assert middle - below == pytest.approx(2 * LINE + 11.6 / 2, abs=NEAR)


def test_joint_issuers_stand_in_order_and_equally_wide(pdfs: Mapping[str, Path]) -> None:
    names = [row for row in rows(pdfs["decision"], 1) if 50 < row.top < 120]
    assert [row.text.removesuffix("文件") for row in names] == list(ISSUERS)
    page = Box(20, 50, 190, 200)
    inked = [
        edges(is_red(drawn(pdfs["decision"], 1, box)), box)
        for row in names
        for box in [page._replace(top=row.top + 4, bottom=row.bottom - 4, right=148)]
    ]
    assert max(b.left for b in inked) - min(b.left for b in inked) < 1
    assert [row.text for row in names if row.text.endswith("文件")] == [ISSUERS[1] + "文件"]


def test_the_title_is_centred_and_makes_a_trapezoid(pdfs: Mapping[str, Path]) -> None:
    found = [row for row in rows(pdfs["decision"], 1) if row.bottom - row.top > 10]
    title = [row for row in found if row.top > 140]
    assert [row.text for row in title] == ["关于命名2023年度虚构区", "离退休干部示范党支部的决定"]
    for row in title:
        assert row.middle == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)
    after = word(pdfs["decision"], 1, f"{OFFICE.to}：")
    assert after.left == pytest.approx(LEFT, abs=NEAR)
    gap = (after.top + after.bottom) / 2 - (title[-1].top + title[-1].bottom) / 2
    assert gap == pytest.approx(LINE + (11.6 + LINE) / 2, abs=NEAR)


def test_page_numbers_stand_outside_7_mm_below(pdfs: Mapping[str, Path]) -> None:
    for page in range(1, count(pdfs["deep"]) + 1):
        foot = Box(LEFT - 5, BOTTOM + 1, RIGHT + 5, BOTTOM + 15)
        whole = ink(pdfs["deep"], page, foot)
        right = page % 2 == 1
        edge = whole.right if right else whole.left
        assert edge == pytest.approx(RIGHT - EM4 if right else LEFT + EM4, abs=NEAR)
        dash = Box(edge - 2, foot.top, edge, foot.bottom)
        dash = dash if right else Box(edge, foot.top, edge + 2, foot.bottom)
        assert ink(pdfs["deep"], page, dash).top == pytest.approx(BOTTOM + 7, abs=NEAR)
        row = next(row for row in rows(pdfs["deep"], page) if row.top > BOTTOM)
        assert row.text == f"—{page}—"
        assert row.bottom - row.top == pytest.approx(EM4 * 1.437, abs=0.1)


@pytest.mark.parametrize("name", ["decision", "one", "five"])
def test_the_imprint_ends_the_last_page(name: str, pdfs: Mapping[str, Path]) -> None:
    pdf, last = pdfs[name], count(pdfs[name])
    within = Box(30, 150, 180, BOTTOM + 2)
    found = bars(is_dark(drawn(pdf, last, within, 1200)), within, 1200)
    thick = [bottom - top for top, bottom in found]
    assert found[-1][1] == pytest.approx(BOTTOM, abs=NEAR)
    assert thick == pytest.approx([0.35, 0.35] if name == "one" else [0.35, 0.25, 0.35], abs=0.03)
    inked = ink(pdf, last, Box(20, found[-1][0], 190, found[-1][1]))
    assert (inked.left, inked.right) == pytest.approx((LEFT, RIGHT), abs=NEAR)
    inside = [row for row in rows(pdf, last) if row.top > found[0][0] and row.bottom < BOTTOM + 1]
    assert min(row.left for row in inside) == pytest.approx(LEFT + EM4, abs=NEAR)
    assert inside[-1].right == pytest.approx(RIGHT - EM4, abs=NEAR)
    assert inside[-1].text == f"{OFFICE.printer}2023年12月11日印发"
    for page in range(1, last):
        assert bars(is_dark(drawn(pdf, page, within)), within) == []


@pytest.mark.parametrize("name", ["decision", "one", "five", "notice"])
def test_seals_have_their_room_and_none_is_drawn(name: str, pdfs: Mapping[str, Path]) -> None:
    """The date ends four characters before the right edge, the last name is centred above it.
    Around each name 42 mm are free of other names and of text, and begin within one line of the
    last text above."""
    document, pdf = DOCUMENTS[name], pdfs[name]
    written = dated(document.date)
    page = next(p for p in range(1, 9) if written in {row.text for row in rows(pdf, p)})
    day = word(pdf, page, written)
    assert day.right == pytest.approx(RIGHT - 4 * CHARACTER, abs=NEAR)
    body = [w for w in words(pdf, page) if 30 < w.top < BOTTOM]
    signed = [
        w for w in body if w.text in document.issuers or (len(w.text) > 8 and w.text in LONGEST)
    ]
    assert signed[-1].middle == pytest.approx(day.middle, abs=NEAR)
    text = [w for w in body if w not in signed and w != day and w.text not in "".join(ISSUERS)]
    above = max(w.bottom for w in text if w.top < signed[0].top)
    room = (signed[0].top + signed[0].bottom) / 2 - 21 - (LINE / 2 if len(signed) == 1 else 0)
    assert abs(room - above) < LINE
    if name in ("decision", "notice"):
        assert [one.text for one in signed] == list(ISSUERS)
        down = [one.top + (LINE / 2 if one is signed[-1] else 0) for one in signed]
        for (one, y), (other, z) in combinations(zip(signed, down, strict=True), 2):
            assert max(abs(one.middle - other.middle), abs(y - z)) >= 42 - 0.1
        for one in signed:
            assert LEFT - NEAR <= one.middle - 21 < one.middle + 21 <= RIGHT + NEAR
    assert b"/Subtype /Image" not in pdf.read_bytes()


def test_levels_of_the_text(pdfs: Mapping[str, Path]) -> None:
    """一、 stands in Hei, （一） and 1. in the face of the text."""
    within = Box(LEFT, TOP, RIGHT, 120)
    found = {row.text: row for row in rows(pdfs["levels"], 1)}
    assert list(found)[1:4] == ["一、总的要求", "（一）分的要求", "1.具体要求。"]
    tones = [
        is_dark(drawn(pdfs["levels"], 1, within._replace(top=r.top, bottom=r.bottom))).sum()
        / len(r.text)
        for r in (found["一、总的要求"], found["（一）分的要求"])
    ]
    assert tones[0] > 1.2 * tones[1]


def test_attachments(pdfs: Mapping[str, Path]) -> None:
    pdf = pdfs["decision"]
    page = next(p for p in range(1, 9) if "附件" in {row.text for row in rows(pdf, p)})
    assert page == count(pdf)
    assert word(pdf, page, "附件").left == pytest.approx(LEFT, abs=NEAR)
    said = next(r for p in range(1, page) for r in rows(pdf, p) if r.text.startswith("附件："))
    assert said.text == f"附件：{TITLE}名单"
    assert said.left == pytest.approx(LEFT + 2 * CHARACTER, abs=NEAR)
