"""The signature of a certificate, held against all that it has to be."""

from datetime import UTC, datetime

from asn1crypto import cms, x509
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from branchscore.trust.issuer import Trust
from branchscore.trust.paper import Paper
from branchscore.trust.refused import Untrusted
from branchscore.trust.sealing import FIELD

SUBFILTER = "/ETSI.CAdES.detached"
# Elements of a signature that are always the same.
VERSION = bytes.fromhex("020101")
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("300b06092a864886f70d010701")
SHA256 = bytes.fromhex("300d06096086480165030402010500")
ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
USAGE = KeyUsageConstraints(key_usage={"non_repudiation"}, key_usage_forbidden={"key_cert_sign"})


def signature(paper: Paper) -> EmbeddedPdfSignature:
    """The one signature, in form: over the whole file but for itself, and forbidding every
    change. Raises `Untrusted`."""
    if len(paper.signatures) != 1:
        n = len(paper.signatures)
        raise Untrusted(f"应有一个签名，有 {n} 个", f"one signature expected, {n} found")
    found = paper.signatures[0]
    if found.field_name != FIELD or found.sig_object.get("/SubFilter") != SUBFILTER:
        raise Untrusted("签名的种类不对", "the signature is of another kind")
    start, first, second, rest = (int(n) for n in found.byte_range)
    gap = b"<" + found.pkcs7_content.hex().upper().encode() + b">"
    if start or second + rest != len(paper.raw) or gap != paper.raw[first:second]:
        raise Untrusted(
            "签名没有盖住整个文件：签名之后有人加了东西",
            "the signature does not cover the whole file: something was added after it",
        )
    _check_form(found.pkcs7_content)
    return found


def _check_form(content: bytes) -> None:
    """Nothing but what is signed, or checked otherwise, has a place beside the signature: it is
    written in one way only (RFC 5652, DER). Zeros fill its place."""
    try:
        data = cms.ContentInfo.load(content)["content"]
        (certificate,), (signer,) = data["certificates"], data["signer_infos"]
        attributes, signed = signer["signed_attrs"].contents, signer["signature"].native
        who = signer["sid"].chosen.dump()
        by = _der(0x30, VERSION, who, SHA256, _der(0xA0, attributes), ECDSA, _der(0x04, signed))
        own = certificate.dump()
        body = _der(0x30, VERSION, _der(0x31, SHA256), DATA, _der(0xA0, own), _der(0x31, by))
        plain = _der(0x30, SIGNED_DATA, _der(0xA0, body))
    except (ValueError, TypeError, KeyError, AttributeError):
        plain = b"?"
    if not content.startswith(plain) or content[len(plain) :].strip(b"\0"):
        raise Untrusted("签名的内容不规范", "the signature is not in its plain form")


def _der(tag: int, *parts: bytes) -> bytes:
    """An element of that tag, with its length in the shortest form."""
    content = b"".join(parts)
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8 or 1)
    long = bytes([0x80 | len(length)]) if len(content) > 0x7F else b""
    return bytes([tag]) + long + length + content


def check(found: EmbeddedPdfSignature, trust: Trust) -> datetime:
    """Who signed, by the pinned root, and that nothing has changed since; the time that the
    signer stated. Raises `Untrusted`."""
    stated = found.self_reported_timestamp
    if stated is None:
        raise Untrusted("签名没有写时间", "the signature states no time")
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(trust.root)],
        allow_fetching=False,
        moment=stated.astimezone(UTC),
        revocation_mode="soft-fail",
    )
    try:
        status = validate_pdf_signature(found, context, key_usage_settings=USAGE)
    except Exception:  # as in `Paper`
        raise Untrusted("签名无法核验", "the signature cannot be checked") from None
    if not status.intact or not status.valid:
        raise Untrusted(
            "签名与文件不符：文件被改动过", "the signature does not fit: the file was changed"
        )
    if not status.trusted:
        raise Untrusted(
            "不是信任文件里的签发机关签的，或者签名的证书不能用于签发",
            "not signed by the issuer whom the trust file names, or not with a key for this",
        )
    sealed = (
        status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and status.modification_level == ModificationLevel.NONE
        and status.docmdp_ok
        and found.docmdp_level == MDPPerm.NO_CHANGES
    )
    if not sealed or not status.bottom_line:
        raise Untrusted("签名之后文件有改动，或者签名准许改动", "changed after it was signed")
    return stated


def signer(found: EmbeddedPdfSignature) -> str:
    """The organization in the signer's certificate."""
    name: str = found.signer_cert.subject.native.get("organization_name", "")
    return name
