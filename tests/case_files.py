"""Case files: a small table and answers, with points that a person worked out."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from branchscore.criteria.found import Judged, Judgement, Marks
from branchscore.criteria.reading import read_criteria
from branchscore.scoring.scorecard import Scorer
from branchscore.scoring.verdict import Line
from branchscore.submission.form import Form
from branchscore.submission.reading import read_submission
from branchscore.text.numbers import parse_number

CASES = Path(__file__).parent / "cases"


def load(path: Path) -> Any:
    """Cases are read by PyYAML itself, every scalar as text: not by what is tested."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)


def dump(path: Path, data: Any) -> Path:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def table(folder: Path, fields: Any, indicator: Any, **other: Any) -> Path:
    """A criteria file that asks `fields` and has the one `indicator`."""
    base = load(CASES / "base.yaml")
    item = {"id": "X", "title": "本项", **indicator}
    section = {"id": "d", "title": "维度", "points": item["points"], "indicators": [item]}
    return dump(
        folder / "criteria.yaml", {**base, "fields": fields, "dimensions": [section], **other}
    )


def score(folder: Path, file: Any, case: Any) -> Line:
    """The line of the one indicator, for the answers of one case."""
    indicator = {**file["indicator"], **case.get("indicator", {})}
    other = {key: case[key] for key in ("rounding",) if key in case}
    other |= {key: file[key] for key in ("panel",) if key in file}
    criteria, _ = read_criteria(table(folder, file.get("fields", {}), indicator, **other))
    form = {"case": Form(criteria)}
    several = []
    for i, answers in enumerate([case.get("answers", {}), *case.get("peers", ())]):
        whole = {"criteria": "case", "code": f"A{i}", "branch": f"虚构支部{i}", **answers}
        several.append(read_submission(dump(folder / f"A{i}.yaml", whole), form))
    judged = case.get("judged", {})
    marks = judged if isinstance(judged, dict) else {"X": judged}
    judgements: dict[str, Judged] = {n: Judgement(_value(mark)) for n, mark in marks.items()}
    if "marks" in case:
        given = [Judgement(_value(mark), None, who) for who, mark in case["marks"].items()]
        votes = tuple((level, int(n)) for level, n in case.get("counts", {}).items())
        counted = [Judgement(votes, None, "测评", "masses")] if votes else []
        judgements["X"] = Marks((*given, *counted))
    return Scorer(criteria).score_all(several, {"A0": judgements})[0].sections[0].lines[0]


def _value(mark: str) -> Any:
    number = parse_number(mark)
    return mark if number is None else number


def expected(case: Any) -> tuple[str, Fraction, Fraction]:
    """State and points of a case; `points: 2` or `points: 0..5` for a range."""
    low, _, high = case["points"].partition("..")
    return case.get("state", "scored"), Fraction(low), Fraction(high or low)
