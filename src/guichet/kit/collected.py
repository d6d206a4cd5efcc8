"""The collected files, each address worked out once."""

# WhiteNoise is untyped.
# mypy: allow-subclassing-any

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage of files with their digest in the name; a process reads its manifest once, so what an
    address was it stays.
    """

    _addresses: dict[str, str] = {}  # noqa: RUF012 - one per process, as the manifest is

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's signature
        """Where a file is served."""
        address = self._addresses.get(name)
        if address is None:
            address = self._addresses[name] = str(super().url(name, force))
        return address
