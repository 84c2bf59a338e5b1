"""Small campaigns with figures worked out by hand from the words of criteria/jingan-2023.yaml.

Each branch is written as a file and evaluated as a whole; nothing here asks the program what
it should be.
"""

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from branchscore import evaluate
from branchscore.outputs.gather import gather
from branchscore.outputs.results import Branch
from campaign import PARTS
from conftest import ROOT

PROOF = {"evidence": ["E1"]}
MONTHS = tuple(f"2023-{month:02}" for month in range(1, 13))


def activities(kind: str, *days: str, **more: Any) -> list[dict[str, Any]]:
    record = {"kind": kind, "mode": "offline", "topic": "虚构", "expected": 10, "attended": 10}
    return [{"date": day, **record, **PROOF, **more} for day in days]


def articles(*levels: str) -> list[dict[str, Any]]:
    return [{"date": "2023-05-01", "title": "虚构", "level": level, **PROOF} for level in levels]


def criticisms(*levels: str) -> list[dict[str, Any]]:
    return [{"date": "2023-05-01", "matter": "虚构", "level": level} for level in levels]


def infirm(number: int) -> list[dict[str, str]]:
    return [{"member": f"党员{n:02}", "approved": "2022-05-01"} for n in range(number)]


def campaign(folder: Path, marked: bool = False, **branches: dict[str, Any]) -> dict[str, Branch]:
    """Results by code. `marked`: the panel gives everyone 3 of 3 for P10 and 2 of 2 for S10."""
    for code, answers in branches.items():
        frame = {"criteria": "jingan-2023", "code": code, "branch": f"虚构支部{code}"}
        ledger = {"evidence": [{"id": "E1", "title": "记录", "place": "台账第1页"}]}
        write(folder / "submissions" / f"{code}.yaml", {**frame, **ledger, **answers})
    if marked:
        best = {"P10": {"level": "good"}, "S10": {"points": 2}}
        for number in range(5):
            sheet = {"criteria": "jingan-2023", "reviewer": f"虚构评委{number}"}
            marks = {"marks": dict.fromkeys(branches, best)}
            write(folder / "reviews" / f"{number}.yaml", {**sheet, **marks})
    reviews = [folder / "reviews"] if marked else []
    results = gather(evaluate(ROOT / PARTS[0], folder / "submissions", reviews), "")
    assert not results["faults"]
    return {branch["code"]: branch for branch in results["branches"]}


def write(path: Path, data: Any) -> None:
    """JSON is YAML, and never has aliases."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


QUARTERS = ("2023-02-01", "2023-05-01", "2023-08-01")

# Indicator, answers, points, and how a person comes to them.
ITEMS: list[tuple[str, dict[str, Any], str]] = [
    # O3: 5 points; four meetings asked, one each quarter; 1.25 off for each that lacks.
    ("O3", {"activities": activities("general_meeting", *QUARTERS)}, "3.75"),  # 5 - 1.25
    # A second meeting in a quarter does not stand for another quarter's.
    ("O3", {"activities": activities("general_meeting", *QUARTERS, "2023-08-30")}, "3.75"),
    ("O3", {"activities": activities("general_meeting", *QUARTERS, "2023-12-31")}, "5"),
    # The fourth has no evidence, which this indicator asks for: still 5 - 1.25.
    (
        "O3",
        {
            "activities": activities("general_meeting", *QUARTERS)
            + activities("general_meeting", "2023-12-31", evidence=[])
        },
        "3.75",
    ),
    ("O3", {"activities": []}, "0"),  # 5 - 4 * 1.25
    # S2: members but the infirm: 24 - 4 = 20. 10 of 20 is 50% exactly: 3 points. 9 is 45%: 2.
    ("S2", {"members": 24, "infirm": infirm(4), "volunteers": 10}, "3"),
    ("S2", {"members": 24, "infirm": infirm(4), "volunteers": 9}, "2"),
    # 999 of 1999 is 49.97…%, which is not rounded up to 50%.
    ("S2", {"members": 1999, "infirm": [], "volunteers": 999}, "2"),
    ("S2", {"members": 20, "infirm": [], "volunteers": 6}, "2"),  # 30% exactly
    ("S2", {"members": 20, "infirm": [], "volunteers": 2}, "1"),  # 10% exactly
    ("S2", {"members": 20, "infirm": [], "volunteers": 1}, "0"),  # 5%
    # P2: attended over expected. 9 of 10 is 90% exactly: 5 points. 899 of 1000: 4.
    ("P2", {"activities": activities("theory_study", "2023-05-01", attended=9)}, "5"),
    (
        "P2",
        {"activities": activities("theory_study", "2023-05-01", expected=1000, attended=899)},
        "4",
    ),
    # O9: 1 of 2 is 50% exactly: 1 point; nobody to be reached counts as all reached.
    ("O9", {"floating_members": 2, "floating_reached": 1}, "1"),
    ("O9", {"floating_members": 3, "floating_reached": 1}, "0"),
    ("O9", {"floating_members": 0, "floating_reached": 0}, "2"),
    # O2: the last election on 2020-12-31 or later.
    ("O2", {"last_election": "2020-12-31"}, "3"),
    ("O2", {"last_election": "2020-12-30"}, "0"),
    # O1: only branches with 7 full members or more must have a committee.
    ("O1", {"formal_members": 7, "has_committee": False}, "0"),
    ("O1", {"formal_members": 6, "has_committee": False}, "3"),
    # S9: 60% is zero, 95% all. 31 of 40 is 77.5%, half the way of 35%: 1 of 2 points.
    ("S9", {"ballots": 40, "ballots_satisfied": 31}, "1"),
    ("S9", {"ballots": 10, "ballots_satisfied": 6}, "0"),
    ("S9", {"ballots": 20, "ballots_satisfied": 19}, "2"),
    # O6: 4 points for 56 hours. 46 * 4 / 56 = 3.2857…; 0.07 * 4 / 56 = 0.005, a half goes up.
    ("O6", {"secretary_hours": "46"}, "3.29"),
    ("O6", {"secretary_hours": "0.07"}, "0.01"),
    ("O6", {"secretary_hours": "0.06"}, "0"),
    ("O6", {"secretary_hours": "57"}, "4"),
    # O5: 2 points, a sixth off for each month that lacks: 11 of 12 is 2 - 1/6 = 1.8333…
    (
        "O5",
        {
            "party_groups": 1,
            "activities": activities("group_meeting", *(f"{m}-05" for m in MONTHS[1:])),
        },
        "1.83",
    ),
    # S6: 2 + 1 + 0.5 = 3.5, but 3 at most.
    ("S6", {"articles": articles("municipal", "district")}, "1.5"),
    ("S6", {"articles": articles("national", "municipal", "district")}, "3"),
    # N1: three of the city 3 * 4 = 12, but 8 at most; 4 + 2 + 1 = 7.
    ("N1", {"criticisms": criticisms("municipal", "municipal", "municipal")}, "-8"),
    ("N1", {"criticisms": criticisms("municipal", "district", "street")}, "-7"),
    ("N1", {"criticisms": []}, "0"),
]


@pytest.mark.parametrize(("name", "answers", "points"), ITEMS)
def test_points_of_an_indicator(name: str, answers, points: str, tmp_path: Path) -> None:
    branch = campaign(tmp_path, A1=answers)["A1"]
    [item] = [i for part in branch["sections"] for i in part["items"] if i["id"] == name]
    assert item["points"] == item["low"] == item["high"] == points


# Everything that is asked, done: 40 + 35 + 25.
WHOLE: dict[str, Any] = {
    "members": 10,
    "formal_members": 10,
    "founded": "2010-01-01",
    "discipline_cases": 0,
    "false_material": False,
    "late": False,
    "criticisms": [],
    "honours": [],
    "experiences": [],
    "has_committee": True,
    "party_groups": 0,
    "last_election": "2022-01-01",
    "reading_class_done": True,
    "secretary_hours": 56,
    "implementation_plan": True,
    "launch": ["mobilisation", "books"],
    "systems": [
        "three_meetings",
        "theory_study",
        "theme_day",
        "organization_life",
        "secretary_training",
        "home_delivery",
        "volunteering",
        "care",
    ],
    "floating_members": 0,
    "floating_reached": 0,
    "volunteers": 5,
    "mentors": 2,
    "ballots": 20,
    "ballots_satisfied": 19,
    "infirm": [],
    "home_visits": [],
    "suggestions": [
        {"date": f"{month}-20", "matter": "虚构", "adopted": True, **PROOF} for month in MONTHS[:6]
    ],
    "articles": articles("national", "municipal"),
    "activities": [
        *activities("theory_study", *(f"{month}-10" for month in MONTHS)),
        *activities("theme_day", *(f"{month}-15" for month in MONTHS)),
        *activities("committee_meeting", *(f"{month}-05" for month in MONTHS)),
        *activities("general_meeting", *QUARTERS, "2023-11-01"),
        *activities("report_meeting", "2023-04-01", "2023-10-01", mode="online"),
        *activities("party_lecture", "2023-07-01", lecturer="secretary"),
        *activities("study_visit", "2023-04-01", "2023-10-01"),
        *activities("organization_life", "2023-12-01"),
        *activities("naming", "2023-12-01"),
        *activities("positive_energy", *QUARTERS),
        *activities("volunteering", *QUARTERS, "2023-11-01"),
        *activities("storytelling", *QUARTERS, "2023-11-01"),
    ],
}


def figures(branch: Branch) -> tuple[list[Fraction], Fraction]:
    for one in (branch, *branch["sections"]):
        assert one["low"] == one["high"]
    return [Fraction(part["low"]) for part in branch["sections"]], Fraction(branch["low"])


def test_all_done_is_a_hundred_and_bonus_and_penalties_have_their_caps(tmp_path: Path) -> None:
    honour = [{"date": "2023-06-01", "title": "虚构", "level": "national", **PROOF}]
    taken_up = [{"date": "2023-06-01", "title": "虚构", **PROOF}] * 2
    twice = [dict(record) for record in taken_up]
    standings = campaign(
        tmp_path,
        marked=True,
        A1=WHOLE,
        # B1 4 + B2 2 = 6, but 5 at most: 105.
        A2={**WHOLE, "honours": honour, "experiences": twice},
        # N1 12, but 8 at most; N2 1 for being late: 9, but the group takes 8: 100 - 8.
        A3={**WHOLE, "late": True, "criticisms": criticisms(*["municipal"] * 3)},
    )
    assert figures(standings["A1"]) == ([40, 35, 25, 0, 0], 100)
    assert figures(standings["A2"]) == ([40, 35, 25, 5, 0], 105)
    assert figures(standings["A3"]) == ([40, 35, 25, 0, -8], 92)
    assert [standings[code]["rank"] for code in ("A2", "A1", "A3")] == [1, 2, 3]


# Each costs 1 point: S8 with one mentor less, O10 without a plan.
ONE_MENTOR = {**WHOLE, "mentors": 1}
NO_PLAN = {**WHOLE, "implementation_plan": False}
SEVEN = dict.fromkeys((f"A{n}" for n in range(1, 8)), WHOLE)


def places(standings: dict[str, Branch], codes: Sequence[str]) -> list[tuple[str, int | None]]:
    return [(standings[code]["outcome"], standings[code]["rank"]) for code in codes]


def test_equals_at_the_cut_are_left_to_the_commission(tmp_path: Path) -> None:
    """Eight places; seven have 100. Two have 99 = 40 + 35 + 24: nothing tells them apart."""
    standings = campaign(tmp_path, marked=True, B1=ONE_MENTOR, B2=ONE_MENTOR, **SEVEN)
    assert figures(standings["B1"]) == figures(standings["B2"]) == ([40, 35, 24, 0, 0], 99)
    assert places(standings, ["B1", "B2"]) == [("tied", 8), ("tied", 8)]
    assert "与虚构支部B2并列第 8 名" in standings["B1"]["why"]["zh"]
    assert "余 1 个名额" in standings["B1"]["why"]["zh"]
    assert set(places(standings, list(SEVEN))) == {("named", 1)}


def test_equals_within_the_places_are_all_named(tmp_path: Path) -> None:
    """Six have 100 and two 99: eight places are enough. One with 98 comes after them."""
    worse = {**NO_PLAN, "mentors": 1}
    six = dict.fromkeys(list(SEVEN)[:6], WHOLE)
    standings = campaign(tmp_path, marked=True, B1=ONE_MENTOR, B2=ONE_MENTOR, C1=worse, **six)
    assert places(standings, ["B1", "B2"]) == [("named", 7), ("named", 7)]
    assert places(standings, ["C1"]) == [("not_named", 9)]


def test_the_chain_decides_between_equal_totals(tmp_path: Path) -> None:
    """Both have 99. Political: 40 and 40. Organizational: 35 against 34, and the last place is
    given; that service is 24 against 25 is not looked at any more."""
    standings = campaign(tmp_path, marked=True, B1=NO_PLAN, B2=ONE_MENTOR, **SEVEN)
    assert figures(standings["B1"]) == ([40, 34, 25, 0, 0], 99)
    assert figures(standings["B2"]) == ([40, 35, 24, 0, 0], 99)
    assert places(standings, ["B2", "B1"]) == [("named", 8), ("not_named", 9)]
    assert "与虚构支部B1总分相同，依次比较" in standings["B2"]["why"]["zh"]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"founded": "2022-12-31"}, "named"),  # a year on the last day of 2023
        ({"founded": "2023-01-01"}, "ineligible"),
        ({"formal_members": 3}, "named"),
        ({"formal_members": 2}, "ineligible"),
        ({"discipline_cases": 1}, "vetoed"),
        ({"false_material": True}, "vetoed"),
        ({"discipline_cases": 1, "formal_members": 2}, "vetoed"),
    ],
)
def test_conditions_at_their_edge(answers, outcome, tmp_path: Path) -> None:
    standings = campaign(tmp_path, marked=True, A1={**WHOLE, **answers})
    assert standings["A1"]["outcome"] == outcome


def test_the_grade_a_title_needs_begins_at_eighty(tmp_path: Path) -> None:
    """100 - P4 4 - P5 4 - O11 2 - S8 2 - N1 (4 + 2 + 1 = 7) - N2 1 is 80: good. One advice less
    of six costs S4 another 0.5."""
    lecture = ("report_meeting", "party_lecture")
    done = [a for a in WHOLE["activities"] if a["kind"] not in lecture]
    # P6 asks for two modes of study; without the report meetings one lesson must be online.
    done[0] = {**done[0], "mode": "online"}
    some = {"launch": [], "mentors": 0, "late": True}
    blamed = criticisms("municipal", "district", "street")
    edge = {**WHOLE, "activities": done, **some, "criticisms": blamed}
    below = {**edge, "suggestions": WHOLE["suggestions"][:5]}
    standings = campaign(tmp_path, marked=True, A1=edge, A2=below)
    assert figures(standings["A1"]) == ([32, 33, 23, 0, -8], 80)
    assert figures(standings["A2"]) == ([32, 33, Fraction("22.5"), 0, -8], Fraction("79.5"))
    assert places(standings, ["A1", "A2"]) == [("named", 1), ("below_minimum", 2)]
