"""Is the time-stamper ready? Problems in French for the operator, none when it is."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from asn1crypto import algos, tsp

from .configured import time_stamper
from .port import TimeStampUnavailable

MOST_DRIFT = timedelta(minutes=2)


def check_setup(*, at: datetime) -> list[str]:
    """Ask for one time-stamp, and compare its time with ours: a drift would make seals look like the future's."""
    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "hashed_message": hashlib.sha256(b"guichet check").digest(),
        }
    )
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True})
    try:
        reply = tsp.TimeStampResp.load(time_stamper().stamp(request.dump()), strict=True)
        stated = reply["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed["gen_time"].native
    except TimeStampUnavailable as error:
        return [f"L'horodateur ne répond pas ({error})."]
    except (ValueError, TypeError, KeyError, AttributeError):
        return ["L'horodateur répond, mais pas par un horodatage."]
    if abs(stated - at) > MOST_DRIFT:
        return [f"L'horloge de l'horodateur diffère de la nôtre de {abs(stated - at).total_seconds():.0f} secondes."]
    return []
