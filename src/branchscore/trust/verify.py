"""Whether a certificate is genuine, step by step; the first that fails ends it, because nothing
after it can be believed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from branchscore.outputs.fonts import drawable
from branchscore.register.book import Book
from branchscore.register.tree import root
from branchscore.text.phrase import Phrase, Sentence
from branchscore.trust import qr, seal
from branchscore.trust.checkpoint import Checkpoint, Proof, proves, read_checkpoint, read_proof
from branchscore.trust.facts import Facts, digest, read_facts
from branchscore.trust.issuer import Trust
from branchscore.trust.note import opened
from branchscore.trust.page import alike, parts, printed
from branchscore.trust.paper import Paper
from branchscore.trust.refused import Untrusted
from branchscore.trust.status import Status

Again = Callable[[bytes, Facts, str, bytes], bool]
RESULT, PROOF = "result.json", "proof.tlog-proof"
WHOLE = Phrase(
    "是完整的 PDF，恰有一个签名，覆盖整个文件",
    "it is a whole PDF with one signature, which covers all of it",
)
SIGNED = Phrase(
    "签名有效，由“{who}”签于 {time}（电脑时钟），之后没有任何改动；根证书指纹 {fingerprint}，"
    "请与公布的指纹对照",
    "the signature is good: by “{who}”, {time} by their clock, nothing changed since; the root's "
    "fingerprint is {fingerprint}, compare it with the published one",
)
DATA = Phrase(
    "附件恰有两个，数据是规范的写法", "two files are attached, the data in canonical form"
)
SAME_PAGE = Phrase("页面上的文字与数据一致", "what the page says is what the data say")
SAME_CODE = Phrase(
    "二维码就是这份数据的签名文本，签名有效",
    "the code is the signed text of these data, and its signature is good",
)
LOGGED = Phrase(
    "已登记：登记簿第 {n} 行，{time}；检查点 {size} 行，签名有效",
    "it is in the register: line {n}, {time}; the checkpoint of {size} lines is signed",
)
IN_REGISTER = Phrase(
    "与登记簿本身一致（现有 {size} 行），其中没有撤销它",
    "the register itself agrees ({size} lines by now), and does not revoke it",
)
STANDS = Phrase("截至 {time} 没有撤销", "not revoked as of {time}")
UNKNOWN = Phrase(
    "登记之后是否撤销，没有名单可查（--status 或 --register）：请向签发机关询问",
    "whether it was revoked later is not known here (--status or --register): ask the issuer",
)
REBUILT = Phrase(
    "按数据重新排版，逐字节相同", "laid out again from its data, it is the same in every byte"
)
GENUINE = Phrase("证书是真的", "the certificate is genuine")
SAME_CODE_ONLY = Phrase("签名有效", "the signature is good")
FACTS_ONLY = Phrase(
    "二维码里的事实是真的；纸面本身没有核验，请与上面逐行对照",
    "what the code says is genuine; the paper itself was not checked: compare it line by line",
)

FORKED = Untrusted(
    "登记簿与证书里的检查点不符：两者之一被改过",
    "the register does not fit the checkpoint in the certificate: one of them was changed",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was looked at."""

    good: bool
    told: Sentence | Phrase


@dataclass(frozen=True, slots=True)
class Known:
    """What a verifier has beside the paper: the newest signed list, the register itself."""

    status: Status | None = None
    book: Book | None = None


@dataclass(slots=True)
class Checking:
    """A check under way; `facts` are there once they are known to be the issuer's."""

    trust: Trust
    known: Known
    facts: Facts | None = None

    def steps(self, raw: bytes, again: Again | None = None) -> Iterator[Step]:
        """Each step as it is done; `again` lays the page out once more."""
        try:
            yield from self._steps(raw, again)
        except Untrusted as refused:
            yield Step(False, refused.why)

    def _steps(self, raw: bytes, again: Again | None) -> Iterator[Step]:
        paper = Paper(raw)
        found = seal.signature(paper)
        yield _good(WHOLE)
        time = seal.check(found, self.trust)
        yield _good(
            SIGNED,
            who=seal.signer(found),
            time=time.strftime("%Y-%m-%d %H:%M"),
            fingerprint=self.trust.fingerprint,
        )
        facts, proof, line, note = _attached(paper)
        self.facts = facts
        yield _good(DATA)
        _check_page(paper, facts, note, self.trust)
        yield _good(SAME_PAGE)
        if opened(note, self.trust.notes) != qr.claim(facts):
            raise Untrusted("二维码与数据不一致", "the code does not say what the data say")
        yield _good(SAME_CODE)
        at = read_checkpoint(proof.checkpoint, self.trust.notes)
        entry = _entry(line, facts)
        if not proves(proof, line, at) or entry["n"] != proof.index + 1:
            raise Untrusted("不在登记簿里：登记证明不成立", "the register does not hold it")
        yield _good(LOGGED, n=proof.index + 1, time=entry["time"], size=at.size)
        yield from standing(facts["id"], at, self.known)
        if again is not None:
            if not again(raw, facts, note, paper.attachments()[PROOF]):
                raise Untrusted(
                    "重新排版后不相同：页面不是按这份数据排的，或者程序、字体的版本不同",
                    "laid out again it differs: it was not made from these data, or by another "
                    "version of the program or the fonts",
                )
            yield _good(REBUILT)


def check_code(text: str, trust: Trust, known: Known) -> tuple[list[str], list[Step]]:
    """The lines of a code's text and what was found of it; no lines where it is not genuine."""
    note = text.replace("\r\n", "\n").strip() + "\n"
    try:
        lines = opened(note, trust.notes).split("\n")[:-1]
        certificate = lines[1].removeprefix("证书 ") if len(lines) > 1 else ""
        if lines[0] != qr.CLAIM or not certificate:
            raise Untrusted("不是证书的二维码", "it is not the code of a certificate")
        steps = [_good(SAME_CODE_ONLY), *standing(certificate, None, known)]
    except Untrusted as refused:
        return [], [Step(False, refused.why)]
    return lines, steps


def standing(certificate: str, at: Checkpoint | None, known: Known) -> Iterator[Step]:
    """Whether a certificate still counts, as far as is known here. Raises `Untrusted`."""
    if known.book is not None:
        yield _in_register(known.book, certificate, at)
    status = known.status
    if status is not None and at is not None and _forked(status.checkpoint, at):
        raise FORKED
    if status is not None and certificate in status.revoked:
        raise Untrusted(
            f"证书已撤销（{status.time} 的名单）", f"it was revoked (list of {status.time})"
        )
    if status is not None and (at is None or status.checkpoint.size >= at.size):
        yield _good(STANDS, time=status.time)
    elif known.book is None:
        yield _good(UNKNOWN)


def _forked(one: Checkpoint, other: Checkpoint) -> bool:
    """Whether two logs of the same length have different lines."""
    return one.size == other.size and one.root != other.root


def _in_register(book: Book, certificate: str, at: Checkpoint | None) -> Step:
    if book.damage is not None:
        raise Untrusted("登记簿已损坏", "the register is damaged")
    if at is not None and (len(book.lines) < at.size or root(book.lines[: at.size]) != at.root):
        raise FORKED
    if certificate not in book.state.certificates:
        raise Untrusted("登记簿里没有这张证书", "the register has no such certificate")
    if certificate in book.state.revoked:
        raise Untrusted("证书已撤销（登记簿）", "it was revoked (register)")
    return _good(IN_REGISTER, size=len(book.lines))


def _attached(paper: Paper) -> tuple[Facts, Proof, bytes, str]:
    """The data, the proof, the register's line and the signed text."""
    try:
        files = paper.attachments()
    except (KeyError, TypeError, AttributeError, ValueError):
        files = {}
    if files.keys() != {RESULT, PROOF}:
        raise Untrusted(
            f"附件应恰为 {RESULT} 和 {PROOF}", f"attached should be {RESULT} and {PROOF}"
        )
    proof = read_proof(files[PROOF])
    line, _, note = proof.extra.partition(b"\n")
    return read_facts(files[RESULT]), proof, line, note.decode(errors="replace")


def _check_page(paper: Paper, facts: Facts, note: str, trust: Trust) -> None:
    try:
        page = paper.page()
    except (KeyError, TypeError, AttributeError, ValueError):
        raise Untrusted("页面读不出来", "the page cannot be read") from None
    text = page.text
    for part in parts(facts, trust):
        wanted = printed(drawable(part))
        if wanted not in text and alike(wanted) not in alike(text):
            raise Untrusted(f"页面上没有“{part}”", f"the page does not say “{part}”")
    if page.dark != qr.modules(note):
        raise Untrusted("页面上的二维码不是这份证书的", "the code on the page is another one")


def _entry(line: bytes, facts: Facts) -> dict[str, Any]:
    """The line of the register that says that this certificate was issued."""
    try:
        entry: dict[str, Any] = json.loads(line)
        told = tuple(entry[key] for key in ("kind", "certificate", "code", "sha256"))
    except (ValueError, KeyError, TypeError):
        told = ()
    if told != ("issued", facts["id"], facts["code"], digest(facts)):
        raise Untrusted("登记的不是这份数据", "what was recorded is not of these data")
    return entry


def _good(wording: Phrase, **values: str | int) -> Step:
    return Step(True, Sentence(wording, values))
