"""Who is named and why, by cases; and that the order of branches changes nothing."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from branchscore.criteria.found import Judgement
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.criteria.selection import Selection
from branchscore.scoring.scorecard import Scorecard, Scorer
from branchscore.selection.decision import Decision, drawn
from branchscore.selection.ranking import rank
from branchscore.selection.standing import Outcome, Standing
from branchscore.text.numbers import printed
from branchscore.text.phrase import Phrase
from conftest import ROOT
from strategies import made

HERE = ROOT / "tests" / "selection"
TABLE, _ = read_criteria(HERE / "table.yaml")
CASES: dict[str, dict[str, Any]] = yaml.load(
    (HERE / "cases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
COMMISSION = Phrase("虚构评审委员会", "the fictional commission")


def table(case: dict[str, Any]) -> Criteria:
    asked = {k: v for k, v in case.items() if k not in ("branches", "decisions")}
    selection = Selection.model_validate({"minimum": "good", "ties": ["W2"], **asked})
    return TABLE.model_copy(update={"selection": selection})


def card(row: list[str]) -> Scorecard:
    code, points, judged, kind, size = [*row, "~", "~"][:5]
    stated = {"points": points, "kind": kind, "size": size}
    answers: dict[str, Any] = {k: v for k, v in stated.items() if v != "~"}
    if "points" in answers:
        answers["points"] = printed(points)
    given = {} if judged == "~" else {"W2": Judgement(printed(judged))}
    return Scorer(TABLE).score(replace(made(code, answers), branch=code), given)


def decision(case: dict[str, Any]) -> Decision:
    among = frozenset(case["among"])
    named = frozenset(case["named"]) if "named" in case else drawn(case["seed"], sorted(among), 1)
    return Decision(among, named, COMMISSION, date(2023, 12, 5), "会议表决")


def standings(case: dict[str, Any], rows: list[list[str]]) -> tuple[Standing, ...]:
    decisions = [decision(one) for one in case.get("decisions", [])]
    return rank(table(case), [card(row) for row in rows], decisions)


def said(name: str) -> str:
    lines = [f"# {name}"]
    for s in standings(CASES[name], CASES[name]["branches"]):
        lines.append(
            f"{s.rank or '-'} {s.card.submission.code} {s.outcome.value}: {s.why.say('zh')}"
        )
        lines.append(f"    {s.why.say('en')}")
    return "\n".join(lines) + "\n"


def test_cases(matches) -> None:
    matches("\n".join(said(name) for name in CASES), HERE / "cases.txt")


def test_every_outcome_of_a_contest_has_a_case() -> None:
    text = Path(HERE / "cases.txt").read_text(encoding="utf-8")
    barred = {Outcome.INELIGIBLE, Outcome.VETOED, Outcome.RANKED}
    assert [o.value for o in Outcome if f" {o.value}: " not in text and o not in barred] == []


def test_the_order_of_branches_changes_nothing() -> None:
    made = random.Random(8)
    for name, case in CASES.items():
        rows = list(case["branches"])
        first = standings(case, rows)
        for _ in range(5):
            made.shuffle(rows)
            assert standings(case, rows) == first, name
