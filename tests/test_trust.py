"""Certificates that prove themselves, checked by programs that did not make them: poppler,
OpenSSL, zbar, a browser."""

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from urllib.parse import quote

import pytest

from branchscore.trust.issuer import read_trust
from branchscore.trust.paper import Paper
from campaign import call
from conftest import ROOT
from paper import squeezed, streams, text
from trusted import (
    CODES,
    CRITERIA,
    DAILY,
    HOME,
    NAME,
    ORGANIZATION,
    campaign,
    certified,
    name_them,
    secretly,
)

BROWSER = shutil.which("chromium")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a campaign with certificates; for tests that change nothing."""
    folder = tmp_path_factory.mktemp("trusted")
    campaign(folder)
    return folder


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "own", symlinks=True))


def papers(folder: Path) -> list[Path]:
    found = sorted((folder / HOME / "certified" / "0001").glob("*.pdf"))
    assert [path.stem for path in found] == list(CODES)
    return found


def ran(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        list(map(str, arguments)), input=stdin, capture_output=True, check=False, timeout=60
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace")
    )


def code_of(pdf: Path, folder: Path) -> str:
    """What a scanner reads from the page."""
    ran("pdftoppm", "-r", "300", "-png", pdf, folder / pdf.stem)
    done = ran("zbarimg", "--quiet", "--raw", "--oneshot", next(folder.glob(f"{pdf.stem}-*.png")))
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n") + "\n"


def test_poppler_and_openssl_accept_every_signature(made: Path, tmp_path: Path) -> None:
    for pdf in papers(made):
        said = ran("pdfsig", pdf).stdout
        assert "Signature Validation: Signature is Valid." in said
        assert "Total document signed" in said
        (found,) = Paper(pdf.read_bytes()).signatures
        start, first, second, rest = (int(n) for n in found.byte_range)
        raw = pdf.read_bytes()
        data, signature = tmp_path / "data", tmp_path / "signature"
        data.write_bytes(raw[start:first] + raw[second : second + rest])
        signature.write_bytes(found.pkcs7_content.rstrip(b"\0"))
        check = ("openssl", "cms", "-verify", "-inform", "DER", "-binary", "-purpose", "any")
        files = ("-in", signature, "-content", data, "-out", os.devnull)
        good = ran(*check, *files, "-CAfile", made / "keys" / "root.crt.pem")
        assert (good.returncode, "Verification successful" in good.stderr) == (0, True), good.stderr
        data.write_bytes(data.read_bytes()[:-1] + b" ")
        assert ran(*check, *files, "-CAfile", made / "keys" / "root.crt.pem").returncode


def test_every_code_is_read_and_openssl_accepts_it(made: Path, tmp_path: Path) -> None:
    trust = read_trust(made / "keys" / "trust.json")
    spki = bytes.fromhex("302a300506032b6570032100") + trust.notes.public
    (tmp_path / "key.der").write_bytes(spki)
    for pdf in papers(made):
        note = code_of(pdf, tmp_path)
        assert note.startswith("【待核验】凭 verify.html 或 branchscore verify 核验后有效\n证书 ")
        words, line = note.split("\n\n")
        (tmp_path / "text").write_text(words + "\n", encoding="utf-8")
        (tmp_path / "signature").write_bytes(b64decode(line.split()[-1])[4:])
        check = ("openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER")
        files = ("-inkey", "key.der", "-in", "text", "-sigfile", "signature")
        paths = [tmp_path / one if not one.startswith("-") else one for one in files]
        assert ran(*check, *paths).returncode == 0
        done = call("verify", "--qr", note, cwd=made)
        assert done.returncode == 0
        assert done.stdout.endswith("二维码里的事实是真的；纸面本身没有核验，请与上面逐行对照。\n")


def test_what_is_checked_is_said_step_by_step(made: Path) -> None:
    pdf = papers(made)[0]
    where = ("--register", HOME, "--rebuild")
    done = call("verify", pdf, *where, cwd=made)
    *steps, fictional, last = done.stdout.splitlines()
    assert (done.returncode, done.stderr, last) == (0, "", "证书是真的。")
    assert fictional == "  虚构样例，不具效力"
    assert [line[:6] for line in steps if line[0] == "✓"] == [
        "✓ 是完整的",
        "✓ 签名有效",
        "✓ 附件恰有",
        "✓ 页面上的",
        "✓ 二维码就",
        "✓ 已登记：",
        "✓ 与登记簿",
        "✓ 按数据重",
    ]
    english = call("verify", pdf, "--lang", "en", cwd=made)
    assert english.returncode == 0
    assert english.stdout.endswith("the certificate is genuine.\n")
    assert "ask the issuer" in english.stdout  # no list was at hand
    beside = pdf.parent / "trust.json"
    listed = call("verify", pdf, "--trust", beside, "--lang", "en", cwd=made)
    assert "not revoked as of " in listed.stdout


def test_the_page_says_what_the_data_say(made: Path) -> None:
    for pdf in papers(made):
        ran("pdfdetach", "-saveall", "-o", made, pdf)
        facts = json.loads((made / "result.json").read_bytes())
        page = squeezed(text(pdf))
        wanted = (
            facts["branch"],
            facts["id"],
            facts["number"],
            facts["points"],
            facts["grade"]["zh"],
        )
        assert all(squeezed(one) in page for one in wanted)
        fonts = ran("pdffonts", pdf).stdout.splitlines()[2:]
        assert fonts
        assert all(line.split()[-5] == "yes" for line in fonts)
        assert "PDF version:     1.7\n" in ran("pdfinfo", pdf).stdout
        named = [b'pdfaid:part="3" pdfaid:conformance="B"' in part for part in streams(pdf)]
        assert sum(named) == 2  # as it was printed, and as it was signed


def test_without_leave_neither_points_nor_rank_are_told(tmp_path: Path) -> None:
    from trusted import evaluated, make_keys

    make_keys(tmp_path)
    criteria = tmp_path / CRITERIA
    home = evaluated(tmp_path)
    hidden = re.sub(r"\n  shows: .*", "", criteria.read_text("utf-8"))
    criteria.write_text(hidden, encoding="utf-8")
    assert call("evaluate", "--only", "json", cwd=tmp_path).returncode == 0
    name_them(home, "0002")
    assert certified(tmp_path).returncode == 0
    pdf = next((home / "certified" / "0001").glob("*.pdf"))
    said = call("verify", pdf, cwd=tmp_path).stdout
    assert "得分" not in said
    assert "名次" not in said
    assert "等次" not in said


def test_nothing_is_certified_that_was_not_named(own: Path) -> None:
    """Neither without a title in the register, nor of inputs that were changed since."""
    assert certified(own).stdout == "已有证书：JA-03, JA-11\n"
    assert call("evaluate", "--only", "json", cwd=own).returncode == 0
    done = certified(own)
    assert done.returncode == 1
    assert done.stderr == "登记簿里没有按第 0002 次评估命名，不出证：JA-03, JA-11\n"
    criteria = own / CRITERIA
    criteria.write_text(criteria.read_text("utf-8") + "# \n", encoding="utf-8")
    done = certified(own)
    assert done.returncode == 1
    assert done.stderr.startswith("重新评估的结果不同")


def test_revoked_and_issued_again(own: Path) -> None:
    home, old = own / HOME, papers(own)[0]
    kept = old.read_bytes()
    revoke = ("revoke", "jingan-2023-0001", "--reason", "地址印错")
    assert secretly(*revoke, cwd=own, secrets=f"{DAILY}\n").returncode == 0
    again = secretly(*revoke, cwd=own, secrets=f"{DAILY}\n")
    assert (again.returncode, again.stderr) == (1, "没有签发过这样的证书：jingan-2023-0001\n")
    latest = home / "certified" / "latest"
    note = code_of(old, own)
    for arguments in (
        (old, "--trust", latest / "trust.json"),
        (old, "--register", home),
        ("--qr", note, "--trust", latest / "trust.json"),
    ):
        done = call("verify", *arguments, cwd=own)
        assert done.returncode == 3
        assert "证书已撤销" in done.stdout
    assert certified(own).returncode == 0
    new = home / "certified" / "latest" / "JA-03.pdf"
    done = call("verify", new, "--trust", latest / "trust.json", "--register", home, cwd=own)
    assert done.returncode == 0, done.stdout
    assert "  代替：jingan-2023-0001\n" in done.stdout
    assert old.read_bytes() == kept
    table = (latest / "certificates.tsv").read_text("utf-8").splitlines()
    assert [line.split("\t")[-1] for line in table[1:]] == [
        "已撤销 revoked",
        "有效 valid",
        "有效 valid",
    ]


def test_what_was_recorded_and_broke_off_is_put_on_paper_later(own: Path) -> None:
    home = own / HOME
    shutil.rmtree(home / "certified")
    lines = (home / "register.jsonl").read_bytes()
    assert certified(own).returncode == 0
    assert (home / "register.jsonl").read_bytes() == lines
    assert call("verify", papers(own)[0], "--register", home, cwd=own).returncode == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda keys: (keys / "note.key.pem").chmod(0o640), "chmod 600"),
        (lambda keys: (keys / "document.key.pem").write_text("?"), "文件已损坏"),
        (
            lambda keys: (keys / "trust.json").write_text(
                (keys / "trust.json").read_text("utf-8").replace(NAME, "example.org/other")
            ),
            "不是信任文件，或者被改动过",
        ),
    ],
)
def test_keys_that_are_not_as_they_should_be_are_refused(change, said: str, own: Path) -> None:
    change(own / "keys")
    done = certified(own)
    assert done.returncode == 1
    assert said in done.stderr


def test_keys_are_locked_up_and_never_overwritten(own: Path) -> None:
    for key in (own / "keys").rglob("*.key.pem"):
        assert key.stat().st_mode & 0o777 == 0o600
        assert key.read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")
    before = {path: path.read_bytes() for path in (own / "keys").rglob("*") if path.is_file()}
    names = ("--name", NAME, "--organization", ORGANIZATION)
    init = ("keys", "init", "keys", *names)
    assert secretly(*init, cwd=own, secrets="abcdefghijklmnop\nabcdefghijklmnop\n").returncode == 1
    assert {path: path.read_bytes() for path in before} == before
    short = secretly("keys", "init", "new", *names, cwd=own, secrets="kurz\nabcdefghijklmnop\n")
    assert (short.returncode, (own / "new").exists()) == (1, False)
    wrong = secretly("certify", cwd=own, secrets="a wrong passphrase\n")
    assert (wrong.returncode, "口令不对" in wrong.stderr) == (1, True)
    assert "passphrase" not in wrong.stderr
    asked = call("certify", cwd=own)
    assert (asked.returncode, "--passphrase-fd" in asked.stderr) == (2, True)


@pytest.mark.parametrize("damage", ["words", "foreign", "missing", "scan"])
def test_what_is_not_genuine_is_told_without_a_traceback(damage: str, own: Path) -> None:
    pdf = own / "x.pdf"
    raw = papers(own)[0].read_bytes()
    if damage == "scan":
        shutil.copy(ROOT / "docs" / "images" / "certificate.png", pdf)
    elif damage == "foreign":
        shutil.rmtree(own / "keys")
        names = ("--name", NAME, "--organization", ORGANIZATION)
        secretly("keys", "init", *names, cwd=own, secrets=f"{DAILY}x\n{DAILY}\n")
        pdf.write_bytes(raw)
    elif damage == "words":
        pdf.write_bytes(raw[:5000] + b"?" + raw[5001:])
    done = call("verify", pdf, cwd=own)
    assert done.returncode == (2 if damage == "missing" else 3)
    assert "Traceback" not in done.stderr
    assert done.stdout.endswith("不能相信这张证书。\n") or damage == "missing"


@pytest.mark.skipif(BROWSER is None, reason="no browser here")
def test_a_browser_tells_genuine_codes_from_others_offline(own: Path, tmp_path: Path) -> None:
    folder = own / HOME / "certified"
    note = code_of(papers(own)[0], tmp_path)
    assert "✓ 签名有效" in browsed(folder / "0001" / "verify.html", note, tmp_path / "1")
    assert "✓ 签名有效" in browsed(folder / "0001" / "verify.html", note.rstrip(), tmp_path / "2")
    changed = note.replace("第", "苐", 1)
    assert "✗ 不能相信" in browsed(folder / "0001" / "verify.html", changed, tmp_path / "3")
    revoke = ("revoke", "jingan-2023-0001", "--reason", "印错")
    assert secretly(*revoke, cwd=own, secrets=f"{DAILY}\n").returncode == 0
    assert "✗ 证书已撤销" in browsed(folder / "0002" / "verify.html", note, tmp_path / "4")


def browsed(page: Path, note: str, profile: Path) -> str:
    """What the page answers."""
    done = ran(
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        f"--user-data-dir={profile}",
        "--virtual-time-budget=5000",
        "--dump-dom",
        f"{page.resolve().as_uri()}#{quote(note)}",
    )
    found = re.search(r"<output[^>]*>(.*?)</output>", done.stdout, re.DOTALL)
    assert found, done.stderr
    return found[1]


def test_no_forgery_is_accepted_and_nothing_genuine_refused() -> None:
    """`python tools/forge.py --count 1000` tries more."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "forge.py", "--count", "230", "--genuine", "20"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=180,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    *classes, forged, genuine = done.stdout.splitlines()
    assert len(classes) >= 100
    assert forged.endswith("0 accepted: []")
    assert genuine == "20 genuine, 0 refused"


def test_without_keys_it_is_said_how_to_make_them(made: Path, tmp_path: Path) -> None:
    for language, said in (("zh", "keys init"), ("en", "make them with branchscore keys init")):
        done = call("certify", "--keys", tmp_path / "none", "--lang", language, cwd=made)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
