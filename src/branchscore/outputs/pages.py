"""Results → HTML pages, by templates. Everything shown comes from `Results`; pages compute
only how wide a bar is."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from branchscore.outputs.evidence_sheet import said
from branchscore.outputs.fonts import drawable
from branchscore.outputs.language import word
from branchscore.outputs.results import Branch, Results
from branchscore.outputs.safety import dots
from branchscore.safety.share import share
from branchscore.text.numbers import Exact, divided, is_unlimited, plain, printed, rounded
from branchscore.text.phrase import Language


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("branchscore.outputs"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = _lines
    environment.filters["aligned"] = _aligned
    return environment


def render(template: str, language: Language, decimals: int = 0, **context: object) -> str:
    """One page as HTML; `t` picks the language of a wording, `w` is a word of the pages, `span`
    prints points that may be a range, with at least `decimals` places, `repeated` where else a
    proof was handed in."""

    def pick(wording: Any) -> str:
        return str(wording[language])

    def span(low: str, high: str) -> str:
        ends = dict.fromkeys((_aligned(low, decimals), _aligned(high, decimals)))
        return " — ".join(ends)

    say: Callable[..., str] = partial(word, language=language)
    repeated = partial(said, language=language)
    page = _environment().get_template(template)
    return page.render(
        t=pick, w=say, span=span, repeated=repeated, share=share, language=language, **context
    )


def report(results: Results, branch: Branch, language: Language) -> str:
    """The evaluation report of one branch."""
    return drawable(
        render(
            "report.html.j2",
            language,
            results["criteria"]["decimals"],
            **_branch_context(results, branch),
        )
    )


def summary(results: Results, language: Language) -> str:
    """The summary for the commission."""
    highs = [printed(b["high"]) for b in results["branches"]]
    known = [high for high in highs if not is_unlimited(high)]
    most = max([1, *known, *(printed(b["low"]) for b in results["branches"])])
    bars = {
        branch["code"]: _bar(branch["low"], branch["high"], most) for branch in results["branches"]
    }
    table = results["criteria"]
    return drawable(
        render(
            "summary.html.j2",
            language,
            table["decimals"],
            results=results,
            table=table,
            bars=bars,
            dots=dots(results["safety"]),
        )
    )


def index(results: Results, language: Language) -> str:
    """The overview as one self-contained page for a browser."""
    contexts = [_branch_context(results, branch) for branch in results["branches"]]
    table = results["criteria"]
    return render(
        "index.html.j2",
        language,
        table["decimals"],
        results=results,
        table=table,
        contexts=contexts,
        dots=dots(results["safety"]),
    )


def _branch_context(results: Results, branch: Branch) -> dict[str, object]:
    """A branch joined with the table it was scored by."""
    table = results["criteria"]
    items = {item["id"]: item for part in branch["sections"] for item in part["items"]}
    parts = {part["id"]: part for part in branch["sections"]}
    bars = {
        section["id"]: _bar(
            parts[section["id"]]["low"], parts[section["id"]]["high"], printed(section["points"])
        )
        for section in table["sections"]
        if section["kind"] == "dimension"
    }
    lacking = [
        (terms, items[terms["id"]], plain(printed(terms["points"]) - printed(item["low"])))
        for section in table["sections"]
        if section["kind"] == "dimension"
        for terms in section["items"]
        if (item := items[terms["id"]])["gain"]
    ]
    ranked = sum(1 for other in results["branches"] if other["rank"])
    return {
        "table": table,
        "branch": branch,
        "items": items,
        "parts": parts,
        "bars": bars,
        "lacking": lacking,
        "ranked": ranked,
    }


def _bar(low: str, high: str, whole: Exact) -> dict[str, str]:
    """Widths in per cent: what is certain, and what is still possible beyond it."""
    certain = min(divided(max(printed(low), 0), whole), 1)
    possible = min(divided(max(printed(high), 0), whole), 1) - certain
    return {"low": _percent(certain), "high": _percent(possible)}


def _percent(share: Exact) -> str:
    return plain(rounded(share * 100, 2, "half-up")) + "%"


def _lines(places: list[dict[str, Any]]) -> str:
    """Line numbers of a submission, runs shortened: `12, 31–35`."""
    numbers = sorted({n for place in places for n in (place["records"] or [place["line"]]) if n})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def _aligned(points: str | None, decimals: int) -> str:
    """Points for a column: at least so many decimals, a minus that is a minus."""
    if points is None:
        return ""
    return plain(printed(points), decimals).replace("-", "−")
