"""A test authority and letters it signed: valid beside unknown, altered and unsigned. Nothing real vouches for them."""

import io
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.files.base import ContentFile
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.keys.pemder import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents import after_issue

#: Where the person signs, between post and name.
PLACE = (350, 300, 470, 360)


class Authority:
    """Vouches for the demo's signers."""

    def __init__(self, name):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _named(name, "Chứng thư trình diễn, không có giá trị")
        self.root = _loaded(self._certify(self.name, self.key.public_key(), is_authority=True))

    def signer(self, name, organisation):
        key = ec.generate_private_key(ec.SECP256R1())
        secret = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return signers.SimpleSigner(
            signing_cert=_loaded(self._certify(_named(name, organisation), key.public_key())),
            signing_key=load_private_key_from_pemder_data(secret, None),
            cert_registry=SimpleCertificateStore.from_certs([self.root]),
        )

    def _certify(self, subject, public_key, *, is_authority=False):
        since = datetime.now(UTC) - timedelta(days=1)
        unused = ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only")
        usage = x509.KeyUsage(
            digital_signature=not is_authority, content_commitment=not is_authority, key_cert_sign=is_authority,
            crl_sign=is_authority, **dict.fromkeys(unused, False),
        )  # fmt: skip
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(public_key)
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(since).not_valid_after(since + timedelta(days=3650))
        builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        return builder.add_extension(usage, critical=True).sign(self.key, hashes.SHA256())


def _named(name, organisation):
    names = ((NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([x509.NameAttribute(oid, words) for oid, words in names])


def _loaded(certificate):
    return next(iter(load_certs_from_pemder_data(certificate.public_bytes(serialization.Encoding.PEM))))


def _signed(content, signer):
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    sign = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="NguoiKy"),
        signer=signer,
        new_field_spec=SigFieldSpec("NguoiKy", box=PLACE, on_page=0),
    )
    return sign.sign_pdf(writer).getvalue()


def hand_in(letters, *, registrar):
    """Four letters written here, each with one of the four answers; of the first an unsigned file came before."""
    trusted, unknown, issued = Authority("Gốc trình diễn"), Authority("Gốc không ai biết"), b""
    for place, letter in enumerate(letters[:4]):
        other = issued
        with letter.pdf.open("rb") as stored:
            issued = stored.read()
        known, stranger = (a.signer(letter.signer_name, letter.agency.name) for a in (trusted, unknown))
        files = [
            [issued, _signed(issued, known)],
            [_signed(issued, stranger)],
            [_signed(other, known)] if other else [],
            [issued],
        ][place]
        for content in files:
            name = f"van-ban-{letter.number}-da-ky.pdf"
            after_issue.take_signed(letter, ContentFile(content, name=name), by=registrar, roots=[trusted.root])
