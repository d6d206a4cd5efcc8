"""Logs do not open anybody's page."""

from __future__ import annotations

import logging

import pytest

from guichet.kit.logs import WithoutSecrets


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Internal Server Error: /suivi/xLVReqqBHJRr7HpK9XVPhw/", "Internal Server Error: /suivi/…/"),
        ("/paiement/retour/43ba80613fb4dc2906930b1494a59109?a=b", "/paiement/retour/…?a=b"),
        ("/prestations/attestation/", "/prestations/attestation/"),
        ("nothing here", "nothing here"),
    ],
)
def test_the_unguessable_part_of_an_address_is_not_logged(said: str, kept: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "%s", (said,), None)

    assert WithoutSecrets().filter(record)
    assert record.getMessage() == kept
