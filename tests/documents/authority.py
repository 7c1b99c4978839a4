"""A certificate authority of our own, for signatures in tests."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.keys.pemder import load_private_key_from_pemder_data
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime.now(UTC)


class Authority:
    """Vouches for signers; says which certificates it has revoked, in a list or when asked."""

    def __init__(self, name):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = self._named(name, "Ban Cơ yếu thử")
        self.certificate = self._certify(self.name, self.key.public_key(), is_authority=True)

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def root(self):
        return next(iter(load_certs_from_pemder_data(self.pem)))

    def signer(self, name, organisation, **details):
        """`answers_at`: the address where the authority answers questions about this certificate (OCSP)."""
        key = ec.generate_private_key(ec.SECP256R1())
        details = {"days": 365, "since": timedelta(days=1), **details}
        certificate = self._certify(self._named(name, organisation), key.public_key(), **details)
        secret = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        store = SimpleCertificateStore.from_certs([self.root])
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        return signers.SimpleSigner(
            signing_cert=next(iter(load_certs_from_pemder_data(pem))),
            signing_key=load_private_key_from_pemder_data(secret, None),
            cert_registry=store,
        )

    def revocation_list(self, *signers, since=timedelta(hours=1)):
        """The authority's list of revoked certificates, as bytes."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.name)
        builder = builder.last_update(NOW - since).next_update(NOW + timedelta(days=30))
        for signer in signers:
            entry = x509.RevokedCertificateBuilder().serial_number(signer.signing_cert.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(NOW - since).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def answer_about(self, signer, *, revoked):
        """What the authority answers when asked about one certificate (OCSP), as bytes."""
        certificate = x509.load_der_x509_certificate(signer.signing_cert.dump())
        status = ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate, issuer=self.certificate, algorithm=hashes.SHA1(), cert_status=status,  # noqa: S303
            this_update=NOW - timedelta(hours=2), next_update=NOW + timedelta(days=7),
            revocation_time=NOW - timedelta(days=1) if revoked else None, revocation_reason=None,
        )  # fmt: skip
        responder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, self.certificate)
        return responder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _named(self, name, organisation):
        return x509.Name(
            [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)]
        )

    def _certify(self, subject, public_key, *, is_authority=False, days=3650, since=timedelta(days=2), answers_at=""):
        usage = dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - since)
            .not_valid_after(NOW - since + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=not is_authority, content_commitment=not is_authority,
                    key_cert_sign=is_authority, crl_sign=is_authority, **usage,
                ),
                critical=True,
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        )  # fmt: skip
        if answers_at:
            place = x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(answers_at)
            )
            builder = builder.add_extension(x509.AuthorityInformationAccess([place]), critical=False)
        return builder.sign(self.key, hashes.SHA256())
