"""Which rule patterns of real tables the criteria files can say, and the cases that prove it.

    python tools/patterns.py > docs/patterns.md

A case in a `*.cases.yaml` proves a pattern by its tag (`tags: [p04]`). Exit code 1 while a
pattern has none.
"""

import sys
from collections import defaultdict
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
NAMES = """
all or nothing 有无、达到未达到
minus for each missing element 缺一项扣几分
evidence 查记录台账文件
minus for each one short 少一次扣几分
frequency by period 每月每季每年
self-score beside the reviewer's 自评与审核
bonus by level 分级加分
at discretion 酌情
threshold 阈值
penalty for events 发生一次扣几分
in proportion, minus for each per cent 每低一个百分点扣
weighted sources 多方评分加权
bonus with a cap 加分封顶
timeliness 时限
no double counting 不重复计、取最高
grade bands 等次分档
star levels 星级
deductions beyond the item 可扣之和大于本项分
another table for another category 分类别标准
until nothing is left 扣完为止
anchored levels 好、较好、一般、差
veto 一票否决
count times price, capped 次数乘单价封顶
depends on size 随人数而定
validity, promotion, demotion 有效期、升降
quota and ranks 名额与比例
survey and vote 测评投票
count times price, uncapped 次数乘单价不封顶
gates 申报条件
panel scoring 评委评分
cap of the total, points outside 100 总分封顶、百分外加分
tiers of severity 轻重分级
conversion of outside scores 折算
exemptions 免扣
on site and by sample 实地、抽查
several years, a baseline 多年、与基数比
stacking 再加、加扣
partial and half credit 部分得分、减半
bands of a ratio 比例分档
by rank, in proportion to the best 按名次、按最好者比例
threshold from the peers 以平均数为线
delegated to other offices 另定标准、多部门评
direct grade 直接定级
step to zero 两次以上不得分
deduction cap unlike the item 扣分上限不等于本项分
depends on another award 以他项评定为前提
no cap of the total 上不封顶
not applicable: the peers' mean 无此项按平均分
only if it should exist 应建才考
carried over from last year 上年未计的计入
tie break 并列的处理
a grade down as penalty 降等处罚
rounding 单价除不尽
"""
PATTERNS = NAMES.strip().splitlines()


def proofs() -> dict[int, list[str]]:
    """Per pattern, the places that prove it: file, items, case."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(ROOT.glob("criteria/**/*.cases.yaml")):
        file = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)  # noqa: S506
        name = path.relative_to(ROOT / "criteria").as_posix().removesuffix(".cases.yaml")
        for case in file["cases"]:
            items = ", ".join(case["expect"])
            for tag in case.get("tags", ()):
                number = int(tag.removeprefix("p"))
                found[number].append(f"`{name}` {items}: {case['name']}")
    return found


def main() -> None:
    found = proofs()
    proven = sum(1 for number in range(1, len(PATTERNS) + 1) if found[number])
    print("# Rule patterns of real tables\n")
    print("Made by `python tools/patterns.py`; a test holds it against the case files.\n")
    print(f"{proven} of {len(PATTERNS)} patterns, each with the file, the items and the case that")
    print("proves it (at most three are shown).\n")
    print("| # | pattern | proven by | cases |\n|---|---|---|---|")
    for number, name in enumerate(PATTERNS, 1):
        shown = "<br>".join(found[number][:3]).replace("|", "\\|")
        print(f"| {number} | {name} | {shown} | {len(found[number])} |")
    sys.exit(proven < len(PATTERNS))


if __name__ == "__main__":
    main()
