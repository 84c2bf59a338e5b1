"""`branchscore register received`, `checked`: what is handed in, and the receipts for it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import (
    DONE,
    FAULTY,
    UNWRITTEN,
    WRONG_CALL,
    criteria_option,
    near,
    tell_faults,
)
from branchscore.cli.register_desk import Desk, campaign_options, frozen, held, home_of, leave
from branchscore.text.phrase import Language, Phrase

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria
    from branchscore.register.book import Book, Entry
    from branchscore.register.event import Checked, Received
    from branchscore.text.source import Document

NO_CODE = Phrase(
    "{path}: 没有写支部代码（code），没有登记", "{path}: it states no code; it was not recorded"
)
OTHER = Phrase(
    "{path}: 是“{got}”的申报，不是“{known}”的，没有登记",
    "{path}: it is for “{got}”, not for “{known}”; it was not recorded",
)
AGAIN = Phrase("{path}: {why}", "{path}: {why}")
NO_RECEIPT = Phrase(
    "已经登记，但回执没有写成：{why}", "recorded, but the receipts were not written: {why}"
)
NO_SUBMISSION = Phrase(
    "{path}: 不是申报（没有写是哪个评分表的），没有登记",
    "{path}: no submission, since it names no criteria; it was not recorded",
)
NOTHING = Phrase("没有可读的申报。", "No submissions to read.")
RECEIPT = Phrase(
    "申报回执\n\n活动：{campaign}\n支部：{code}\n文件：{file}\n文件 SHA-256：{sha256}\n"
    "登记：第 {n} 行，{time}（协调世界时）\n"
    "当时的登记簿：{size} 行，根 {root}\n\n"
    "请保存本回执和交来的文件。文件一字不差，才有这个 SHA-256；登记簿公布的根与此相接，才没有被改过"
    "（branchscore register verify --was {size}:{root}）。\n",
    "Receipt of a submission\n\nCampaign: {campaign}\nBranch: {code}\nFile: {file}\n"
    "SHA-256 of the file: {sha256}\nRecorded: line {n}, {time} (UTC)\n"
    "The register then: {size} lines, root {root}\n\n"
    "Keep this receipt and the file. Only the very same file has this SHA-256, and only a register "
    "that nobody changed continues from this root\n"
    "(branchscore register verify --was {size}:{root}).\n",
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--receipts",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="把回执写进这个文件夹 · write receipts into this folder",
)
@campaign_options
def received(
    files: Sequence[Path],
    receipts: Path | None,
    out: Path,
    campaign: str | None,
    language: Language,
) -> None:
    """登记收到的申报，每份印一行回执：行号、支部代码、文件哈希、时间。

    Record submissions that were handed in and print a receipt for each: line, code, hash of the
    file, time. A file that is the same in every byte is recorded once.
    """
    with held(home_of(near(out), campaign, language), language) as desk:
        events, code = _handed_in(desk, files)
        from branchscore.register.book import append  # noqa: PLC0415

        book, entries = append(desk.book, [event for _, event in events])
        for (path, event), entry in zip(events, entries, strict=True):
            click.echo(f"{entry.n:>4}  {event.code}  {event.sha256[:16]}  {entry.time}  {path}")
        if receipts and entries:
            _write_receipts(receipts, book, entries, language)
    sys.exit(code)


def _handed_in(desk: Desk, files: Sequence[Path]) -> "tuple[list[tuple[Path, Received]], int]":
    """The events for files, and an exit code; what cannot be recorded is told."""
    from branchscore.register.order import refused  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.text.source import read  # noqa: PLC0415

    events, code = list[tuple[Path, "Received"]](), DONE
    for path in _found(files, desk.language):
        try:
            event = _received(desk, read(path))
        except Faulty as error:
            tell_faults(error.diagnostics, desk.language)
            event = None
        if event is None:
            code = FAULTY
            continue
        why = refused(desk.book.state, event)
        if why:
            _tell(AGAIN, desk.language, path=str(path), why=why.say(desk.language))
        elif (event.code, event.sha256) not in {(e.code, e.sha256) for _, e in events}:
            events.append((path, event))
    return events, code


def _found(files: Sequence[Path], language: Language) -> list[Path]:
    from branchscore.text.folders import found  # noqa: PLC0415

    paths = found(map(near, files)).files
    if not paths:
        leave(NOTHING, language, WRONG_CALL)
    return paths


def _received(desk: Desk, document: "Document") -> "Received | None":
    """The event for one file; None, told, where it does not say whose it is."""
    from hashlib import sha256  # noqa: PLC0415

    from branchscore.register.event import Received  # noqa: PLC0415
    from branchscore.submission.titles import stated  # noqa: PLC0415
    from branchscore.text.personal import masked  # noqa: PLC0415
    from branchscore.text.scalars import CODE  # noqa: PLC0415
    from branchscore.text.source import Map  # noqa: PLC0415

    root = document.root if isinstance(document.root, Map) else Map()
    code, got = (str(stated(root, name)[1] or "") for name in ("code", "criteria"))
    known = desk.book.state.criteria[-1].campaign if desk.book.state.criteria else got
    if not got:
        _tell(NO_SUBMISSION, desk.language, path=document.path)
        return None
    if got != known:
        _tell(OTHER, desk.language, path=document.path, got=got, known=known)
        return None
    if not CODE.fullmatch(code):
        _tell(NO_CODE, desk.language, path=document.path)
        return None
    digest = sha256(document.raw).hexdigest()
    return Received(code=code, sha256=digest, file=masked(Path(document.path).name))


def _tell(wording: Phrase, language: Language, **values: str) -> None:
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    texts = {name: visible(text) for name, text in values.items()}
    click.echo(wording.say(language).format_map(texts), err=True)


def _write_receipts(
    folder: Path, book: "Book", entries: "Sequence[Entry]", language: Language
) -> None:
    from branchscore.text.system import told  # noqa: PLC0415

    size, root, campaign = len(book.lines), book.root.hex(), book.state.criteria[-1].campaign
    for entry in entries:
        values = entry.event.model_dump()
        text = RECEIPT.say(language).format(
            n=entry.n, time=entry.time, size=size, root=root, campaign=campaign, **values
        )
        path = folder / f"{values['code']}-{entry.n:04}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            leave(NO_RECEIPT, language, UNWRITTEN, why=told(error).say(language))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@criteria_option
@campaign_options
def checked(
    files: Sequence[Path],
    criteria: Path | None,
    out: Path,
    campaign: str | None,
    language: Language,
) -> None:
    """检查收到的申报，登记各有几处错误、提醒；是什么错误，用 branchscore check 看。

    Check submissions that were received and record how many faults each has; which they are is
    told by branchscore check.
    """
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.text.source import read  # noqa: PLC0415

    with held(home_of(near(out), campaign, language), language) as desk:
        table, code, events = frozen(desk, criteria), DONE, list["Checked"]()
        for path in _found(files, language):
            try:
                document = read(path)
            except Faulty as error:
                tell_faults(error.diagnostics, language)
                code = FAULTY
                continue
            handed = _received(desk, document)
            if handed is None:
                code = FAULTY
            else:
                events.append(_checked(handed, document, table))
        desk.record(events)
    sys.exit(code)


def _checked(handed: "Received", document: "Document", table: "Criteria") -> "Checked":
    from branchscore.register.event import Checked  # noqa: PLC0415
    from branchscore.submission.form import Form  # noqa: PLC0415
    from branchscore.submission.reading import submission_of  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.text.manual import is_error  # noqa: PLC0415

    try:
        faults = list(submission_of(document, {table.id: Form(table)}).remarks)
    except Faulty as error:
        faults = error.diagnostics
    errors = sum(map(is_error, faults))
    return Checked(
        code=handed.code,
        sha256=handed.sha256,
        errors=errors,
        warnings=len(faults) - errors,
    )
