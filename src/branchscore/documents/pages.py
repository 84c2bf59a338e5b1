"""Documents → HTML: for paper set line by line, for a browser as running text."""

import re
from functools import cache

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from branchscore.documents.document import Document, dated, head, signatures
from branchscore.documents.form import ApprovalForm, Entry
from branchscore.documents.setting import lines
from branchscore.outputs.faces import SANS, SERIF
from branchscore.outputs.line_breaks import title_lines

FIRST_LEVEL = re.compile(r"[一二三四五六七八九十百]+、")


@cache
def environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=PackageLoader("branchscore.documents"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["set"] = as_lines
    made.filters["dated"] = dated
    made.filters["title_lines"] = title_lines
    made.filters["first_level"] = lambda text: bool(FIRST_LEVEL.match(text))
    return made


def as_lines(text: str, cells: float = 28, indent: float = 2, size: float = 16) -> Markup:
    """A paragraph as lines of the standard's page."""
    face = SANS if FIRST_LEVEL.match(text) else SERIF
    rows = lines(text, cells=cells, indent=indent, face=face, size=size)
    spans = (
        Markup('<span style="letter-spacing:{}pt">{}</span>').format(row.spacing, escape(row.text))
        for row in rows
    )
    return Markup("<br>").join(spans)


def on_paper(document: Document) -> str:
    """The page that is printed."""
    return (
        environment()
        .get_template("paper.html.j2")
        .render(
            document=document,
            head=head(document.issuers, document.number) if document.number else None,
            signed=signatures(document.issuers, document.date),
        )
    )


def on_screen(document: Document) -> str:
    """One self-contained page for a browser."""
    return environment().get_template("screen.html.j2").render(document=document)


def form_page(form: ApprovalForm) -> str:
    """The form as it is printed: two short answers to a row, a long one alone."""
    rows: list[list[Entry]] = []
    for entry in form.entries:
        beside = rows and len(rows[-1]) == 1 and not rows[-1][0].long and not entry.long
        rows[-1].append(entry) if beside else rows.append([entry])
    return environment().get_template("form.html.j2").render(form=form, rows=rows)
