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
from branchscore.review.decision import Decision
from branchscore.scoring.scorecard import Scorecard, Scorer
from branchscore.selection.decision import Settled
from branchscore.selection.ranking import settle
from branchscore.selection.standing import Outcome, Standing
from branchscore.text.numbers import printed
from branchscore.text.phrase import Phrase, shown
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
    among, named = frozenset(case["among"]), frozenset(case.get("named", []))
    votes = tuple(map(int, case["votes"])) if "votes" in case else None
    day = date(2023, 12, 5)
    return Decision(among, named, COMMISSION, day, "虚构的理由", case.get("seed"), votes)


def settled(case: dict[str, Any], rows: list[list[str]]) -> Settled:
    decisions = [decision(one) for one in case.get("decisions", [])]
    return settle(table(case), [card(row) for row in rows], decisions)


def standings(case: dict[str, Any], rows: list[list[str]]) -> tuple[Standing, ...]:
    return settled(case, rows).standings


def said(name: str) -> str:
    lines = [f"# {name}"]
    done = settled(CASES[name], CASES[name]["branches"])
    for s in done.standings:
        lines.append(
            f"{s.rank or '-'} {s.card.submission.code} {s.outcome.value}: {s.why.say('zh')}"
        )
        lines.append(f"    {s.why.say('en')}")
    for one in done.refused:
        said = " ".join(f"{n}={shown(v, 'zh')}" for n, v in one.values.items())
        lines.append(f"! {one.fault} {one.at} {said}".rstrip())
    for q in done.questions:
        what = "draw" if q.draw else "list" if q.listed else "tie"
        lines.append(f"? {what} {' '.join(sorted(q.among))}: {q.places}")
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
