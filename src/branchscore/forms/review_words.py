"""What the workbook and the text form of a review sheet say."""

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    DecimalField,
    ElementsField,
    IntegerField,
    ListField,
)
from branchscore.criteria.indicator import Leaf
from branchscore.criteria.model import Criteria
from branchscore.forms.sheet_layout import STRIKES
from branchscore.text.phrase import Phrase

REVIEWER, MARKS = "reviewer", "marks"
"""The kinds of its sheets, beside `STRIKES`."""
LOWERED = (IntegerField, DecimalField, BooleanField, ElementsField)
GUIDE = (
    Phrase(
        "一、在“{marks}”表里评定，一行一个支部，只填黄色格子。没有评的留空，留空不是零分。",
        "1. Judge in “{marks}”, one branch a row, in the yellow cells only. What is left blank is "
        "not judged; it is no zero.",
    ),
    Phrase(
        "二、与某个支部有利害关系的，在“利害关系”一栏写明，这一行不再评定，也不核减。",
        "2. Where there is a conflict of interest, say so in its column; such a row has no marks "
        "and no strikes.",
    ),
    Phrase(
        "三、核减写在“{strikes}”表里，一行一处，必须写理由。去掉一条台账，写台账名称和第几条；"
        "改小一个数，写填报内容和改为多少；把“是”改为否，写填报内容和“否”；去掉清单里的几样，"
        "写填报内容和去掉哪几样；一件佐证不作数，写佐证编号。",
        "3. Strikes go into “{strikes}”, one a row, each with its reason: a record by list and "
        "number; a number by field and what it is lowered to; a yes by field and “no”; elements by "
        "field and their names; a proof by its number.",
    ),
    Phrase(
        "四、填好后存成 .xlsx，运行 branchscore review import。",
        "4. Save as .xlsx and run branchscore review import.",
    ),
)
SHEETS = {
    REVIEWER: Phrase("评委", "Reviewer"),
    MARKS: Phrase("评定", "Marks"),
    STRIKES: Phrase("核减", "Strikes"),
    "options": Phrase("选项", "Options"),
}
ROWS = {
    "reviewer": Phrase("评委", "Reviewer"),
    "source": Phrase("评定的来源", "Source"),
    "office": Phrase("代表哪个部门", "Office"),
}
ROW_HINTS = {
    "reviewer": Phrase("姓名或编号", "name or number"),
    "source": Phrase("不填就是评审组", "the panel, where left blank"),
    "office": Phrase("由部门考核的项目才填", "for items that belong to an office"),
}
REASON = Phrase("理由", "Reason")
NEEDED = Phrase("理由（必填）", "Reason (required)")
VOTES = Phrase("“{level}”票数", "votes “{level}”")
COMMENT = Phrase("意见", "Comment")
CONFLICT = Phrase("利害关系", "Conflict of interest")
BRANCH = Phrase("支部代码", "Branch")
NAME = Phrase("支部名称", "Name")
COLUMNS = {
    "branch": BRANCH,
    "list": Phrase("台账", "List"),
    "record": Phrase("第几条", "Record"),
    "field": Phrase("填报内容", "Field"),
    "to": Phrase("改为", "Lowered to"),
    "without": Phrase("去掉哪几样", "Without"),
    "evidence": Phrase("佐证编号", "Evidence"),
    "reason": NEEDED,
}


def anchors(leaf: Leaf, criteria: Criteria) -> Phrase:
    """What each mark of an item stands for: its levels with their points, or the range."""
    return Phrase(*leaf.rule.terms(leaf.item(criteria.fields)).both())


def listed(criteria: Criteria) -> list[Phrase]:
    """The titles of lists, as strikes name them."""
    return [f.title for f in criteria.fields.values() if f.type in ("list", "texts")]


def lowered(criteria: Criteria) -> list[Phrase]:
    """The titles of what a strike can lower outside of records, then within them."""
    fields: list[Asked] = list(criteria.fields.values())
    inner = (f for one in fields if isinstance(one, ListField) for f in one.fields.values())
    titles = [f.title for f in (*fields, *inner) if isinstance(f, LOWERED)]
    return list(dict.fromkeys(titles))
