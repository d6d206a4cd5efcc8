"""The office's electronic seal: PAdES B-LTA, verifiable by anyone and for as long as the time-stamps hold.

All signing with pyHanko lives here (it is 0.x and changes); all examining in ``examination.py``. A seal holds the
signature, a time-stamp on it, the certificates and revocation lists that prove it was good on that day, and a
time-stamp over all of that. The network is used (time-stamper), so nobody seals inside a transaction.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto import crl, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import TimeStamper as PyHankoTimeStamper
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from guichet.gateways.signing import certificates
from guichet.gateways.signing.configured import revocation_folder, seal_key
from guichet.gateways.signing.port import SealCertificates, SealKey, SigningUnavailable
from guichet.gateways.timestamp.configured import time_stamper
from guichet.gateways.timestamp.port import TimeStamper, TimeStampUnavailable

from .seals import SealUnavailable

FIELD = "Sceau"
_DIGEST = "sha256"
# An invisible field that both standards accept: printable (PDF/A), and outside of the page (PDF/UA).
_NOWHERE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


# All evidence goes in before the last time-stamp, so that it covers the file to its end.
_EVIDENCE = DSSContentSettings(
    include_vri=False,
    placement=SigDSSPlacementPreference.TOGETHER_WITH_NEXT_TS,
    next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
)
# pyHanko warns on each seal that nothing is fetched from the network; that is the intention here.
logging.getLogger("pyhanko.sign.signers.pdf_signer").addFilter(lambda entry: "fetching is not" not in entry.msg)


class _Key(signers.Signer):
    """The house's seal key, as pyHanko asks for one."""

    def __init__(self, key: SealKey, known: _Known) -> None:
        self._seal_key = key
        super().__init__(signing_cert=known.certificate, cert_registry=known.registry)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002
        """See pyHanko: ``dry_run`` asks only how long a signature can be."""
        if digest_algorithm != _DIGEST:
            raise SigningError(f"the seal signs with {_DIGEST} only")
        return bytes(512) if dry_run else self._seal_key.sign(data)


class _Stamper(PyHankoTimeStamper):
    """The house's time-stamper, as pyHanko asks for one; it remembers the size of a reply."""

    def __init__(self, stamper: TimeStamper) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # pyHanko leaves it untyped
        self._house_stamper = stamper
        self.longest = 0

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """See pyHanko; it compares digest and nonce of what comes back."""
        content = self._house_stamper.stamp(req.dump())
        self.longest = max(self.longest, len(content))
        try:
            response = tsp.TimeStampResp.load(content, strict=True)
            granted = response["status"]["status"].native in {"granted", "granted_with_mods"}
            token = response["time_stamp_token"] if granted else None
            imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"] if token else None
        except (ValueError, TypeError, KeyError, AttributeError):
            raise TimeStampUnavailable("the reply can't be read") from None
        if imprint is not None and imprint.dump() != req["message_imprint"].dump():
            raise TimeStampUnavailable("the reply is for another digest")
        return response


@dataclass(frozen=True, slots=True)
class _Known:
    """The certificates in pyHanko's form, converted once."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    trusted: tuple[x509.Certificate, ...]
    registry: SimpleCertificateStore


@cache
def _known(of: SealCertificates) -> _Known:
    def converted(certificate: Any) -> x509.Certificate:
        return x509.Certificate.load(certificate.public_bytes(Encoding.DER))

    others = tuple(converted(c) for c in of.intermediates)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko leaves it untyped
    registry.register_multiple(others)
    return _Known(converted(of.certificate), others, tuple(converted(c) for c in of.trusted), registry)


@cache
def _stamper(stamper: TimeStamper) -> _Stamper:
    return _Stamper(stamper)


def _revocation_lists(folder: str) -> list[crl.CertificateList]:
    """The lists of the folder, read again when one of them was renewed."""
    state = tuple(sorted((path.name, path.stat().st_mtime_ns) for path in Path(folder).glob("*.crl")))
    return _lists_of(folder, state)


@cache
def _lists_of(folder: str, state: tuple[tuple[str, int], ...]) -> list[crl.CertificateList]:
    return [crl.CertificateList.load(content) for content in certificates.revocation_lists(folder)]


def _metadata(known: _Known, lists: list[crl.CertificateList]) -> signers.PdfSignatureMetadata:
    context = ValidationContext(
        trust_roots=list(known.trusted),
        other_certs=list(known.others),
        crls=lists,
        allow_fetching=False,
        revocation_mode="require",
    )
    return signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=_DIGEST,
        location=str(settings.OFFICE["place"]),
        name=str(settings.OFFICE["name"]),
        reason="Sceau électronique de l'office",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        embed_validation_info=True,
        use_pades_lta=True,
        timestamp_field_name="Horodatage",
        validation_context=context,
        dss_settings=_EVIDENCE,
    )


def _reserved(known: _Known, stamper: _Stamper) -> int | None:
    """Room for the signature in hexadecimal digits, None to let pyHanko find it out by a trial (once a process).

    The trial costs a third of a seal; certificates and replies have the same length each time.
    """
    if not stamper.longest:
        return None
    held = sum(len(certificate.dump()) for certificate in (known.certificate, *known.others))
    return 2 * (held + stamper.longest + 4096)


def seal(pdf: bytes) -> bytes:
    """The document with the office's seal (PAdES B-LTA): about 40 ms, two requests to the time-stamper.

    Raises:
        SealUnavailable: key, certificates, revocation lists or time-stamper fail; the caller's job tries again.
    """
    try:
        key = seal_key()
        known = _known(key.certificates)
        metadata = _metadata(known, _revocation_lists(revocation_folder()))
        field = SigFieldSpec(
            FIELD, box=None, readable_field_name="Sceau électronique de l'office", invis_sig_settings=_NOWHERE
        )
        stamper = _stamper(time_stamper())
        signer = signers.PdfSigner(metadata, signer=_Key(key, known), timestamper=stamper, new_field_spec=field)
        out = io.BytesIO()
        room = _reserved(known, stamper)
        signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out, bytes_reserved=room)
        return out.getvalue()
    except (SigningUnavailable, TimeStampUnavailable, TimestampRequestError) as error:
        raise SealUnavailable(f"{type(error).__name__}: {error}") from None
    except (SigningError, PathError, PdfError, OSError) as error:
        raise SealUnavailable(f"{type(error).__name__}") from error
