"""Case files: a small table and answers, with points that a person worked out."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from branchscore.criteria.found import Judgement
from branchscore.criteria.reading import read_criteria
from branchscore.scoring.scorecard import Line, Scorer
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
    criteria, _ = read_criteria(table(folder, file.get("fields", {}), indicator, **other))
    answers = {"criteria": "case", "code": "A1", "branch": "虚构支部", **case.get("answers", {})}
    path = dump(folder / "A1.yaml", answers)
    submission = read_submission(path, {"case": Form(criteria)})
    judgements = {}
    if "judged" in case:
        given = parse_number(case["judged"])
        judgements["X"] = Judgement(case["judged"] if given is None else given)
    return Scorer(criteria).score(submission, judgements).sections[0].lines[0]


def expected(case: Any) -> tuple[str, Fraction, Fraction]:
    """State and points of a case; `points: 2` or `points: 0..5` for a range."""
    low, _, high = case["points"].partition("..")
    return case.get("state", "scored"), Fraction(low), Fraction(high or low)
