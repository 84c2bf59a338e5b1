"""What lies beside certificates: the list of all, the register's signed state, whom to trust, and
a page that checks codes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from branchscore.register.book import Book
from branchscore.register.event import Issued
from branchscore.trust.facts import Facts
from branchscore.trust.issuer import TRUST, Trust, encoded
from branchscore.trust.webpage import checking_page

CERTIFIED = "certified"
CHECKPOINT, STATUS, TABLE, CHECKER = "checkpoint", "status.note", "certificates.tsv", "verify.html"
FORMAT = "branchscore-certified/1"
COLUMNS = ("证书 id", "支部代码 code", "编号 number", "文件 file", "登记 issued", "状态 status")


@dataclass(frozen=True, slots=True)
class Signed:
    """The state of the register at some time, as signed notes: its checkpoint, and the list of
    what was revoked."""

    time: str
    checkpoint: str
    status: str


def issued_papers(home: Path) -> dict[str, dict[str, str]]:
    """Certificates that are on paper, by id: file and number, as their folders' lists say."""
    found: dict[str, dict[str, str]] = {}
    for manifest in sorted((home / CERTIFIED).glob("[0-9]*/manifest.json")):
        for name, paper in json.loads(manifest.read_bytes())["certificates"].items():
            found[name] = {**paper, "file": f"{manifest.parent.name}/{paper['file']}"}
    return found


def written(digests: Mapping[str, str], facts: Sequence[Facts]) -> bytes:
    """The list of a folder's files and certificates."""
    content = {
        "format": FORMAT,
        "certificates": dict(map(_listed, facts)),
        "outputs": dict(sorted(digests.items())),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def beside(
    home: Path, book: Book, state: Signed, trust: Trust, new: Sequence[Facts]
) -> Iterator[tuple[str, bytes]]:
    """The files of a folder but for the certificates, by name."""
    yield CHECKPOINT, state.checkpoint.encode()
    yield STATUS, state.status.encode()
    yield TRUST, encoded(trust)
    yield TABLE, _table(book, issued_papers(home) | dict(map(_listed, new)))
    yield CHECKER, checking_page(trust, state.time, sorted(book.state.revoked))


def _listed(facts: Facts) -> tuple[str, dict[str, str]]:
    return facts["id"], {"file": f"{facts['code']}.pdf", "number": facts["number"]}


def _table(book: Book, papers: Mapping[str, Mapping[str, str]]) -> bytes:
    rows = [COLUMNS]
    for entry in book.entries:
        if isinstance(entry.event, Issued):
            name = entry.event.certificate
            paper = papers.get(name, {"file": "", "number": ""})
            status = "有效 valid" if name in papers else "未出证 not on paper"
            if name in book.state.revoked:
                status = "已撤销 revoked"
            rows.append(
                (name, entry.event.code, paper["number"], paper["file"], entry.time, status)
            )
    return "".join("\t".join(row) + "\n" for row in rows).encode()
