"""`evidence.csv`: every entry of every ledger, for reviewers to go through. Not for everybody."""

from collections.abc import Iterator

from branchscore.outputs.language import word
from branchscore.outputs.results import Branch, Results
from branchscore.outputs.results_evidence import Proof
from branchscore.outputs.sheets import Figure, as_csv_text
from branchscore.text.phrase import SEPARATOR, Language

COLUMNS = (
    "code",
    "branch",
    "proof_number",
    "proof_title",
    "proof_file",
    "proof_kind",
    "proof_size",
    "proof_dated",
    "proof_used_in",
    "proof_group",
    "proof_repeats",
    "proof_hash",
)


def as_evidence_csv(results: Results, language: Language) -> bytes:
    """By branch code, then as the ledgers are written."""
    return as_csv_text(_rows(results, language))


def _rows(results: Results, language: Language) -> Iterator[list[str]]:
    yield [word(name, language) for name in COLUMNS]
    for branch in sorted(results["branches"], key=lambda branch: branch["code"]):
        for proof in branch["evidence"]:
            yield _row(results, branch, proof, language)


def _row(results: Results, branch: Branch, proof: Proof, language: Language) -> list[str]:
    contents, titles = proof["contents"], results["criteria"]["fields"]
    comma = SEPARATOR[language]
    used = [
        word("proof_times", language, title=titles[name][language], n=n)
        for name, n in proof["used_in"].items()
    ]
    return [
        branch["code"],
        branch["name"],
        proof["id"],
        proof["title"],
        proof["file"] or proof["place"] or "",
        contents["name"][language] if contents else word("proof_paper", language),
        Figure(contents["size"]) if contents else "",
        (contents["dated"] or "") if contents else "",
        comma.join(used) or word("proof_unused", language),
        comma.join(str(repeat["group"]) for repeat in proof["repeats"]),
        said(proof, language),
        (contents["sha256"] or "") if contents else "",
    ]


def said(proof: Proof, language: Language) -> str:
    """Where else the file or picture was handed in, without naming other branches."""
    parts = []
    for repeat in proof["repeats"]:
        way = word(f"proof_same_{repeat['way']}", language)
        where = []
        if repeat["own"]:
            own = SEPARATOR[language].join(repeat["own"])
            where.append(word("proof_in_own", language, numbers=own))
        if repeat["branches"]:
            where.append(word("proof_in_others", language, n=repeat["branches"]))
        if repeat["earlier"]:
            where.append(word("proof_in_earlier", language, n=repeat["earlier"]))
        parts.append(
            word("proof_repeated", language, way=way, where=SEPARATOR[language].join(where))
        )
    return word("proof_stop", language).join(parts)
