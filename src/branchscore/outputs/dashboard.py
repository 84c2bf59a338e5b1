"""`index.html`: the whole evaluation as one page that needs no server and asks no network.

Scripts draw the page from data that stand in it once, a window of rows at a time, so that
thousands of branches stay usable; where scripts do not run, the page has the same as tables.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup
from pydantic_core import to_json

from branchscore.outputs.dashboard_data import CHUNK, details, first, rest
from branchscore.outputs.language import words
from branchscore.outputs.pages import branch_context, render
from branchscore.outputs.results import Results
from branchscore.outputs.safety import dots
from branchscore.text.phrase import Language

SCRIPTS = ("data", "charts", "ranking", "branch", "compare", "overview", "main")
IN_TABLES = 200
"""Of so many branches the reasons stand in the page for readers without scripts."""

QUOTED = re.compile(r'"(\w+)"')
BY_VALUE = (
    *("named", "not_named", "candidate", "reserve", "tied", "open", "below_minimum", "last_out"),
    *("ranked", "undetermined", "ineligible", "vetoed"),
    *("not_stated", "not_applicable", "not_proven", "pending", "struck"),
    *("gate", "veto", "holds_gate", "fails_gate", "holds_veto", "fails_veto"),
    *("proof_same_file", "proof_same_picture", "without_item", "without_reviewer"),
    *(
        "way_joined",
        "way_left",
        "way_rose",
        "way_fell",
        "way_changed",
        "sheet_strike",
        "sheet_mark",
    ),
    *("beside_section", "beside_total"),
    *("half-up", "half-even", "rounding_item", "rounding_total"),
)
"""Words that the scripts name by a value of the results."""


def index(results: Results, language: Language) -> str:
    """The page; `language` is the one it opens in."""
    table, branches = results["criteria"], results["branches"]
    head = {
        "language": language,
        "words": {name: words()[name]._asdict() for name in sorted(_names())},
        "chunk": CHUNK,
        **first(results),
    }
    blocks = {"head": head, "rest": rest(results)}
    blocks |= {f"details-{n}": chunk for n, chunk in enumerate(details(results))}
    return render(
        "index.html.j2",
        language,
        table["decimals"],
        results=results,
        table=table,
        contexts=[branch_context(results, branch) for branch in branches[:IN_TABLES]],
        dots=dots(results["safety"]),
        style=Markup(_part("dashboard.css")),  # noqa: S704
        script=Markup(script()),  # noqa: S704
        digest=b64encode(sha256(script().encode()).digest()).decode(),
        blocks={name: _embedded(block) for name, block in blocks.items()},
    )


def _embedded(block: object) -> Markup:
    """Data as a script element may hold it: nothing in it can end the element."""
    return Markup(to_json(block).decode().replace("<", "\\u003c"))  # noqa: S704


@cache
def script() -> str:
    """All scripts of the page, in one scope that nothing else can reach."""
    body = "".join(_part(f"{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def _names() -> set[str]:
    return {*BY_VALUE, *(words().keys() & QUOTED.findall(script()))}


def _part(name: str) -> str:
    folder = files("branchscore.outputs") / "templates" / "dashboard"
    return (folder / name).read_text(encoding="utf-8")
