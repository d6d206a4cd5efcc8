"""Time-stamp replies as the simulator signs them: RFC 3161 tokens in CMS, with an elliptic-curve key in memory."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import algos, cms, core, pem, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

POLICY = "1.3.6.1.4.1.13762.3"  # of no authority: the demonstration's own
_SHA256 = algos.DigestAlgorithm({"algorithm": "sha256"})
_DIGESTS = {"sha256": 32, "sha384": 48, "sha512": 64}


class Rejection(core.Sequence):  # type: ignore[misc] # asn1crypto has no types
    """A reply without a token (RFC 3161 2.4.2), which asn1crypto's own class can't write."""

    _fields = [("status", tsp.PKIStatusInfo)]  # noqa: RUF012 - asn1crypto's shape


@dataclass(frozen=True, slots=True)
class Stamp:
    """The key and certificates (own first, then those above) with which replies are signed."""

    key: ec.EllipticCurvePrivateKey
    certificates: tuple[x509.Certificate, ...]

    @classmethod
    def of(cls, folder: Path) -> Stamp:
        """The time-stamper of the test authority kept in ``folder``."""
        key = load_pem_private_key((folder / "tsa.key.pem").read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("the simulator signs with an elliptic-curve key")
        parts = pem.unarmor((folder / "tsa.cert.pem").read_bytes(), multiple=True)
        return cls(key, tuple(x509.Certificate.load(der) for _, _, der in parts))


def reply(request: bytes, stamp: Stamp, *, at: datetime) -> bytes:
    """The reply to a request: a token dated ``at``, or a rejection that says what was wrong with the request."""
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        imprint = asked["message_imprint"]
        algorithm = imprint["hash_algorithm"]["algorithm"].native
        if _DIGESTS.get(algorithm) != len(imprint["hashed_message"].native):
            return _rejection("bad_alg")
    except (ValueError, TypeError, KeyError):
        return _rejection("bad_data_format")
    granted = {"status": tsp.PKIStatusInfo({"status": "granted"}), "time_stamp_token": _token(asked, stamp, at)}
    return bytes(tsp.TimeStampResp(granted).dump())


def _rejection(failure: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {failure}})
    return bytes(Rejection({"status": status}).dump())


def _token(asked: tsp.TimeStampReq, stamp: Stamp, at: datetime) -> cms.ContentInfo:
    """The signed statement that the digest asked about existed ``at``."""
    fields = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": secrets.randbits(63),
        "gen_time": at,
        "accuracy": tsp.Accuracy({"seconds": 1}),
    }
    if asked["nonce"].native is not None:
        fields["nonce"] = asked["nonce"]
    content = core.ParsableOctetString(tsp.TSTInfo(fields).dump())
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [_SHA256],
            "encap_content_info": {"content_type": "tst_info", "content": content},
            "certificates": list(stamp.certificates) if asked["cert_req"].native else [],
            "signer_infos": [_signer(content, stamp, at)],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def _signer(content: core.ParsableOctetString, stamp: Stamp, at: datetime) -> cms.SignerInfo:
    """The signature over the attributes, which bind the content, its type and the certificate that signs."""
    own = stamp.certificates[0]
    essential = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(own.dump()).digest()})
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime(at)})]}),
            cms.CMSAttribute(
                {
                    "type": "signing_certificate_v2",
                    "values": [tsp.SigningCertificateV2({"certs": [essential]})],
                }
            ),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(bytes(content)).digest()]}),
        ]
    )
    by = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": by}),
            "digest_algorithm": _SHA256,
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": stamp.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
    )
