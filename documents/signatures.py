"""Is this signed file the issued document, by whom is it signed, is the signer known? Said as found, never guessed."""

import io
import logging
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class Verdict(models.TextChoices):
    VALID = "valid", _("valid")
    UNKNOWN_ISSUER = "unknown_issuer", _("signed, issuer of the certificate unknown")
    REVOKED = "revoked", _("signed, certificate revoked")
    ALTERED = "altered", _("altered or another document")
    UNSIGNED = "unsigned", _("not signed")


class Revocation(models.TextChoices):
    """What the lists and answers of the issuer that lie in the file say; nothing is asked over the network."""

    NOT_CHECKED = "not_checked", _("revocation not checked: the file holds nothing about it")
    GOOD = "good", _("not revoked, by what the issuer's list or answer in the file says")
    REVOKED = "revoked", _("revoked, by what the issuer's list or answer in the file says")


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
    revocation: str


@dataclass(frozen=True)
class Report:
    verdict: str
    is_issued_document: bool
    signatures: list[SignatureFacts] = field(default_factory=list)

    def as_data(self):
        return asdict(self)


def verify(content, issued, roots=None):
    """What the signatures in `content` prove about the `issued` bytes.

    A signing tool appends to a file; so the signed file begins with the issued one, byte for byte, and what follows
    changes only what a signature may change. Anything else, and what cannot be read, is altered. `roots` are the
    certificates one trusts.
    """
    try:
        return _report(content, issued, trusted_roots() if roots is None else roots)
    except Exception:  # a damaged file fails in a hundred ways
        logger.info("a signed copy could not be read", exc_info=True)
        return Report(Verdict.ALTERED, is_issued_document=False)


def _report(content, issued, roots):
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 — loads slowly; only who verifies needs it

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    embedded = reader.embedded_regular_signatures
    is_issued = content.startswith(issued.rstrip()) and _only_signs(reader, embedded, issued)
    found = [_facts(signature, roots) for signature in embedded]
    return Report(_verdict(found, is_issued), is_issued, found)


def _only_signs(reader, signatures, issued):
    """Whether the file that begins with the issued bytes still shows them: what follows signs and does no more."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 — as above
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel  # noqa: PLC0415 — as above
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415 — as above

    before, now = PdfFileReader(io.BytesIO(issued), strict=False).xrefs, reader.xrefs
    last = before.total_revisions - 1
    if now.total_revisions <= last or now.hybrid_xrefs_present:
        return False
    if now.get_startxref_for_revision(last) != before.get_startxref_for_revision(last):
        return False
    if any(enumerate_sig_fields(reader, filled_status=False)):
        return False
    if any(signature.byte_range[1] < len(issued.rstrip()) for signature in signatures):
        return False
    found = DEFAULT_DIFF_POLICY.review_file(reader, _ready_to_sign(reader, last))
    return isinstance(found, DiffResult) and found.modification_level <= ModificationLevel.FORM_FILLING


def _ready_to_sign(reader, revision):
    """The file at this revision, with the empty form that a first signature brings along and the policy expects."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, pdf_name  # noqa: PLC0415 — as above

    shown, root = reader.get_historical_resolver(revision), reader.root
    if "/AcroForm" in root and "/AcroForm" not in shown.root:
        form = {pdf_name("/Fields"): ArrayObject()}
        if "/SigFlags" in root["/AcroForm"]:
            form[pdf_name("/SigFlags")] = root["/AcroForm"]["/SigFlags"]
        shown.root[pdf_name("/AcroForm")] = DictionaryObject(form)
    if "/Perms" in root and set(root["/Perms"]) == {"/DocMDP"}:  # "no changes after me", said by the first signature
        shown.root[pdf_name("/Perms")] = root.raw_get("/Perms")
    return shown


def _verdict(found, is_issued):
    if not found:
        return Verdict.UNSIGNED if is_issued else Verdict.ALTERED
    if not is_issued or not all(signature.is_intact for signature in found):
        return Verdict.ALTERED
    if any(signature.revocation == Revocation.REVOKED for signature in found):
        return Verdict.REVOKED
    if not all(signature.is_trusted for signature in found):
        return Verdict.UNKNOWN_ISSUER
    return Verdict.VALID


def _facts(signature, roots):
    certificate, said = signature.signer_cert, signature.self_reported_timestamp
    moment, lists = said or timezone.now(), _embedded(signature)
    status = _validated(signature, roots, moment)
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
        revocation=_revocation(signature, roots, moment, lists),
    )


def _validated(signature, roots, moment, mode="soft-fail", **lists):
    """What the library finds; lists and answers in the file speak of revocation only, a foreign one takes no trust."""
    from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature  # noqa: PLC0415 — as above
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 — as above

    context = ValidationContext(
        trust_roots=roots, other_certs=list(signature.other_embedded_certs), allow_fetching=False, moment=moment,
        revocation_mode=mode, retroactive_revinfo=True, **lists,
    )  # fmt: skip
    usage = KeyUsageConstraints({"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return validate_pdf_signature(signature, context, key_usage_settings=usage)


def _revocation(signature, roots, moment, lists):
    """Whether the file itself shows that the certificate was good or revoked when it signed."""
    if not any(lists.values()):
        return Revocation.NOT_CHECKED
    status = _validated(signature, roots, moment, mode="require", **lists)
    if status.revoked:
        return Revocation.REVOKED
    return Revocation.GOOD if status.trusted else Revocation.NOT_CHECKED


def _embedded(signature):
    """The issuers' lists (CRL) and answers (OCSP) that lie in the file: with the signature, or in its store."""
    from pyhanko.sign.general import find_cms_attribute_iter  # noqa: PLC0415 — as above
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415 — as above
    from pyhanko.sign.validation.errors import NoDSSFoundError  # noqa: PLC0415 — as above

    crls, ocsps = [], []
    for found in find_cms_attribute_iter(signature.signer_info["signed_attrs"], "adobe_revocation_info_archival"):
        crls += list(found["crl"] or [])
        ocsps += list(found["ocsp"] or [])
    try:
        store = DocumentSecurityStore.read_dss(signature.reader)
    except NoDSSFoundError:
        return {"crls": crls, "ocsps": ocsps}
    crls += [reference.get_object().data for reference in store.crls]
    ocsps += [reference.get_object().data for reference in store.ocsps]
    return {"crls": crls, "ocsps": ocsps}


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
