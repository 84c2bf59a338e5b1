"""What the form says beside its questions."""

from typing import Final

from branchscore.text.phrase import Phrase

HOW: Final = Phrase(
    "{table}　支部申报表\n"
    "怎样填：\n"
    "一、只在冒号后面写，冒号后面空一格。“#”开头的是说明，不必改，也不会计入。\n"
    "二、没有的写 0 或 否，还不知道的先空着：空着就是没有填报，不等于 0。\n"
    "三、日期写作 2023-07-01。人数、次数只写数字，不写单位。",
    "{table}: form for a branch\n"
    "How to fill in:\n"
    "1. Write after the colons only, with a blank after the colon. Lines with # explain.\n"
    "2. Where there is none write 0; leave blank what is not known yet, which is not the same.\n"
    "3. Write days as 2023-07-01, and numbers in digits without their unit.",
)
RECORD: Final = Phrase(
    "四、台账每条一段，从“- ”起。不够就整段复制，接在下面；左边的空格要对齐。\n"
    "　　多余的空段留着不影响。\n"
    "五、台账一条也没有的，在第一段的第一个冒号后面写 无。\n"
    "六、填好存盘，用 branchscore check 检查：它会说明还缺什么、哪里写错了。",
    "4. A record of a list is a block that begins with a dash. Copy a block below for more; keep\n"
    "   the blanks on the left. Blocks left blank do no harm.\n"
    "5. Where a list has no records at all write 无 after the first colon of its first block.\n"
    "6. Save, and run branchscore check: it says what is missing and what is wrong.",
)
IDS: Final = Phrase(
    "四、台账每条一段，从“- ”起。不够就整段复制，接在下面；左边的空格要对齐。\n"
    "　　多余的空段留着不影响。\n"
    "五、台账一条也没有的，删去空段，在名称的冒号后面写 []。几个选项写作 [a, b]。\n"
    "六、填好存盘，用 branchscore check 检查：它会说明还缺什么、哪里写错了。",
    "4. A record of a list is a block that begins with a dash. Copy a block below for more; keep\n"
    "   the blanks on the left. Blocks left blank do no harm.\n"
    "5. Where a list has no records at all delete its blocks and write [] after its colon.\n"
    "   Several options are written [a, b].\n"
    "6. Save, and run branchscore check: it says what is missing and what is wrong.",
)
HEADS: Final = {
    "branch": Phrase("支部", "The branch"),
    "answers": Phrase("填报内容", "Answers"),
    "partial": Phrase("没有填全的台账", "Lists that are not whole"),
    "ledger": Phrase("佐证", "Evidence"),
    "scores": Phrase("自评分（可以不填）", "The branch's own points (may be left blank)"),
}
FRAME: Final = {
    "criteria": Phrase("评分表代号，不要改", "the id of the criteria file; leave it"),
    "code": Phrase(
        "支部代码，由上级给定，字母和数字，例如 JA-07", "given from above: letters and digits"
    ),
    "branch": Phrase("支部全称", "the branch's name in full"),
}
UNIT: Final = Phrase("单位：{unit}", "in {unit}")
FOR: Final = Phrase("例如 {example}", "such as {example}")
TICK: Final = Phrase("写 是 或 否", "write 是 (yes) or 否 (no)")
COUNTS: Final = Phrase("用于 ", "counts for ")
USED: Final = Phrase("　→ {uses}", " → {uses}")
SECRET: Final = Phrase("不会公开", "never shown")
MAY: Final = Phrase("（可以不填）", " (may be left blank)")
NO_USE: Final = Phrase("不计分，供核对", "no points; for checking")
EXAMPLE: Final = Phrase("写成这样（虚构）：", "written like this (made up):")
CARRIED: Final = Phrase("去年填报，请核对", "carried over from last year: please check")
FIGURES: Final = Phrase(
    "在下面另起行，每行前面空两格，写“名称: 数”，例如“  第一组: {example}”",
    "on lines of their own below, two blanks first: “  name: {example}”",
)
PARTIAL: Final = Phrase(
    "哪个台账（清单）没有填全，就把它的名称写在“- ”后面；都填全了就空着",
    "write the name of a list that is not whole after the dash; leave it blank if all are",
)
LEDGER: Final = Phrase(
    "每份材料一段。编号自己编（E1、E2……），台账里的“佐证”写这个编号，几个写作 [E1, E2]。\n"
    "有电子文件的，文件放进与本表同名的文件夹，在“文件”后面写文件名；\n"
    "纸质材料在“存放处”后面写放在哪里。两样写一样就行。",
    "A block for each piece. Number them yourself (E1, E2 …); records name these numbers, several\n"
    "as [E1, E2]. Put a file into the folder named like this form and name it under the file key\n"
    "(文件, file); of a paper say where it is kept (存放处, place). One of the two is enough.",
)
SCORES: Final = Phrase(
    "自己按评分表打的分，供核对，不影响得分", "your own points, for comparison only"
)
MOST: Final = Phrase("{id}，满分 {most}", "{id}, up to {most}")
NOTE: Final = Phrase("想说明的话，可以不填", "a note; may be left blank")
