"""What official documents say beside the results: numbers, addressees, copies, printer."""

from branchscore.text.scalars import Day, Line, Name
from branchscore.text.typing import Strict


class Paper(Strict):
    """一份公文的要素，都可以不写。`title` 分几行写，就照样回行；`text` 每行一段，代替固定的正文，
    可以用 `{title}`（称号）、`{year}`、`{count}`（几个支部）。

    The elements of one document, all optional. A `title` on several lines keeps them; `text` has a
    paragraph on each line and stands for the usual one; it may use `{title}`, `{year}`,
    `{count}`."""

    number: Name | None = None
    """发文字号，年份用六角括号，如 某委组〔2023〕45号；没有就不套红头 · the document's number;
    without one there is no red head"""
    title: Line | None = None
    """标题 · the title"""
    text: Line | None = None
    """正文 · the text"""
    to: Name | None = None
    """主送机关 · whom it is addressed to"""
    copies: Name | None = None
    """抄送机关 · who gets copies"""
    printer: Name | None = None
    """印发机关，写了才有版记 · the office that prints it; without one there is no imprint"""
    printed: Day | None = None
    """印发日期，不写就是成文日期 · the day it is printed, by default the day of the document"""


class Papers(Strict):
    """公示和命名决定的公文要素 · the elements of the public notice and the naming decision."""

    notice: Paper = Paper()
    """公示 · the public notice"""
    decision: Paper = Paper()
    """命名决定 · the naming decision"""
