"""Results → HTML pages, by templates. Everything shown comes from `Results`; pages compute
only how wide a bar is."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, Template, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from branchscore.outputs.bars import bar
from branchscore.outputs.evidence_sheet import said
from branchscore.outputs.language import word
from branchscore.outputs.press import PaperError
from branchscore.outputs.results import Branch, Place, Results
from branchscore.outputs.squeezing import squeezed
from branchscore.safety.share import share
from branchscore.text.numbers import plain, printed
from branchscore.text.phrase import Language, Phrase


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("branchscore.outputs"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = lines
    environment.filters["aligned"] = aligned
    environment.filters["squeezed"] = squeezed
    return environment


def compiled(text: str, name: str) -> Template:
    """A template that did not come with the installation. Raises `PaperError`."""
    try:
        return _environment().from_string(text)
    except TemplateError as error:
        raise PaperError(_broken(name, error)) from None


def _broken(name: str, error: Exception) -> Phrase:
    line = getattr(error, "lineno", None)
    at, why = f"{name}:{line}" if line else name, getattr(error, "message", None) or str(error)
    if isinstance(error, TemplateNotFound):
        return Phrase(
            f"模板 {at} 引用的 {why} 不存在",
            f"the template {at} asks for {why}, which is not found",
        )
    return Phrase(f"模板 {at} 有错：{why}", f"the template {at} is broken: {why}")


def render(
    template: str | Template, language: Language, decimals: int = 0, **context: object
) -> str:
    """One page as HTML; `t` picks the language of a wording, `w` is a word of the pages, `span`
    prints points that may be a range, with at least `decimals` places, `repeated` where else a
    proof was handed in."""

    def pick(wording: Any) -> str:
        return str(wording[language])

    def span(low: str, high: str) -> str:
        ends = dict.fromkeys((aligned(low, decimals), aligned(high, decimals)))
        return " — ".join(ends)

    say: Callable[..., str] = partial(word, language=language)
    repeated = partial(said, language=language)
    page = _environment().get_template(template)
    return page.render(
        t=pick, w=say, span=span, repeated=repeated, share=share, language=language, **context
    )


def render_own(name: str, template: str | Template, language: Language, **context: object) -> str:
    """A page by, or on top of, the template `name` of the user. Raises `PaperError` where that
    asks for what there is not."""
    try:
        return render(template, language, **context)  # type: ignore[arg-type]
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise PaperError(_broken(name, error)) from None


def branch_context(results: Results, branch: Branch) -> dict[str, object]:
    """A branch joined with the table it was scored by."""
    table = results["criteria"]
    items = {item["id"]: item for part in branch["sections"] for item in part["items"]}
    parts = {part["id"]: part for part in branch["sections"]}
    bars = {
        section["id"]: bar(
            parts[section["id"]]["low"], parts[section["id"]]["high"], printed(section["points"])
        )
        for section in table["sections"]
        if section["kind"] == "dimension"
    }
    ranked = sum(1 for other in results["branches"] if other["rank"])
    return {
        "table": table,
        "branch": branch,
        "items": items,
        "parts": parts,
        "bars": bars,
        "ranked": ranked,
    }


def lines(places: Sequence[Place]) -> str:
    """Line numbers of a submission, runs shortened: `12, 31–35`."""
    numbers = sorted({n for place in places for n in (place["records"] or [place["line"]]) if n})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def aligned(points: str | None, decimals: int) -> str:
    """Points for a column: at least so many decimals, a minus that is a minus."""
    if points is None:
        return ""
    return plain(printed(points), decimals).replace("-", "−")
