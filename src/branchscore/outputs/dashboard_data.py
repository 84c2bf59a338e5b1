"""What the scripts of `index.html` read: the results, shortened.

Sentences stand once in a chunk of branches and are numbered; lists follow the table's order.
The scripts' side of these forms is `templates/dashboard/data.js`.
"""

from collections.abc import Iterator
from itertools import islice

from branchscore.outputs.evidence_sheet import said
from branchscore.outputs.pages import aligned, lines
from branchscore.outputs.results import Branch, Item, Results, Test
from branchscore.outputs.results_evidence import Proof
from branchscore.outputs.results_safety import SafetySaid
from branchscore.outputs.safety import dots
from branchscore.outputs.wordings import Both
from branchscore.safety.share import share

CHUNK = 50
"""So many branches' details are read at a time."""

KEPT = ("title", "batch", "first_day", "last_day", "legal_basis", "note", "quota", "sections")
KEPT_LATER = ("panel", "groups", "states", "decisions", "questions", "instead_of", "changes")


class Pool:
    """Wordings by number, each once."""

    def __init__(self) -> None:
        self.wordings: list[Both] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def add(self, wording: Both) -> int:
        number = self._numbers.setdefault((wording["zh"], wording["en"]), len(self.wordings))
        if number == len(self.wordings):
            self.wordings.append(wording)
        return number


def first(results: Results) -> dict[str, object]:
    """What is read at once: the table, and of every branch what the ranking shows."""
    table, grades = results["criteria"], Pool()
    rows = [_row(branch, grades, table["decimals"]) for branch in results["branches"]]
    return {
        "table": {name: value for name, value in table.items() if name in KEPT},
        "fictional": any(branch["fictional"] for branch in results["branches"]),
        "grades": grades.wordings,
        "branches": rows,
        "spread": _spread(results),
    }


def _row(branch: Branch, grades: Pool, decimals: int) -> list[object]:
    return [
        branch["code"],
        branch["name"],
        branch["rank"],
        branch["outcome"],
        grades.add(branch["grade"]),
        _ends(branch["low"], branch["high"], decimals),
        [_ends(part["low"], part["high"], decimals) for part in branch["sections"]],
    ]


def _ends(low: str, high: str, decimals: int) -> str:
    """Points as they are read; the two ends of a range with a blank between."""
    return " ".join(dict.fromkeys((aligned(low, decimals), aligned(high, decimals))))


def _spread(results: Results) -> dict[str, object] | None:
    spread, decimals = results["spread"], results["criteria"]["decimals"]
    if spread is None:
        return None
    figures = ("points", "lowest", "lower", "median", "upper", "highest", "apart")
    found = [dict(line) for line in spread["lines"]]
    for line in found:
        line |= {name: aligned(line[name], decimals) for name in figures if line[name] is not None}  # type: ignore[arg-type]
    return {**spread, "lines": {line["id"]: line for line in found}}


def rest(results: Results) -> dict[str, object]:
    """What other views than the ranking read."""
    faults = [
        [f["severity"], f["code"], _place(f["file"], f["line"], f["column"]), f["cause"], f["mend"]]
        for f in results["faults"]
    ]
    statuses = [entry["status"] for entry in results["inputs"]]
    kept = {name: value for name, value in results.items() if name in KEPT_LATER}
    return {
        **kept,
        "faults": faults,
        "evidence": results["evidence"],
        "reviewers": results["reviewers"],
        "method": results["criteria"]["method"],
        "rounding": [results["criteria"][name] for name in ("rounded_at", "rounding", "decimals")],
        "files": {status: statuses.count(status) for status in ("scored", "refused")},
        "safety": _safety(results["safety"], results["criteria"]["decimals"]),
    }


def _place(file: str, line: int, column: int) -> str:
    return f"{file}:{line}:{column}" if line else file


def _safety(safety: SafetySaid | None, decimals: int) -> dict[str, object] | None:
    if safety is None:
        return None
    kind, places = "all" if "all" in safety["same"] else "weights", dots(safety)
    near = [
        {
            **one,
            "margin": aligned(one["margin"], decimals),
            "dot": places.get(one["code"]),
            "chance": share(one["chances"][kind], safety["draws"]),
        }
        for one in safety["near"]
    ]
    return {"said": safety["said"], "near": near, "swaps": safety["swaps"]}


def details(results: Results) -> Iterator[dict[str, object]]:
    """What is read of a branch when somebody looks at it, `CHUNK` branches at a time."""
    branches, decimals = iter(results["branches"]), results["criteria"]["decimals"]
    while chunk := list(islice(branches, CHUNK)):
        pool = Pool()
        told = [_detail(branch, pool, decimals) for branch in chunk]
        yield {"branches": told, "wordings": pool.wordings}


def _detail(branch: Branch, pool: Pool, decimals: int) -> dict[str, object]:
    computed = branch["computed"]
    return {
        "file": branch["file"],
        "why": pool.add(branch["why"]),
        "self": aligned(branch["self"], 0),
        "computed": _ends(computed["low"], computed["high"], decimals),
        "note": branch["note"],
        "tests": [_test(test, pool) for test in branch["tests"]],
        "strikes": [
            [one["reviewer"], pool.add(one["what"]), one["reason"]] for one in branch["strikes"]
        ],
        "comments": [[one["reviewer"], one["text"]] for one in branch["comments"]],
        "recused": [[one["reviewer"], one["text"]] for one in branch["recused"]],
        "items": {
            item["id"]: _item(item, pool, decimals)
            for part in branch["sections"]
            for item in part["items"]
        },
        "adjustments": [
            [
                [pool.add(one["why"]), _ends(one["low"], one["high"], decimals)]
                for one in part["adjustments"]
            ]
            for part in branch["sections"]
        ],
        "proofs": [_proof(proof, pool) for proof in branch["evidence"]],
    }


def _test(test: Test, pool: Pool) -> list[object]:
    return [
        test["kind"],
        test["id"],
        test["holds"],
        pool.add(test["why"]),
        lines(test["places"]),
    ]


def _item(item: Item, pool: Pool, decimals: int) -> list[object]:
    computed, gain = item["computed"], item["gain"]
    return [
        item["state"],
        _ends(item["low"], item["high"], decimals),
        pool.add(item["why"]),
        aligned(item["self"], 0),
        _ends(computed["low"], computed["high"], decimals) if computed else None,
        None if gain is None else pool.add(gain),
        lines(item["places"]),
        [
            [one["of"], one["reviewer"], pool.add(one["given"]), one["reason"]]
            for one in item["marks"]
        ],
    ]


def _proof(proof: Proof, pool: Pool) -> list[object]:
    """An entry of the ledger; where else the same was handed in is told without names."""
    twice: Both | None = None
    if proof["repeats"]:
        twice = {"zh": said(proof, "zh"), "en": said(proof, "en")}
    return [
        proof["id"],
        proof["title"],
        proof["file"] or proof["place"],
        None if twice is None else pool.add(twice),
    ]
