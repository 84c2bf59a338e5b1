"""A PDF → the same with one signature over the whole of it (PAdES-B-B), after which nothing in
it may change."""

from io import BytesIO

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko_certvalidator.registry import SimpleCertificateStore

from branchscore.trust.issuer import Issuer

FIELD = "IssuerSignature"


class Update(IncrementalPdfFileWriter):
    """Stays with PDF 1.7, which PDF/A-3 is of, where the library would say that elliptic curves
    make it 2.0; PAdES has them in 1.7 (EN 319 142-1)."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        pass

    def register_extension(self, ext: DeveloperExtension) -> None:
        if ext is ESIC_EXTENSION_1:
            super().register_extension(ext)


class Sealer:
    """Signs for one issuer; the field of the signature is not to be seen on the page."""

    def __init__(self, issuer: Issuer) -> None:
        key = issuer.document_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        signer = signers.SimpleSigner(
            signing_cert=x509.Certificate.load(issuer.document),
            signing_key=keys.PrivateKeyInfo.load(key),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
            embed_roots=False,
        )
        meta = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        self.signer = signers.PdfSigner(meta, signer)

    def sealed(self, pdf: bytes) -> bytes:
        """The signed file: the unsigned bytes, and the signature after them."""
        out = BytesIO()
        self.signer.sign_pdf(Update(BytesIO(pdf)), output=out)
        return out.getvalue()
