"""A pre-check in one language: `PreCheckSaid` → chapters."""

from collections.abc import Callable, Iterator, Sequence

from branchscore.outputs.chapters import Chapter, Lines, Told, heading, numbered
from branchscore.outputs.language import word
from branchscore.outputs.precheck import (
    AdjustmentSaid,
    ItemSaid,
    Missing,
    Named,
    PlanSaid,
    PreCheckSaid,
    SectionSaid,
    SelfSaid,
    Span,
    StepSaid,
    TargetSaid,
)
from branchscore.outputs.terminal import visible
from branchscore.outputs.wordings import Both
from branchscore.text.numbers import plain, printed
from branchscore.text.phrase import SEPARATOR, Language

INDENT = "  "
QUOTES: dict[Language, str] = {"zh": "”、“", "en": "”, “"}


def text(said: PreCheckSaid, language: Language) -> str:
    """The whole pre-check for a terminal; its faults are told apart from it."""
    lines = [*heading(said, language), word("pre_alone", language)]
    for chapter in numbered(list(Telling(said, language).chapters()), language):
        lines += ["", chapter.title]
        lines += [INDENT * (line.level + 1) + line.text for line in chapter.lines]
    return "\n".join(visible(line) for line in lines)


class Telling:
    """Tells one pre-check in one language."""

    def __init__(self, said: PreCheckSaid, language: Language) -> None:
        self.said, self.language = said, language

    def chapters(self) -> Iterator[Chapter]:
        said = self.said
        over = said["on"] is None
        last = self.w("pre_steps_over") if over else self.w("pre_steps_on", on=said["on"])
        told: tuple[tuple[str, Callable[[], Lines]], ...] = (
            (self.w("conditions"), self.tests),
            (self.w("pre_points"), self.points),
            (self.w("pre_missing"), self.missing),
            (self.w("pre_proofs"), self.proofs),
            (self.w("pre_grade"), self.grade),
            (last, self.steps),
            (self.w("pre_self"), self.selfs),
        )
        for title, lines in told:
            made = tuple(lines())
            if made:
                yield Chapter(title, made)

    def w(self, name: str, **values: object) -> str:
        return word(name, self.language, **values)

    def t(self, both: Both) -> str:
        return both[self.language]

    def joined(self, texts: Sequence[str]) -> str:
        return SEPARATOR[self.language].join(texts)

    def tests(self) -> Lines:
        for test in self.said["tests"]:
            held = f"{'holds' if test['holds'] else 'fails'}_{test['kind']}"
            held = "pre_unknown" if test["holds"] is None else held
            why = self.t(test["why"]).strip()
            yield Told(0, self.w("pre_test", id=test["id"], why=why, held=self.w(held)))
            if test["help"]:
                yield Told(1, self.w("pre_help", do=self.t(test["help"]["do"])))

    def points(self) -> Lines:
        said = self.said
        name = "pre_total" if said["low"] == said["high"] else "pre_total_open"
        yield Told(0, self.w(name, low=said["low"], high=said["high"], most=said["most"]))
        for part in said["open"]:
            whom = self.joined([self.w(f"pre_{name}") for name in part["awaits"]])
            yield Told(1, self.w("pre_open", whom=whom, points=part["points"]))
        for section in said["sections"]:
            yield from self.section(section)

    def section(self, section: SectionSaid) -> Lines:
        taken = section["kind"] == "penalties"
        name = "pre_taken" if taken else "pre_section"
        title, points = self.t(section["title"]), section["points"]
        yield Told(0, self.w(name, title=title, span=span(section), points=points))
        best = [item for item in section["items"] if item["low"] == _most(item, taken)]
        for item in section["items"]:
            if item not in best:
                yield Told(1, self.item(item))
        for adjustment in section["adjustments"]:
            yield Told(1, f"{self.t(adjustment['why'])} {span(adjustment)}")
        if best:
            name = "pre_full" if len(best) < len(section["items"]) else "pre_all_full"
            yield Told(1, self.w("pre_not_taken" if taken else name, n=len(best)))

    def item(self, item: ItemSaid) -> str:
        named, points = self.named(item), item["points"]
        why = self.why(item, item["awaits"])
        return self.w("pre_item", span=span(item), points=points, why=why, **named)

    def why(self, said: ItemSaid | SelfSaid, awaited: Sequence[str] = ()) -> str:
        """The reason without the item's title, which stands before it; short where nobody can do
        anything but wait."""
        if awaited and "answers" not in awaited:
            return self.joined([self.w(f"pre_{name}") for name in awaited])
        why, title = self.t(said["why"]), self.t(said["title"])
        return why.removeprefix(title).lstrip("：: ") or why

    def named(self, said: Named) -> dict[str, str]:
        return {"id": said["id"], "title": self.t(said["title"])}

    def missing(self) -> Lines:
        telling = [gap for gap in self.said["missing"] if gap["items"] or gap["tests"]]
        idle = [self.t(gap["title"]) for gap in self.said["missing"] if gap not in telling]
        for gap, titles in _together(telling, self.language):
            what = self.gap(gap, QUOTES[self.language].join(titles))
            several = [f"{s['id']} {self.t(s['title'])} {span(s)}" for s in gap["items"]]
            if several:
                name = "pre_worth" if gap["worth"] != "0" else "pre_worth_none"
                items = self.joined(several)
                yield Told(0, self.w(name, what=what, worth=gap["worth"], items=items))
            if gap["tests"]:
                tests = self.joined([self.t(test["title"]) for test in gap["tests"]])
                yield Told(0, self.w("pre_for_tests", what=what, tests=tests))
        if idle:
            yield Told(0, self.w("pre_idle", titles=self.joined(idle)))
        if not self.said["missing"]:
            yield Told(0, self.w("pre_nothing_missing"))

    def gap(self, gap: Missing, titles: str) -> str:
        if gap["list"]:
            lines = self.joined([str(line) for line in gap["lines"]])
            return self.w("pre_in_records", list=self.t(gap["list"]), lines=lines, titles=titles)
        return self.w("pre_partial" if gap["partial"] else "pre_answer", titles=titles)

    def proofs(self) -> Lines:
        lacking = [step for step in self.said["steps"] if step["now"]]
        for step in lacking:
            do, gain = self.t(step["last"]["do"]), step["last"]["gain"]
            yield Told(0, self.w("pre_proof", do=do, gain=gain, **self.named(step)))
        if not lacking:
            yield Told(0, self.w("pre_no_proofs"))

    def grade(self) -> Lines:
        grade = self.said["grade"]
        if grade is None:
            return
        yield from self.bars()
        before = None
        for name in ("sure", "answered", "best"):
            title = self.t(grade[name])
            if title != before:
                yield Told(0, self.w(f"pre_{name}", grade=title))
            before = title
        for held in grade["held"]:
            yield Told(1, self.t(held))
        for target in grade["targets"]:
            yield from self.target(target)
        if any(target["now"] or target["later"] for target in grade["targets"]):
            yield Told(0, self.w("pre_effort"))
        if grade["quota"]:
            yield Told(0, self.w("pre_quota", quota=grade["quota"]))

    def bars(self) -> Lines:
        """What points cannot outweigh: failed conditions and vetoes, and those still open."""
        for test in self.said["tests"]:
            good = test["kind"] == "gate"
            if test["bars"] and test["holds"] is not good:
                name = "pre_unsure" if test["holds"] is None else "pre_barred"
                yield Told(0, self.w(name, why=f"{test['id']} {self.t(test['title'])}"))

    def target(self, target: TargetSaid) -> Lines:
        grade, gap = self.t(target["grade"]), target["gap"]
        name = "pre_gap_minimum" if target["minimum"] else "pre_gap"
        name = "pre_gap_none" if gap == "0" else name
        yield Told(0, self.w(name, grade=grade, at_least=target["at_least"], gap=gap))
        if gap != "0":
            yield from self.still_open(target)
        for lacking in target["lacking"]:
            yield Told(1, self.w("pre_lacking", grade=grade, why=self.t(lacking)))
        if target["shared"]:
            yield Told(1, self.w("pre_shared", grade=grade))
        soon = "pre_plan_now" if self.said["on"] is None else "pre_plan_on"
        proofs = any(step["now"] for step in self.said["steps"])
        later = "pre_plan_later" if proofs else "pre_plan_later_only"
        for name, plan in ((soon, target["now"]), (later, target["later"])):
            if plan:
                yield from self.plan(name, plan)
        most = printed(target["answers"]) + printed(target["rest"])
        if most < printed(gap) and not target["now"] and not target["later"]:
            yield Told(1, self.w("pre_plan_none"))

    def still_open(self, target: TargetSaid) -> Lines:
        answers, rest = target["answers"], target["rest"]
        if answers != "0":
            enough = printed(answers) >= printed(target["gap"])
            name = "pre_by_answers" if enough else "pre_by_answers_short"
            yield Told(1, self.w(name, answers=answers))
        if rest != "0":
            several = {who for part in self.said["open"] for who in part["awaits"]} - {"answers"}
            whom = self.joined([self.w(f"pre_{who}") for who in sorted(several)])
            enough = printed(rest) >= printed(target["gap"])
            name = "pre_by_rest_enough" if enough else "pre_by_rest_short"
            name = name if answers == "0" else "pre_by_rest"
            yield Told(1, self.w(name, rest=rest, whom=whom))

    def plan(self, name: str, plan: PlanSaid) -> Lines:
        yield Told(1, self.w(name, effort=plan["effort"], low=plan["low"]))
        for pick in plan["steps"]:
            step = pick["step"]
            values = {"do": self.t(step["do"]), "effort": step["effort"], "gain": step["gain"]}
            yield Told(2, self.w("pre_pick", **values, **self.named(pick)))

    def steps(self) -> Lines:
        steps = [step for step in self.said["steps"] if not step["now"]]
        if self.said["on"] is None:
            yield Told(0, self.w("pre_over"))
        yield Told(0, self.w("pre_order" if steps else "pre_no_steps"))
        for step in steps:
            yield Told(1, self.step(step))
        if self.said["stuck"]:
            yield Told(0, self.w("pre_stuck"))
        for item in self.said["stuck"]:
            why = self.t(item["gain"]) if item["gain"] else self.why(item)
            gap = plain(printed(_most(item, item["takes"])) - printed(item["low"]))
            name = "pre_stuck_taken" if item["takes"] else "pre_stuck_item"
            yield Told(1, self.w(name, gap=gap, why=why, **self.named(item)))

    def step(self, step: StepSaid) -> str:
        first, last = step["first"], step["last"]
        name = "pre_step" if first == last else "pre_step_further"
        values = {"do": self.t(first["do"]), "total": step["total"], **self.named(step)}
        return self.w(name, effort=last["effort"], gain=last["gain"], **values)

    def selfs(self) -> Lines:
        selfs = self.said["self_scores"]
        if not selfs:
            yield Told(0, self.w("pre_no_self"))
            return
        for one in selfs:
            if one["kind"] != "same":
                values = {"own": one["own"], "span": span(one), "by": one["by"]}
                why = self.why(one, one["awaits"])
                yield Told(
                    0, self.w(f"pre_self_{one['kind']}", why=why, **values, **self.named(one))
                )
        if same := sum(one["kind"] == "same" for one in selfs):
            yield Told(0, self.w("pre_self_same", n=same))


def _together(gaps: Sequence[Missing], language: Language) -> list[tuple[Missing, list[str]]]:
    """Answers that are missing for the same, so that its worth is not said twice."""
    made: dict[str, tuple[Missing, list[str]]] = {}
    for gap in gaps:
        key = repr((gap["list"] and gap["field"], gap["partial"], gap["lines"], gap["items"]))
        made.setdefault(key + repr(gap["tests"]), (gap, []))[1].append(gap["title"][language])
    return list(made.values())


def _most(item: ItemSaid, taken: bool) -> str:
    return "0" if taken else item["points"]


def span(said: SectionSaid | ItemSaid | AdjustmentSaid | Span | SelfSaid) -> str:
    """Points as they stand: one number, or from what to what."""
    low, high = said["low"], said["high"]
    return low if low == high else f"{low}—{high}"
