"""Answers that count only with evidence."""

from pathlib import Path

import pytest

from branchscore import evaluate
from branchscore.criteria.reading import read_criteria
from branchscore.outputs.gather import gather
from branchscore.text.diagnostics import Faulty
from case_files import dump

PROVEN = """
format: branchscore/1
id: proven
title: 试题
year: 2023
batch: 2023年度
period: {first: 2023-01-01, last: 2023-12-31}
issuers: [虚构区委组织部]
documents: {notice: {title: 虚构通知}}
legal_basis: [{document: notice}]
rounding: {at: item, decimals: 2, rule: half-up}
fields:
  plan: {title: 有计划, type: boolean}
  plan_proof: {title: 计划佐证, type: evidence}
gates:
  - id: G1
    title: 有计划
    measure: {kind: value, field: plan, proven_by: plan_proof}
    equals: true
dimensions:
  - id: work
    title: 工作
    points: 3
    indicators:
      - id: W1
        title: 计划或规划
        points: 3
        measure:
          kind: conditions
          of:
            - title: 计划
              measure: {kind: value, field: plan, proven_by: plan_proof}
              equals: true
            - {title: 没有计划, measure: {kind: value, field: plan}, equals: false}
        rule: {kind: all_or_nothing, at_least: 1}
grades: {bands: [{id: good, title: 良好, at_least: 2}], otherwise: 不合格}
selection: {quota: 1, minimum: good, ties: [W1]}
award: {title: 示范党支部, wording: "被命名为{title}。", number: "第{n}号", date: 2023-12-29}
"""


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        (
            [],
            [
                "有计划：要求为“是”，实为 否（填报 是，未附佐证的不计）",
                "not_proven",
                "计划或规划要求不少于 1 项，实为 0，未达到要求，填报 1 项，未附佐证的不计，得 0 分",
            ],
        ),
        (
            ["E1"],
            [
                "有计划：要求为“是”，实为 是",
                "scored",
                "计划或规划要求不少于 1 项，实为 1，达到要求，得 3 分",
            ],
        ),
    ],
)
def test_a_claim_without_its_proof_is_shown_and_does_not_count(
    tmp_path: Path, proof: list[str], expected: list[str]
) -> None:
    """In a condition of admission and inside another measure, too."""
    (tmp_path / "criteria.yaml").write_text(PROVEN, encoding="utf-8")
    whole = {"criteria": "proven", "code": "A1", "branch": "虚构示例支部", "plan": "true"}
    whole |= {"plan_proof": proof, "evidence": [{"id": "E1", "title": "计划", "place": "第1册"}]}
    done = evaluate(tmp_path / "criteria.yaml", dump(tmp_path / "A1.yaml", whole))
    (branch,) = gather(done, "")["branches"]
    (item,) = branch["sections"][0]["items"]
    assert [branch["tests"][0]["why"]["zh"].strip(), item["state"], item["why"]["zh"]] == expected


def test_a_proof_that_the_ledger_lacks_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "criteria.yaml").write_text(PROVEN, encoding="utf-8")
    whole = {"criteria": "proven", "code": "A1", "branch": "虚构示例支部", "plan_proof": ["E2"]}
    done = evaluate(tmp_path / "criteria.yaml", dump(tmp_path / "A1.yaml", whole))
    assert [fault.code for fault in done.diagnostics] == ["S004"]


@pytest.mark.parametrize(
    ("field", "proof", "code"),
    [("plan", "plan", "C001"), ("plan", "nothing", "C001"), ("kind", "plan_proof", "C005")],
)
def test_what_cannot_be_proven_so(tmp_path: Path, field: str, proof: str, code: str) -> None:
    kind = "  kind: {title: 类型, type: choice, options: {a: 甲}}\n  plan_proof"
    text = PROVEN.replace("  plan_proof", kind, 1)
    text = text.replace(
        "field: plan, proven_by: plan_proof", f"field: {field}, proven_by: {proof}", 1
    )
    (tmp_path / "criteria.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Faulty) as error:
        read_criteria(tmp_path / "criteria.yaml")
    assert code in [fault.code for fault in error.value.diagnostics]
