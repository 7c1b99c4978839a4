"""Is this signed file the issued document, by whom is it signed, is the signer known? Said as found, never guessed."""

import io
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    VALID = "valid", _("valid")
    UNKNOWN_ISSUER = "unknown_issuer", _("signed, issuer of the certificate unknown")
    ALTERED = "altered", _("altered or another document")
    UNSIGNED = "unsigned", _("not signed")


@dataclass(frozen=True)
class SignatureFacts:
    """One signature as found in the file."""

    signer: str
    issuer: str
    signed_at: str  # ISO 8601, as the signer's machine said; "" where it said nothing
    valid_from: str
    valid_to: str
    is_intact: bool
    is_trusted: bool
    was_in_time: bool  # the certificate was valid on the day of the signature


@dataclass(frozen=True)
class Report:
    verdict: str
    is_issued_document: bool
    signatures: list[SignatureFacts] = field(default_factory=list)

    def as_data(self):
        return asdict(self)


def verify(content, issued, roots=None):
    """What the signatures in `content` prove about the `issued` bytes.

    A signing tool appends to a file; so the signed file begins with the issued one, byte for byte, and everything
    that follows is signatures. Anything else is altered. `roots` are the certificates one trusts.
    """
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 — loads slowly; only who verifies needs it
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 — as above

    is_issued = content.startswith(issued.rstrip())
    try:
        embedded = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
        found = [_facts(signature, trusted_roots() if roots is None else roots) for signature in embedded]
    except (PdfError, ValueError, OSError):
        return Report(Verdict.ALTERED, is_issued)
    return Report(_verdict(found, is_issued), is_issued, found)


def _verdict(found, is_issued):
    if not found:
        return Verdict.UNSIGNED if is_issued else Verdict.ALTERED
    if not is_issued or not all(signature.is_intact for signature in found):
        return Verdict.ALTERED
    if not all(signature.is_trusted for signature in found):
        return Verdict.UNKNOWN_ISSUER
    return Verdict.VALID


def _facts(signature, roots):
    from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature  # noqa: PLC0415 — as above
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 — as above

    certificate, said = signature.signer_cert, signature.self_reported_timestamp
    moment = said or timezone.now()
    context = ValidationContext(
        trust_roots=roots, other_certs=list(signature.other_embedded_certs), allow_fetching=False, moment=moment
    )
    usage = KeyUsageConstraints({"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        status = validate_pdf_signature(signature, context, key_usage_settings=usage)
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    return SignatureFacts(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        signed_at=timezone.localtime(said).isoformat() if said else "",
        valid_from=begins.date().isoformat(),
        valid_to=ends.date().isoformat(),
        is_intact=bool(status.intact and status.valid and status.docmdp_ok),
        is_trusted=bool(status.trusted),
        was_in_time=begins <= moment <= ends,
    )


def _name(name):
    """ "Nguyễn Văn A, Sở Xây dựng": the common name and the organisation of a certificate."""
    native = name.native
    parts = [native.get("common_name"), native.get("organization_name")]
    return ", ".join(str(part) for part in parts if part) or name.human_friendly


def trusted_roots():
    """The certificates in the folder that the settings name."""
    from pyhanko.keys import load_certs_from_pemder  # noqa: PLC0415 — as above

    folder = settings.TRUSTED_CERTIFICATES
    files = [] if not folder else sorted(p for p in Path(folder).glob("*") if p.suffix in (".pem", ".crt", ".cer"))
    return list(load_certs_from_pemder(str(file) for file in files))
