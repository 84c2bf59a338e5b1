"""The evaluation report of one branch in large type: the same values in chapters of short lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from branchscore.outputs.chapters import Chapter, Lines, Told, numbered
from branchscore.outputs.fonts import drawable
from branchscore.outputs.language import word
from branchscore.outputs.pages import aligned, render
from branchscore.outputs.precheck import StepSaid
from branchscore.outputs.report import lacking
from branchscore.outputs.results import Adjustment, Branch, Item, Part, Results
from branchscore.outputs.wordings import Both
from branchscore.text.phrase import Language


def large_report(
    results: Results, branch: Branch, steps: Sequence[StepSaid], language: Language
) -> str:
    """The report as a page; `steps` are what would have earned more, the least effort first."""
    telling = _Telling(results, branch, steps, language)
    table = results["criteria"]
    return drawable(
        render(
            "large.html.j2",
            language,
            title=branch["name"],
            running=f"{word('report', language)} {branch['code']}",
            fictional=branch["fictional"],
            about=[f"{table['title'][language]} · {table['batch'][language]}", *telling.result()],
            chapters=numbered(list(telling.chapters()), language),
        )
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    results: Results
    branch: Branch
    steps: Sequence[StepSaid]
    language: Language

    def chapters(self) -> Iterator[Chapter]:
        told = (
            ("conditions", self.tests()),
            ("reason", self.points()),
            ("review", self.review()),
            ("to_do", self.next()),
        )
        for name, lines in told:
            made = tuple(lines)
            if made:
                yield Chapter(self.w(name), made)

    def w(self, name: str, **values: object) -> str:
        return word(name, self.language, **values)

    def t(self, both: Both) -> str:
        return both[self.language]

    def span(self, said: Branch | Part | Item | Adjustment) -> str:
        decimals = self.results["criteria"]["decimals"]
        ends = dict.fromkeys(aligned(said[end], decimals) for end in ("low", "high"))
        return " — ".join(ends)

    def result(self) -> Iterator[str]:
        branch = self.branch
        grade, outcome = self.t(branch["grade"]), self.w(branch["outcome"])
        yield f"{self.w('total')} {self.span(branch)} {self.w('points')} · {grade} · {outcome}"
        yield self.t(branch["why"])

    def tests(self) -> Lines:
        for test in self.branch["tests"]:
            held = f"{'holds' if test['holds'] else 'fails'}_{test['kind']}"
            said = self.w("to_confirm" if test["holds"] is None else held)
            yield Told(0, f"{self.t(test['why'])} · {said}")

    def points(self) -> Lines:
        sections = self.results["criteria"]["sections"]
        for terms, part in zip(sections, self.branch["sections"], strict=True):
            yield Told(0, f"{self.t(terms['title'])} {self.span(part)} / {terms['points']}")
            for asked, item in zip(terms["items"], part["items"], strict=True):
                points = f"{self.span(item)} / {asked['points']}"
                yield Told(1, f"{asked['id']} {points} · {self.t(item['why'])}")
            for adjustment in part["adjustments"]:
                yield Told(1, f"{self.t(adjustment['why'])} {self.span(adjustment)}")

    def review(self) -> Lines:
        for strike in self.branch["strikes"]:
            yield Told(0, f"{self.w('strike')} · {self.t(strike['what'])} · {strike['reason']}")
        for comment in self.branch["comments"]:
            yield Told(0, f"{self.w('comment')} · {comment['text']}")

    def next(self) -> Lines:
        for step in self.steps:
            yield Told(0, f"{step['id']} +{step['total']} · {self.t(step['first']['do'])}")
        known = {step["id"] for step in self.steps}
        for terms, item in lacking(self.results, self.branch):
            if terms["id"] not in known:
                gain = f" · {self.t(item['gain'])}" if item["gain"] else ""
                points = f"{self.span(item)} / {terms['points']}"
                yield Told(0, f"{terms['id']} {self.t(terms['title'])} {points}{gain}")
