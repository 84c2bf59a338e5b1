"""The evaluation report of one branch: its result, every line of it, and what to do next."""

from collections.abc import Sequence

from branchscore.outputs.bars import columns, strip
from branchscore.outputs.fonts import drawable
from branchscore.outputs.pages import branch_context, render
from branchscore.outputs.precheck import StepSaid
from branchscore.outputs.results import Branch, Item, ItemTerms, Results
from branchscore.outputs.spread import TOTAL
from branchscore.outputs.wordings import Both
from branchscore.text.numbers import printed
from branchscore.text.phrase import Language


def report(results: Results, branch: Branch, steps: Sequence[StepSaid], language: Language) -> str:
    """The report as a page; `steps` are what would have earned more, the least effort first."""
    told, found = {step["id"] for step in steps}, lacking(results, branch)
    spread = results["spread"] if branch["rank"] else None
    lines = {line["id"]: line for line in spread["lines"]} if spread else {}
    return drawable(
        render(
            "report.html.j2",
            language,
            results["criteria"]["decimals"],
            **branch_context(results, branch),
            steps=steps,
            lacking=[one for one in found if one[0]["id"] not in told],
            peers={name: strip(line) for name, line in lines.items()},
            middle=lines.get(TOTAL),
            sources=sources(results),
            columns=columns(spread["bands"], branch["low"]) if spread else [],
        )
    )


def sources(results: Results) -> list[tuple[Both, list[str]]]:
    """Every document that items rest on, with these items and the articles."""
    found: dict[str, tuple[Both, list[str]]] = {}
    for section in results["criteria"]["sections"]:
        for item in section["items"]:
            if cited := item["source"]:
                _, items = found.setdefault(cited["document"]["zh"], (cited["document"], []))
                items.append(" ".join(filter(None, (item["id"], cited["article"]))))
    return list(found.values())


def lacking(results: Results, branch: Branch) -> list[tuple[ItemTerms, Item]]:
    """The items of the dimensions that did not earn all their points, in the table's order."""
    items = {item["id"]: item for part in branch["sections"] for item in part["items"]}
    return [
        (terms, items[terms["id"]])
        for section in results["criteria"]["sections"]
        if section["kind"] == "dimension"
        for terms in section["items"]
        if printed(items[terms["id"]]["low"]) < printed(terms["points"])
        and items[terms["id"]]["state"] != "not_applicable"
    ]
