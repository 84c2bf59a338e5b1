"""Who issues: the keys that are made once, and what of them everybody may have (`trust.json`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from branchscore.trust.note import Verifier, valid_name, verifier
from branchscore.trust.refused import Untrusted
from branchscore.trust.vault import check_passphrase, locked_up, put, taken

FORMAT = "branchscore-trust/1"
ROOT_KEY, ROOT = Path("offline/root.key.pem"), "root.crt.pem"
DOCUMENT_KEY, DOCUMENT, NOTE_KEY, TRUST = (
    "document.key.pem",
    "document.crt.pem",
    "note.key.pem",
    "trust.json",
)
ROOT_YEARS, DOCUMENT_YEARS = 20, 10
MOST = 65536


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom a verifier trusts: the root certificate (DER) and the key of the notes."""

    root: bytes
    notes: Verifier

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the root certificate, in groups to be read aloud."""
        return grouped(sha256(self.root).hexdigest())


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whom certificates come from, with the keys in hand."""

    trust: Trust
    document: bytes
    document_key: ec.EllipticCurvePrivateKey
    note_key: Ed25519PrivateKey


def grouped(digits: str) -> str:
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4)).upper()


def make_keys(
    folder: Path, name: str, organization: str, passphrases: Mapping[str, bytes], now: datetime
) -> Trust:
    """New keys in a new folder; `passphrases` are those of `root` and of `daily` work. Raises
    `Untrusted`, OSError."""
    if not valid_name(name):
        raise Untrusted(
            f"“{name}”不能作钥匙的名称：不能有空格和加号",
            f"“{name}” is no name for a key: no blanks, no plus signs",
        )
    for passphrase in passphrases.values():
        check_passphrase(passphrase)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    note_key = Ed25519PrivateKey.generate()
    root = _root(root_key, organization, now)
    document = _document(root, root_key, key, organization, now)
    trust = Trust(
        root.public_bytes(Encoding.DER), Verifier(name, note_key.public_key().public_bytes_raw())
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / ROOT_KEY.parent).mkdir(mode=0o700)
    put(folder / ROOT_KEY, locked_up(root_key, passphrases["root"]), 0o600)
    put(folder / DOCUMENT_KEY, locked_up(key, passphrases["daily"]), 0o600)
    put(folder / NOTE_KEY, locked_up(note_key, passphrases["daily"]), 0o600)
    put(folder / ROOT, root.public_bytes(Encoding.PEM), 0o644)
    put(folder / DOCUMENT, document.public_bytes(Encoding.PEM), 0o644)
    put(folder / TRUST, encoded(trust), 0o644)
    return trust


def open_keys(folder: Path, passphrase: bytes) -> Issuer:
    """The keys of daily work; the root's is not needed. Raises `Untrusted`, OSError."""
    trust = read_trust(folder / TRUST)
    document_key = taken(folder / DOCUMENT_KEY, passphrase)
    note_key = taken(folder / NOTE_KEY, passphrase)
    raw = (folder / DOCUMENT).read_bytes()
    try:
        document = x509.load_pem_x509_certificate(raw)
    except ValueError:
        raise Untrusted(f"{DOCUMENT} 已损坏", f"{DOCUMENT} is damaged") from None
    if not isinstance(note_key, Ed25519PrivateKey) or not isinstance(
        document_key, ec.EllipticCurvePrivateKey
    ):
        raise Untrusted("钥匙的种类不对", "the keys are of the wrong kinds")
    if document_key.public_key() != document.public_key() or (
        note_key.public_key().public_bytes_raw() != trust.notes.public
    ):
        raise Untrusted(
            "钥匙、证书和 trust.json 不是一套", "keys, certificates and trust.json do not fit"
        )
    return Issuer(trust, document.public_bytes(Encoding.DER), document_key, note_key)


def encoded(trust: Trust) -> bytes:
    root = x509.load_der_x509_certificate(trust.root)
    content = {
        "format": FORMAT,
        "root": root.public_bytes(Encoding.PEM).decode(),
        "root_sha256": sha256(trust.root).hexdigest(),
        "note_key": trust.notes.written(),
        "note_key_sha256": sha256(trust.notes.public).hexdigest(),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def read_trust(file: Path) -> Trust:
    """Whom a file says to trust. Raises `Untrusted` where its parts do not fit; OSError."""
    wrong = Untrusted(
        f"{file} 不是信任文件，或者被改动过", f"{file} names nobody to trust, or was changed"
    )
    with file.open("rb") as stream:
        raw = stream.read(MOST)
    try:
        content = json.loads(raw)
        root = x509.load_pem_x509_certificate(content["root"].encode())
        found = Trust(root.public_bytes(Encoding.DER), verifier(content["note_key"]))
    except (ValueError, KeyError, TypeError, AttributeError, Untrusted):
        raise wrong from None
    if encoded(found) != raw:
        raise wrong
    return found


def _name(organization: str, what: str) -> x509.Name:
    try:
        parts = [(NameOID.ORGANIZATION_NAME, organization), (NameOID.COMMON_NAME, what)]
        return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])
    except ValueError:
        raise Untrusted(
            "机关名称应有 1 到 64 个字", "the name of the organization has 1 to 64 characters"
        ) from None


def _root(key: ec.EllipticCurvePrivateKey, organization: str, now: datetime) -> x509.Certificate:
    name = _name(organization, "BranchScore Root")
    builder = _dated(x509.CertificateBuilder(), now, ROOT_YEARS).subject_name(name)
    builder = builder.issuer_name(name).public_key(key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(sign_certificates=True), critical=True)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return builder.add_extension(own, critical=False).sign(key, SHA256())


def _document(
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePrivateKey,
    organization: str,
    now: datetime,
) -> x509.Certificate:
    builder = _dated(x509.CertificateBuilder(), now, DOCUMENT_YEARS)
    builder = builder.subject_name(_name(organization, "BranchScore Certificates"))
    builder = builder.issuer_name(root.subject).public_key(key.public_key())
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_usage(sign_certificates=False), critical=True)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    builder = builder.add_extension(own, critical=False).add_extension(by, critical=False)
    return builder.sign(root_key, SHA256())


def _dated(builder: x509.CertificateBuilder, now: datetime, years: int) -> x509.CertificateBuilder:
    first = now.astimezone(UTC).replace(microsecond=0)
    last = first + timedelta(days=years * 366)
    number = x509.random_serial_number()
    return builder.not_valid_before(first).not_valid_after(last).serial_number(number)


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    """The root signs certificates and nothing else, the key of documents no certificates."""
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=not sign_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        encipher_only=False,
        decipher_only=False,
    )
