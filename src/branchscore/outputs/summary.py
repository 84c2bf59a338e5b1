"""The commission's report: who is named and how safely, what the table separated, how sound the
data are, and by what method."""

from collections.abc import Iterator

from branchscore.outputs.bars import bar, columns
from branchscore.outputs.fonts import drawable
from branchscore.outputs.pages import render
from branchscore.outputs.results import Results
from branchscore.outputs.results_spread import SpreadSaid
from branchscore.outputs.safety import dots
from branchscore.outputs.wordings import Both
from branchscore.text.numbers import is_unlimited, printed
from branchscore.text.phrase import Language


def summary(results: Results, language: Language) -> str:
    """The summary for the commission."""
    highs = [printed(b["high"]) for b in results["branches"]]
    known = [high for high in highs if not is_unlimited(high)]
    most = max([1, *known, *(printed(b["low"]) for b in results["branches"])])
    bars = {
        branch["code"]: bar(branch["low"], branch["high"], most) for branch in results["branches"]
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
            columns=columns(results["spread"]["bands"]) if results["spread"] else [],
            separated=list(_separated(results)),
        )
    )


def _separated(results: Results) -> Iterator[tuple[Both, SpreadSaid]]:
    """Every item of the table and how it spread, what set the named apart most first."""
    if results["spread"] is None:
        return
    titles = {
        item["id"]: item["title"]
        for section in results["criteria"]["sections"]
        for item in section["items"]
    }
    lines = [line for line in results["spread"]["lines"] if line["id"] in titles]
    for line in sorted(lines, key=lambda line: -printed(line["apart"] or "0")):
        yield titles[line["id"]], line
