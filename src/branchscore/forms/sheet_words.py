"""What the workbook says: how each field is filled in, and what a program tells who errs."""

from collections.abc import Mapping

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    ElementsField,
    EvidenceField,
    FiguresField,
    IntegerField,
)
from branchscore.text.phrase import Phrase

GUIDE = (
    Phrase(
        "一、在“{answers}”表里填写黄色格子；灰色格子不要改。",
        "1. Fill in the yellow cells of “{answers}”; leave the grey ones as they are.",
    ),
    Phrase(
        "二、台账每张表一行填一条，空行、顺序不影响。不够时在下面接着填，不必加框。",
        "2. One record a row in the lists; blank rows and order do not matter. Go on below the "
        "prepared rows where they do not suffice.",
    ),
    Phrase(
        "三、日期写成 2023-09-12。有小箭头的格子，点箭头选一个。",
        "3. Write days as 2023-09-12. Where a cell has an arrow, choose from it.",
    ),
    Phrase(
        "四、不要写公式，不要合并格子，不要贴图片。照片和扫描件放进与本文件同名的文件夹，"
        "在“{ledger}”表里登记编号和文件名；台账的“佐证”一栏只写编号，几个编号用“、”隔开。",
        "4. No formulas, merged cells or pictures. Put photographs and scans into the folder named "
        "like this file and enter number and file name in “{ledger}”; records name the numbers "
        "only, with commas between them.",
    ),
    Phrase(
        "五、一项也没有的台账，在“{answers}”表里选“{none}”；没有填全的选“{part}”。"
        "没有选的，填了就算填全，没填就算没有申报。",
        "5. For a list that has nothing choose “{none}” in “{answers}”, for one that is not whole "
        "“{part}”. Where nothing is chosen, a list with records counts as whole, one without as "
        "not answered.",
    ),
    Phrase(
        "六、填好后存成 .xlsx（不要存成 .xls、.et 或 .csv），连同佐证文件夹一起交。",
        "6. Save as .xlsx (not .xls, .et or .csv) and hand it in with the folder of evidence.",
    ),
)
SHEETS = {
    "guide": Phrase("填写说明", "How to fill in"),
    "answers": Phrase("支部情况", "The branch"),
    "ledger": Phrase("佐证", "Evidence"),
    "scores": Phrase("自评分", "Self-scores"),
    "options": Phrase("选项", "Options"),
}
HEADS = {
    "asked": Phrase("项目", "Asked"),
    "answer": Phrase("填在这里", "Answer"),
    "unit": Phrase("单位", "Unit"),
    "help": Phrase("怎么填", "How"),
    "number": Phrase("序号", "No."),
    "most": Phrase("满分", "Full points"),
    "lists": Phrase("台账填全了吗", "Are the lists whole?"),
}
TITLES = {
    "answers": Phrase("一、支部情况", "The branch"),
    "ledger": Phrase("佐证台账", "The evidence ledger"),
    "scores": Phrase("自评分", "The branch's own points"),
}
LEDGER_HINTS = {
    "id": Phrase("自己编，如 E1", "your own, such as E1"),
    "title": Phrase("是什么材料", "what it is"),
    "file": Phrase(
        "文件夹里的文件名，如 1月会议记录.jpg", "name in the folder, such as minutes.jpg"
    ),
    "place": Phrase(
        "没有电子文件的，写纸质材料放在哪里", "where the paper is, if there is no file"
    ),
}
FRAME_HINTS = {
    "code": Phrase("上级给的代码，字母和数字", "given from above, letters and digits"),
    "branch": Phrase("全称", "in full"),
    "fictional": Phrase("样例才填", "for samples only"),
    "note": Phrase("可以不填", "may be left blank"),
}
STATUS_HINT = Phrase("见“{sheet}”表", "see “{sheet}”")
ELEMENT_HINT = Phrase("有就选“有”，没有不选", "choose “there” for what is there")
FIGURE = Phrase("名称", "Name")
SORTS: Mapping[type[Asked], Phrase] = {
    IntegerField: Phrase("整数", "whole number"),
    DecimalField: Phrase("数，可以有小数", "number"),
    FiguresField: Phrase("数，可以有小数", "number"),
    BooleanField: Phrase("选“是”或“否”", "choose yes or no"),
    DateField: Phrase("日期，如 2023-09-12", "a day, such as 2023-09-12"),
    ChoiceField: Phrase("点箭头选一个", "choose one"),
    ElementsField: ELEMENT_HINT,
    EvidenceField: Phrase("佐证编号，多个用“、”隔开", "numbers of evidence, commas between them"),
}
NOTHING = Phrase("", "")
DAY = Phrase("日期", "a day")
WRONG = Phrase("这里填得不对", "This cannot be so")


def hint(asked: Asked, limits: Phrase | None) -> Phrase:
    """How one cell is filled in, also what a program says that refuses what was typed."""
    sort = SORTS.get(type(asked), NOTHING)
    if limits is None:
        return sort
    if isinstance(asked, DateField):
        sort = DAY
    return Phrase(f"{sort.zh}，{limits.zh}", f"{sort.en}, {limits.en}")


def joined(*said: Phrase | None) -> Phrase:
    """One below the other, what is empty left out."""
    return Phrase(
        *("\n".join(filter(None, texts)) for texts in zip(*filter(None, said), strict=True))
    )
