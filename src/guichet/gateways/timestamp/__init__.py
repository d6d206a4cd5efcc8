"""The time-stamper: an outside authority that attests when a digest existed (RFC 3161)."""
