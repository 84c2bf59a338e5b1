"""A pre-check as a page in large type: for people who read on paper and far from young."""

from collections.abc import Sequence

from branchscore.outputs.chapters import fault_chapters, heading, numbered
from branchscore.outputs.fonts import drawable
from branchscore.outputs.language import word
from branchscore.outputs.pages import render
from branchscore.outputs.precheck import PreCheckSaid
from branchscore.outputs.telling import Telling
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.phrase import Language


def page(
    file: str, faults: Sequence[Diagnostic], said: PreCheckSaid | None, language: Language
) -> str:
    """What is wrong with a file, and its pre-check where it is sound enough to have one."""
    kind, about = word("pre_title", language), list[str]()
    title = running = f"{kind} {file}"
    chapters = list(fault_chapters(faults, language))
    if said is None:
        about = [word("pre_no_score", language)] if chapters else []
    else:
        title, *_ = heading(said, language)
        running = f"{kind} {said['code']}"
        about = [said["criteria"]["title"][language], word("pre_alone", language)]
        chapters += Telling(said, language).chapters()
    return drawable(
        render(
            "large.html.j2",
            language,
            title=title,
            running=running,
            fictional=bool(said and said["fictional"]),
            about=about,
            chapters=numbered(chapters, language),
        )
    )
