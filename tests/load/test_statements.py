"""The bench of the statements measures what it says."""

from __future__ import annotations

import pytest

from guichet.identity.models import Share
from guichet.institutions import operations as institutions
from tests.load import statements

pytestmark = pytest.mark.django_db


def test_the_month_of_45_communes_is_summed_like_the_bare_statement() -> None:
    institutions.load()
    statements.populate(1200)

    found = statements.measure(rounds=1)

    assert Share.objects.count() == 1200
    assert found.entries == 100
    assert found.floor > 0 and found.totals > 0 and found.spreadsheets > 0
