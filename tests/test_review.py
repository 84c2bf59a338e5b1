"""What reviewers give and strike: by cases worked out by hand, and by laws."""

import random
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from branchscore import evaluate
from branchscore.criteria.found import Judgement, Marks
from branchscore.criteria.model import Criteria
from branchscore.criteria.panel import Panel
from branchscore.criteria.reading import read_criteria
from branchscore.evaluation import Evaluation
from branchscore.outputs.gather import gather
from branchscore.panel.severity import leanings
from branchscore.review.sheet import sheet_of
from branchscore.review.strike import Strike
from branchscore.review.strike import struck as without
from branchscore.scoring.scorecard import Scorecard, Scorer
from branchscore.scoring.verdict import Line
from branchscore.text.numbers import Exact, plain, printed
from branchscore.text.source import parse
from case_files import dump, load
from conftest import ROOT
from strategies import made

HERE = ROOT / "tests" / "reviews"
TABLE, _ = read_criteria(HERE / "table.yaml")
PANELS: list[dict[str, Any]] = yaml.load(
    (HERE / "panels.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
STRIKES: list[dict[str, Any]] = yaml.load(
    (HERE / "strikes.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)


def table(case: dict[str, Any]) -> Criteria:
    panel = Panel.model_validate(case["panel"]) if "panel" in case else None
    return TABLE.model_copy(update={"panel": panel})


def marks(given: dict[str, str], origin: str = "panel") -> Marks:
    found = [Judgement(_value(value), None, name, origin) for name, value in given.items()]
    return Marks(tuple(found))


def _value(text: str) -> str | Exact:
    return printed(text) if text[0].isdigit() else text


def panelled(case: dict[str, Any]) -> Line:
    item = "N" if "takes" in case else "X" if "marks" in case else "L"
    several = marks(case.get("marks") or case.get("levels") or {}).given
    if "votes" in case:
        votes = tuple((level, int(n)) for level, n in case["votes"].items())
        several = (*several, Judgement(votes, None, "虚构测评", "masses"))
    judgements = {"A0": {item: Marks(several)}}
    for i, other in enumerate(case.get("others", ()), 1):
        judgements[f"A{i}"] = {item: marks(other)}
    submissions = [made(code, {}) for code in judgements]
    card = Scorer(table(case)).score_all(submissions, judgements)[0]
    return line(card, item)


def line(card: Scorecard, item: str) -> Line:
    return next(x for score in card.sections for x in score.lines if x.indicator.id == item)


def span(low: Exact, high: Exact) -> str:
    return plain(low) if low == high else f"{plain(low)}..{plain(high)}"


def test_panels(matches) -> None:
    told = []
    for case in PANELS:
        verdict = panelled(case).verdict
        assert span(verdict.low, verdict.high) == case["points"], case["name"]
        told.append(f"# {case['name']}\n{verdict.state.value} {case['points']}\n")
        told += ["，".join(s.say("zh") for s in verdict.why) + "\n"]
        told += ["; ".join(s.say("en") for s in verdict.why) + "\n\n"]
    matches("".join(told), HERE / "panels.txt")


def test_a_correction_is_what_the_statistics_say() -> None:
    """X in `panels.yaml`: the leanings by least squares, taken off, then the mean."""
    case = next(c for c in PANELS if len(c.get("others", ())) == 3)
    given = [case["marks"], *case["others"]]
    cells = {
        (f"A{i}", "X"): {name: Fraction(value) / 10 for name, value in one.items()}
        for i, one in enumerate(given)
    }
    lean = leanings(cells)
    fair = [Fraction(v) - round(Fraction(lean[n]), 4) * 10 for n, v in case["marks"].items()]
    assert plain(panelled(case).verdict.before or 0) == plain(sum(fair) / len(fair))


ONE = st.dictionaries(st.sampled_from("甲乙丙丁戊己庚"), st.integers(0, 20), min_size=3)


@given(ONE, st.sampled_from(["mean", "median", "trimmed"]), st.randoms())
@settings(max_examples=200)
def test_the_order_of_reviewers_changes_nothing_and_points_stay_between(
    halves: dict[str, int], combine: str, order: random.Random
) -> None:
    case = {"panel": {"combine": combine, "at_least": "3"}}
    case["marks"] = {name: str(Fraction(n, 2)) for name, n in halves.items()}
    first = panelled(case).verdict
    shuffled = list(case["marks"].items())
    order.shuffle(shuffled)
    case["marks"] = dict(shuffled)
    assert panelled(case).verdict == first
    ends = [Fraction(n, 2) for n in halves.values()]
    assert min(ends) <= first.low == first.high <= max(ends)


# ── strikes ─────────────────────────────────────────────────────────────────────────────────────


def sheet(folder: Path, number: int, **content: Any) -> None:
    whole = {"criteria": "panelled", "reviewer": f"虚构评委{number}", **content}
    dump(folder / "reviews" / f"{number}.yaml", whole)


def struck(folder: Path, case: dict[str, Any]) -> Evaluation:
    (folder / "reviews").mkdir(parents=True)
    (folder / "submissions").mkdir()
    answers = {**load(HERE / "strike.yaml"), **case.get("answers", {})}
    dump(folder / "submissions" / "A1.yaml", answers)
    sheet(folder, 1, strikes={"A1": case["strikes"]})
    if "more" in case:
        sheet(folder, 2, strikes={"A1": case["more"]})
    return evaluate(HERE / "table.yaml", folder / "submissions", folder / "reviews")


def changed(card: Scorecard) -> list[str]:
    """The lines that a strike touched, before and after."""
    told = []
    assert card.unstruck is not None
    for score in card.sections:
        for x in score.lines:
            before = line(card.unstruck, x.indicator.id).verdict
            if x.verdict != before:
                ends = [span(v.low, v.high) for v in (before, x.verdict)]
                told.append(f"{x.indicator.id} {x.verdict.state.value} {' → '.join(ends)}")
                told.append("  " + "，".join(s.say("zh") for s in x.verdict.why))
                told.append("  " + "; ".join(s.say("en") for s in x.verdict.why))
    return told


def test_strikes(tmp_path: Path, matches) -> None:
    told = []
    for i, case in enumerate(STRIKES):
        done = struck(tmp_path / str(i), case)
        (standing,) = done.standings
        told += [f"# {case['name']}", *changed(standing.card)]
        told += [f"{d.code} {d.values['got']}" for d in done.diagnostics]
        told.append("")
    matches("\n".join(told), HERE / "strikes.txt")


def test_self_computed_and_reviewed_points_stand_side_by_side(tmp_path: Path) -> None:
    case = next(c for c in STRIKES if c["name"] == "一条台账")
    case = {**case, "answers": {"self_scores": {"A": "4"}}}
    (branch,) = gather(struck(tmp_path, case), "")["branches"]
    items = {item["id"]: item for part in branch["sections"] for item in part["items"]}
    one = items["A"]
    assert (one["self"], one["computed"], one["points"]) == ("4", {"low": "3", "high": "3"}, "2")
    assert one["state"] == "struck"
    assert items["X"]["computed"] is None
    assert [strike["fields"] for strike in branch["strikes"]] == [["activities"]]
    assert Fraction(branch["computed"]["low"]) > Fraction(branch["low"])


@given(st.lists(st.integers(0, 30), max_size=8), st.sets(st.integers(0, 7)), st.integers(0, 40))
@settings(max_examples=100)
def test_a_strike_never_raises_a_monotone_item(
    attended: list[int], records: set[int], members: int
) -> None:
    """By its own function, without files: every subset of records, every lower number."""
    rows = [{"attended": n, "evidence": ("E1",)} for n in attended]
    one = made("A1", {"activities": rows, "members": members})
    field = TABLE.fields["activities"]
    document: Any = None
    base = ("甲", "虚构", "activities", field)
    strikes = [
        Strike(*base, i, None, None, None, (), None, document, ()) for i in records if i < len(rows)
    ]
    if members:
        asked, less = TABLE.fields["members"], members // 2
        whose = ("乙", "虚构", None, None, None)
        strikes.append(Strike(*whose, "members", asked, less, (), None, document, ()))
    scorer = Scorer(TABLE)
    before, after = scorer.score(one, {}), scorer.score(without(one, strikes, TABLE.fields), {})
    for item in ("A", "M", "T"):
        assert line(after, item).verdict.low <= line(before, item).verdict.low
    again = without(one, strikes[::-1], TABLE.fields)
    assert again == without(one, strikes, TABLE.fields)


def test_the_order_of_sheets_and_their_names_changes_nothing(tmp_path: Path) -> None:
    case = next(c for c in STRIKES if "more" in c)
    first = struck(tmp_path / "a", case)
    turned = {**case, "strikes": case["more"], "more": case["strikes"]}
    struck(tmp_path / "b", turned)
    for i in (1, 2):  # the same reviewers, each with the other's file name
        content = load(tmp_path / "b" / "reviews" / f"{i}.yaml")
        content["reviewer"] = f"虚构评委{3 - i}"
        dump(tmp_path / "b" / "reviews" / f"{i}.yaml", content)
    second = evaluate(
        HERE / "table.yaml", tmp_path / "b" / "submissions", tmp_path / "b" / "reviews"
    )
    branches = [gather(done, "")["branches"] for done in (first, second)]
    for one in branches:
        one[0]["file"] = ""
    assert branches[0] == branches[1]


@pytest.mark.parametrize("guide", ["criteria.md", "criteria.zh-CN.md"])
def test_the_sheet_in_the_guide_is_sound(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    (block,) = re.findall(
        r"^```yaml\n(criteria:.*?reviewer:.*?)^```$", text, re.DOTALL | re.MULTILINE
    )
    table, _ = read_criteria(ROOT / "criteria" / "jingan-2023.yaml")
    sound = sheet_of(parse(block.encode(), guide), {table.id: table})
    assert len(sound.strikes["JA-11"]) == 4
