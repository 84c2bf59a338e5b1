"""Personal data in free text is told by its form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchscore.text.personal import found, initials, masked, may_hold
from branchscore.text.source import parse

# The numbers are those that GB 11643 and ISO 7812 print as examples, or made up.
HELD = [
    ("王芳 11010519491231002X", "identity"),
    ("440524188001010014", "identity"),
    ("440524 18800101 0014", "identity"),
    ("１１０１０５１９４９１２３１００２Ｘ", "identity"),
    ("账号 6200000000000005", "card"),
    ("6200 0000 0000 0005", "card"),
    ("电话13800138000。", "mobile"),
    ("138-0013-8000", "mobile"),
    ("+86 138 0013 8000", "mobile"),
    ("１３８００１３８０００", "mobile"),
    ("138－0013－8000", "mobile"),
    ("wang.fang@example.com", "email"),
    ("孩子今年9岁", "minor"),
    ("孩子今年 9 岁", "minor"),
    ("十二岁的儿子", "minor"),
    ("两周岁", "minor"),
    ("（未成年）", "minor"),
    ("李明因患糖尿病请假", "health"),
    ("确诊肺癌", "health"),
    ("患抑郁症", "health"),
]
NOT_HELD = [
    "11010519491231002",
    "110105194912310021",  # wrong check digit
    "文号 202301010000000001",
    "110105194913310020",  # no such month
    "统一社会信用代码 91310000132212345X",
    "6200000000000006",  # wrong check digit
    "021-62345678",
    "收入13800138000元",
    "¥13800138000",
    "13800138000.50",
    "2023-13800138000",
    "编号A13800138000",
    "23800138000",
    "2023-07-01 2023-08-01 2023-09-01",
    "67、82、91、75、88、93、79、64、85",
    "@全体党员",
    "党龄50岁的老党员",
    "70岁以上",
    "七十岁",
    "0-3岁托育服务",
    "6岁以下儿童",
    "关爱未成年人",
    "健康讲座",
    "糖尿病防治讲座",
    "癌症筛查义诊",
    "参加抗癌协会",
]


@pytest.mark.parametrize(("text", "kind"), HELD)
def test_told_by_its_form(text: str, kind: str) -> None:
    assert [hit.kind for hit in found(text)] == [kind]
    assert len(masked(text)) == len(text)
    assert not list(found(masked(text)))
    assert may_hold(text.encode())


@pytest.mark.parametrize("text", NOT_HELD)
def test_told_from_what_looks_alike(text: str) -> None:
    assert not list(found(text))
    assert masked(text) == text


PIECES = st.sampled_from([*(text for text, _ in HELD), *NOT_HELD, " ", "\n", "-", "1", "岁", "。"])


@given(st.lists(PIECES, max_size=6).map("".join))
def test_the_quick_look_misses_nothing(text: str) -> None:
    assert may_hold(text.encode()) or not list(found(text))


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert masked(hidden) == hidden


def test_faults_never_hold_a_number_of_a_person() -> None:
    document = parse("a: {b: 1, 手机13800138000: 2}\n".encode(), "x.yaml")
    fault = document.diagnose("T001", ("a",), got="13800138000", n=11010519491231002)
    assert "138" not in fault.excerpt
    assert fault.values == {"got": "*" * 11, "n": 11010519491231002}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张明", "张*"),
        ("张小明", "张*明"),
        ("欧阳小明", "欧**明"),
        ("张小明、李四", "张*明、李*"),
        ("买买提·艾力", "买***"),
        ("Wang Fang", "W*** F***"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_published_names(name: str, shown: str) -> None:
    assert initials(name) == shown
