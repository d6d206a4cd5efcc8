"""What a seal says about a file: whether it is ours, intact, since when, and whether something was added after it.

Nothing is fetched from the network: certificates, revocation lists and time-stamps are in the file, and the
authorities believed are those of the installation.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation import EmbeddedPdfSignature, ades
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from .seals import SealReport


def examine(pdf: bytes, *, trusted: Sequence[x509.Certificate], seal: x509.Certificate) -> SealReport:
    """The report on a file; whatever can't be read is a file without a seal.

    ``trusted`` are the authorities believed. ``seal`` is the office's present certificate: another holder under the
    same authorities is not the office, an earlier certificate of the same name is.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signatures = reader.embedded_regular_signatures
        if not signatures:
            return SealReport()
        return asyncio.run(_examined(signatures[0], _last_covers_all(reader), trusted=trusted, seal=seal))
    except (PdfError, CMSExtractionError, SignatureValidationError, ValueError, TypeError, KeyError, AttributeError,
            IndexError, RecursionError, OSError, AssertionError, NotImplementedError):  # fmt: skip
        # A hostile or broken file fails anywhere in the parser; for the reader of the answer it bears no seal.
        return SealReport()


def _last_covers_all(reader: PdfFileReader) -> bool:
    """True if the last signature or time-stamp covers the file to its last byte: nothing follows it."""
    last = reader.embedded_signatures[-1]
    last.compute_integrity_info()
    return bool(last.coverage == SignatureCoverageLevel.ENTIRE_FILE)


async def _examined(
    signature: EmbeddedPdfSignature,
    covers_all: bool,  # noqa: FBT001 - private, one caller
    *,
    trusted: Sequence[x509.Certificate],
    seal: x509.Certificate,
) -> SealReport:
    policy = PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=CertValidationPolicySpec(
                trust_manager=SimpleTrustManager.build(trust_roots=list(trusted)),
                revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
            ),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
            local_knowledge=LocalKnowledge(known_certs=list(trusted)),
        )
    )
    result = await ades.ades_lta_validation(signature, policy)
    status = result.api_status
    own = signature.signer_cert
    passed = result.ades_subindic == AdESPassed.OK
    names_office = own.subject == seal.subject
    return SealReport(
        sealed=True,
        names_office=names_office,
        intact=bool(status and status.intact and status.valid),
        trusted=passed and names_office,
        changed_after=not covers_all or not status or not status.docmdp_ok,
        sealed_by=str(own.subject.native.get("common_name", "")),
        sealed_at=result.best_signature_time if passed else None,
    )
