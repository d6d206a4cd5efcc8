"""The work list reads the first rows of an index for each state, however many applications there are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.identity.models import IdentityApplication
from guichet.identity.operations import objections
from guichet.identity.web.counter.worklist import SELECTIONS, Filters, keys_of
from guichet.kit.ids import uuid7
from tests.identity.builders import AT, the_authorities
from tests.plans import plan_of

pytestmark = pytest.mark.django_db


def statement(authority: str, selection: str) -> str:
    """The one statement behind a list."""
    office = the_authorities()[authority]
    with CaptureQueriesContext(
        connection,
    ) as seen:
        keys_of(office, Filters(selection, False, ""), on=AT.date())
    (query,) = seen.captured_queries
    return str(query["sql"])


# What was submitted to the department has an index of its own.
@pytest.mark.parametrize("selection", sorted(set(SELECTIONS) - {"soumises"}))
@pytest.mark.parametrize(
    ("authority", "indexes"),
    [("commune", {"identity_worklist"}), ("centre", {"identity_worklist", "identity_for_the_centre"})],
)
def test_each_state_is_read_from_its_index(authority: str, indexes: set[str], selection: str) -> None:
    plan = plan_of(statement(authority, selection))

    assert {name for name in ("identity_worklist", "identity_for_the_centre") if name in plan} == indexes
    assert "Seq Scan on identity" not in plan
    assert "SCAN identity_identityapplication\n" not in plan


def test_objections_are_looked_up_in_their_index_with_the_rows_of_the_page() -> None:
    shown = IdentityApplication.objects.annotate(has_objection=objections.stands())
    with CaptureQueriesContext(connection) as seen:
        shown.in_bulk([uuid7() for _ in range(50)])
    (query,) = seen.captured_queries

    plan = plan_of(str(query["sql"]))

    assert "identity_one_standing_objection" in plan
    assert "Seq Scan on identity" not in plan
    assert not re.search(r"SCAN \w*(?:parentalobjection|identityapplication|U0)", plan)


def test_a_list_is_one_statement_and_has_a_bound(django_assert_num_queries: Any) -> None:
    office = the_authorities()["centre"]

    with django_assert_num_queries(1):
        keys_of(office, Filters("a-traiter", False, ""), on=AT.date())
