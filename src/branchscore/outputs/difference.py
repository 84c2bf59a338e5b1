"""Two criteria files side by side, as text."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from pydantic import BaseModel
from rich.cells import cell_len

from branchscore.criteria.difference import Change, Difference, Group, keyed
from branchscore.outputs.terminal import visible
from branchscore.text.numbers import UNLIMITED
from branchscore.text.phrase import Language, Phrase, Sentence, Value, shown

LINE = 88
NONE = Phrase("无", "none")
NO_LIMIT = Phrase("不封顶", "unlimited")
SAME = Phrase("两份评分表没有不同。", "The two criteria files do not differ.")
READS_THE_SAME = Phrase(
    "计分办法的文字没有变，变的是下列内容", "the rule reads the same, what follows differs"
)
MARK = {"added": "+", "removed": "-", "changed": "*"}
GROUPS: Mapping[Group, Phrase] = {
    "header": Phrase("概况", "Header"),
    "fields": Phrase("填报内容", "Fields"),
    "gates": Phrase("申报条件", "Conditions"),
    "vetoes": Phrase("一票否决", "Vetoes"),
    "items": Phrase("评分", "Sections and items"),
    "grades": Phrase("等次", "Grades"),
    "selection": Phrase("名额与并列", "Places and ties"),
    "award": Phrase("证书", "Certificate"),
}
LABELS: Mapping[str, Phrase] = {
    "also": Phrase("别名", "other names"),
    "applies": Phrase("适用条件", "asked where"),
    "at_least": Phrase("不少于", "at least"),
    "at_most": Phrase("不多于", "at most"),
    "header.at_most": Phrase("总分最多", "most points"),
    "grades.at_least": Phrase("从多少分起", "from"),
    "selection.minimum": Phrase("命名的最低等次", "least grade for a title"),
    "base": Phrase("基础分", "to begin with"),
    "batch": Phrase("批次", "batch"),
    "better": Phrase("多好还是少好", "which is better"),
    "by": Phrase("考核部门", "office"),
    "caps": Phrase("合并封顶", "shared caps"),
    "date": Phrase("日期", "date"),
    "dimensions": Phrase("各部分", "sections"),
    "documents": Phrase("引用的文件", "documents"),
    "effect": Phrase("后果", "effect"),
    "equals": Phrase("等于", "equal to"),
    "fields": Phrase("记录内容", "record"),
    "floor": Phrase("最低分", "at the least"),
    "gates": Phrase("申报条件", "conditions"),
    "grade": Phrase("等次", "grade"),
    "id": Phrase("编号", "id"),
    "issuers": Phrase("发文单位", "issuers"),
    "kind": Phrase("性质", "kind"),
    "known_faults": Phrase("原表的毛病", "known faults"),
    "legal_basis": Phrase("依据", "legal basis"),
    "less_than": Phrase("少于", "less than"),
    "max": Phrase("最大", "largest"),
    "measure": Phrase("考核内容", "measure"),
    "min": Phrase("最小", "smallest"),
    "more_than": Phrase("多于", "more than"),
    "names": Phrase("是人名", "names of people"),
    "not_above": Phrase("不超过", "not above"),
    "note": Phrase("说明", "note"),
    "notice": Phrase("公示", "notice"),
    "number": Phrase("证书编号", "number"),
    "one_of": Phrase("其中之一", "one of"),
    "optional": Phrase("可不填", "optional"),
    "options": Phrase("选项", "options"),
    "order": Phrase("次序", "order"),
    "otherwise": Phrase("各等次之外", "below the last"),
    "panel": Phrase("评委评定的合成", "how marks are combined"),
    "parts": Phrase("组成部分", "parts"),
    "period": Phrase("考核期", "period"),
    "personal": Phrase("公开范围", "who may read it"),
    "points": Phrase("分值", "points"),
    "quota": Phrase("名额", "places"),
    "requires": Phrase("附加条件", "asks beside"),
    "rounding": Phrase("修约", "rounding"),
    "rule": Phrase("规则", "rule"),
    "section": Phrase("所在部分", "section"),
    "share": Phrase("比例名额", "share"),
    "source": Phrase("出处", "source"),
    "terms": Phrase("计分办法", "rule in words"),
    "tie_within": Phrase("总分相差多少算相同", "totals equal within"),
    "ties": Phrase("并列依次比较", "ties decided by"),
    "title": Phrase("名称", "title"),
    "type": Phrase("类型", "type"),
    "unit": Phrase("单位", "unit"),
    "valid_years": Phrase("有效年数", "valid for years"),
    "variants": Phrase("不同情形", "variants"),
    "vetoes": Phrase("一票否决", "vetoes"),
    "wording": Phrase("证书正文", "wording"),
    "year": Phrase("年度", "year"),
}
VALUES: Mapping[tuple[str, str], Phrase] = {
    ("kind", "bonus"): Phrase("加分项", "bonus"),
    ("kind", "dimension"): Phrase("计入总分的部分", "dimension"),
    ("kind", "penalties"): Phrase("扣分项", "penalties"),
    ("panel", "as_given"): Phrase("不校正", "as given"),
    ("panel", "corrected"): Phrase("校正宽严", "corrected"),
    ("panel", "mean"): Phrase("平均", "mean"),
    ("panel", "median"): Phrase("中位数", "median"),
    ("panel", "trimmed"): Phrase("去掉最高、最低后平均", "trimmed mean"),
    ("personal", "internal"): Phrase("内部", "internal"),
    ("personal", "public"): Phrase("公开", "public"),
    ("personal", "secret"): Phrase("不公开", "secret"),
    ("rounding", "half-even"): Phrase("四舍六入五成双", "half to even"),
    ("rounding", "half-up"): Phrase("四舍五入", "half up"),
    ("rounding", "item"): Phrase("每项", "each item"),
    ("rounding", "total"): Phrase("总分", "the total"),
    ("type", "boolean"): Phrase("是/否", "yes or no"),
    ("type", "choice"): Phrase("单选", "choice"),
    ("type", "date"): Phrase("日期", "date"),
    ("type", "decimal"): Phrase("小数", "decimal number"),
    ("type", "elements"): Phrase("清单", "elements"),
    ("type", "evidence"): Phrase("佐证编号", "evidence"),
    ("type", "integer"): Phrase("整数", "whole number"),
    ("type", "list"): Phrase("台账", "list"),
    ("type", "text"): Phrase("文字", "text"),
}
"""Words of the language itself, by the first key and the value."""


def difference_text(differences: Sequence[Difference], language: Language) -> str:
    """All differences by part of the table, or one line that says that there are none."""
    if not differences:
        return SAME.say(language) + "\n"
    lines: list[str] = []
    for group, parts in groupby(differences, key=lambda difference: difference.group):
        lines += ["", GROUPS[group].say(language)]
        for part in parts:
            lines += _part(part, language)
    return visible_lines(lines[1:])


def visible_lines(lines: Sequence[str]) -> str:
    return "".join(visible(line) + "\n" for line in lines)


def _part(part: Difference, language: Language) -> Iterator[str]:
    indent = "  "
    if part.id:
        reworded = any(change.at == ("terms",) for change in part.changes)
        inside = any(map(_of_paying, part.changes))
        same = part.group == "items" and part.state == "changed" and inside and not reworded
        note = f"（{READS_THE_SAME.zh}）" if language == "zh" else f" ({READS_THE_SAME.en})"
        title = f"{MARK[part.state]} {part.id} {part.title.say(language)}"
        yield f"  {title}{note if same else ''}"
        indent = "      "
    elif part.state != "changed":
        indent += MARK[part.state] + " "
    for change in part.changes:
        if part.state == "changed" or change.at != ("title",) or not part.id:
            yield from _change(change, part, language, indent)


def _of_paying(change: Change) -> bool:
    """Whether it is about what is measured and paid, and not about when."""
    keys = set(change.at)
    return bool(keys & {"measure", "rule"}) and not keys & {"applies", "when"}


def _change(change: Change, part: Difference, language: Language, indent: str) -> Iterator[str]:
    label = _label(part.group, change.at, language)
    head = indent + label + ("：" if language == "zh" else ": ")
    if part.state != "changed":
        only = change.after if change.before is None else change.before
        yield head + told(only, change.at, language)
        return
    before, after = (told(v, change.at, language) for v in (change.before, change.after))
    if before == after:
        before, after = (
            " / ".join(told(v, change.at, each) for each in ("zh", "en"))
            for v in (change.before, change.after)
        )
    if cell_len(f"{head}{before} → {after}") <= LINE:
        yield f"{head}{before} → {after}"
    else:
        yield head + before
        yield f"{indent}  → {after}"


def _label(group: Group, at: Sequence[str], language: Language) -> str:
    """The first key in words, what is below it as it stands in the file."""
    known = LABELS.get(f"{group}.{at[0]}") or LABELS.get(at[0])
    first = known.say(language) if known else at[0]
    return " ".join([first, ".".join(at[1:])]) if len(at) > 1 else first


def told(value: Any, at: Sequence[str], language: Language) -> str:
    """A value of a criteria file as it is read."""
    match value:
        case None | ():
            return NONE.say(language)
        case str() if known := VALUES.get((at[0], value)):
            return known.say(language)
        case Phrase() | Sentence():
            return shown(value, language)
        case frozenset() | tuple() if keyed(value) is None:
            return shown(_several(value, language), language)
        case _:
            return _compact(value, language)


def _compact(value: Any, language: Language) -> str:
    """A value on one line, as an author would write it."""
    parts = keyed(value)
    if isinstance(value, tuple) and parts is not None:
        return "[" + ", ".join(_compact(part, language) for part in parts.values()) + "]"
    if isinstance(value, BaseModel):
        parts = {name: getattr(value, name) for name in value.model_fields_set}
        parts = {name: parts[name] for name in type(value).model_fields if name in parts}
    if parts is not None:
        inner = (f"{name}: {_compact(part, language)}" for name, part in parts.items())
        return "{" + ", ".join(inner) + "}"
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case frozenset() | tuple() if not isinstance(value, Phrase):
            return "[" + ", ".join(_several(value, language)) + "]"
        case int() | Fraction() if value >= UNLIMITED:
            return NO_LIMIT.say(language)
        case _:
            plain: Value = (
                value if isinstance(value, Phrase | date | int | Fraction) else str(value)
            )
            return shown(plain, language)


def _several(values: Collection[Any], language: Language) -> tuple[str, ...]:
    texts = [_compact(one, language) for one in values]
    return tuple(sorted(texts) if isinstance(values, frozenset) else texts)
