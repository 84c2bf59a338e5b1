"""Certificates that only who has keys can make, and not the right ones, for `forge.py`."""

import json
import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from forge_bytes import replace_file
from forge_world import NAME, Made, World, issued
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from branchscore.trust import qr
from branchscore.trust.checkpoint import Checkpoint, proof, signed_checkpoint
from branchscore.trust.facts import Facts, canonical
from branchscore.trust.issuer import Issuer
from branchscore.trust.note import signed
from branchscore.trust.sealing import Sealer
from branchscore.trust.verify import PROOF, RESULT

FEIGNED = x509.NameAttribute(x509.NameOID.ORGANIZATIONAL_UNIT_NAME, "证书（虚构）")


# What somebody with keys could try.


def attached(unsigned: bytes, files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    update = IncrementalPdfFileWriter(BytesIO(unsigned))
    for name, content in files.items():
        replace_file(update, name, content)
    update.write(out)
    return out.getvalue()


def renamed(unsigned: bytes, change: Callable[[Any], None]) -> bytes:
    """The list of attachments changed."""
    out = BytesIO()
    update = IncrementalPdfFileWriter(BytesIO(unsigned))
    tree = update.root["/Names"]["/EmbeddedFiles"]
    change(tree["/Names"])
    update.update_container(tree["/Names"])
    update.write(out)
    return out.getvalue()


def misused(w: World, made: Made, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Signatures of the wrong kind, and of the wrong keys."""
    sealer, pdf = Sealer(w.issuer), made.unsigned

    def kind(**changed: Any) -> bytes:
        meta = replace(sealer.signer.signature_meta, **changed)
        return signed_by(meta, w.issuer, pdf)

    yield "other issuer of the same names", Sealer(w.other).sealed(pdf)
    yield "no certification", kind(certify=False)
    yield "changes permitted", kind(docmdp_permissions=MDPPerm.FILL_FORMS)
    yield "annotations permitted", kind(docmdp_permissions=MDPPerm.ANNOTATE)
    yield "other field", kind(field_name=f"Signature{dice.randrange(99)}")
    yield "plain CMS", kind(subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    yield "weaker digest", kind(md_algorithm="sha1")
    yield (
        "signed twice",
        signed_by(
            replace(sealer.signer.signature_meta, certify=False, field_name="Second"),
            w.issuer,
            kind(certify=False),
        ),
    )
    for name, usage, days, by_leaf in (
        ("key for certificates", {"key_cert_sign": True}, 365, False),
        ("key for logging in", {"digital_signature": True}, 365, False),
        ("expired", {"content_commitment": True}, -5, False),
        ("issued by the document key", {"content_commitment": True}, 365, True),
    ):
        yield f"wrong key: {name}", Sealer(hired(w, usage, days, by_leaf)).sealed(pdf)


def signed_by(meta: Any, issuer: Issuer, pdf: bytes) -> bytes:
    sealer = Sealer(issuer)
    out = BytesIO()
    signer = type(sealer.signer)(meta, sealer.signer.signer)
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


def hired(w: World, usage: dict[str, bool], days: int, by_leaf: bool) -> Issuer:
    """A key with a certificate of the root, or of the document key, that is not for this."""
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.load_der_x509_certificate(w.issuer.document)
    uses = dict.fromkeys(
        (
            *("digital_signature", "content_commitment", "key_encipherment"),
            *("data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"),
            *("encipher_only", "decipher_only"),
        ),
        False,
    )
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([*own.subject, FEIGNED]))
        .public_key(key.public_key())
    )
    builder = builder.issuer_name(own.subject if by_leaf else own.issuer)
    builder = builder.not_valid_before(now - timedelta(days=30)).serial_number(7)
    builder = builder.not_valid_after(now + timedelta(days=days))
    basic = x509.BasicConstraints(ca=False, path_length=None)
    builder = builder.add_extension(basic, critical=True)
    builder = builder.add_extension(x509.KeyUsage(**(uses | usage)), critical=True)
    made = builder.sign(w.issuer.document_key if by_leaf else w.root_key, SHA256())
    return replace(w.issuer, document=made.public_bytes(Encoding.DER), document_key=key)


def mismatched(
    w: World, made: Made, other: Made, dice: random.Random
) -> Iterator[tuple[str, bytes]]:
    """Properly signed, but data, page, code and register do not say the same."""
    sealer = Sealer(w.issuer)
    facts, index = made.facts, w.lines.index(made.line)

    def data(**changed: Any) -> bytes:
        return canonical({**facts, **changed})  # type: ignore[typeddict-item]

    def entire(changed: Facts) -> dict[str, bytes]:
        """Data, code and register agree; only the page is another."""
        line = issued(index + 1, changed)
        lines = [line if n == index else old for n, old in enumerate(w.lines)]
        note = signed(qr.claim(changed), NAME, w.issuer.note_key)
        checkpoint = signed_checkpoint(lines, NAME, w.issuer.note_key)
        return {
            RESULT: canonical(changed),
            PROOF: proof(lines, index, checkpoint, f"{line.decode()}\n{note}"),
        }

    def proved(
        line: bytes = made.line, note: str = made.note, at: str = w.checkpoint, n: int = index
    ) -> bytes:
        return proof(w.lines, n, at, f"{line.decode()}\n{note}")

    def edited(old: bytes, new: bytes) -> bytes:
        return made.proved.replace(old, new, 1)

    forged = Checkpoint(len(w.lines), dice.randbytes(32))
    wrong_root = signed(
        f"{NAME}\n{forged.size}\n{b64encode(forged.root).decode()}\n", NAME, w.issuer.note_key
    )
    older = signed_checkpoint(w.lines[:index], NAME, w.issuer.note_key)
    foreign = signed_checkpoint(w.lines, NAME, w.other.note_key)
    head, _, _ = made.proved.partition(b"\n\n")
    hashes = head.split(b"\n")[3:]
    spaced = json.dumps(json.loads(canonical(facts)), ensure_ascii=False).encode()
    files: dict[str, dict[str, bytes]] = {
        "data: points": {RESULT: data(points="99.5")},
        "data: rank": {RESULT: data(rank="1" if facts["rank"] != "1" else "2")},
        "data: branch": {RESULT: data(branch=other.facts["branch"])},
        "data: look-alike branch": {RESULT: data(branch=facts["branch"].replace("第", "苐"))},
        "data: of another": {RESULT: canonical(other.facts)},
        "data: not canonical": {RESULT: spaced},
        "data: newline": {RESULT: canonical(facts) + b"\n"},
        "data: key twice": {RESULT: canonical(facts)[:-1] + b',"rank":"1"}'},
        "data: more": {RESULT: canonical(facts)[:-1] + b',"zzz":"1"}'},
        "data: none": {RESULT: b""},
        "page: other points": entire({**facts, "points": "99.5"}),
        "page: other branch": entire({**facts, "branch": other.facts["branch"] + "甲"}),
        "page: other date": entire({**facts, "date": "2025-01-01"}),
        "page: other number": entire({**facts, "number": "样例〔2026〕第99号"}),
        "all of another but the page": {RESULT: canonical(other.facts), PROOF: other.proved},
        "code: of another": {PROOF: proved(note=other.note)},
        "code: other key": {PROOF: proved(note=signed(qr.claim(facts), NAME, w.other.note_key))},
        "code: more": {
            PROOF: proved(note=signed(qr.claim(facts) + "加一行\n", NAME, w.issuer.note_key))
        },
        "proof: of another": {PROOF: other.proved},
        "proof: other line": {PROOF: proved(line=other.line)},
        "proof: index": {PROOF: edited(b"index %d" % index, b"index %d" % (index + 1))},
        "proof: leading zero": {PROOF: edited(b"index %d" % index, b"index 0%d" % index)},
        "proof: hash lost": {PROOF: edited(hashes[0] + b"\n", b"")},
        "proof: hash doubled": {PROOF: edited(hashes[0], hashes[0] + b"\n" + hashes[0])},
        "proof: hash changed": {PROOF: edited(hashes[0], b64encode(dice.randbytes(32)))},
        "proof: not ours": {PROOF: edited(b"c2sp.org/tlog-proof@v1", b"c2sp.org/tlog-proof@v2")},
        "proof: none": {PROOF: b""},
        "proof: newline": {PROOF: made.proved + b"\n"},
        "checkpoint: wrong root": {PROOF: proved(at=wrong_root)},
        "checkpoint: older": {PROOF: proved(at=older)},
        "checkpoint: other key": {PROOF: proved(at=foreign)},
        "checkpoint: a code": {PROOF: proved(at=made.note)},
    }
    for name, changed in files.items():
        yield name, sealer.sealed(attached(made.unsigned, changed))

    def more(names: Any) -> None:
        names.extend([generic.TextStringObject("zusatz.txt"), names.raw_get(1)])

    def fewer(names: Any) -> None:
        del names[:2]

    def twice(names: Any) -> None:
        names.extend([names.raw_get(0), names.raw_get(1)])

    for change in (more, fewer, twice):
        sealed = sealer.sealed(renamed(made.unsigned, change))
        yield f"attachments: {change.__name__}", sealed
