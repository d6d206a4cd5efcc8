"""The description tried on the API itself: schemathesis writes requests, good and bad, and judges every answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import positive_data_acceptance

from guichet.api.app import api
from guichet.config.wsgi import application
from guichet.kit import limits
from tests.orders.builders import the_office

# No schema can say which events may follow each other, that a birth precedes the day of law, or which inputs one of them
# calls for: these operations may refuse what is well formed.
BEYOND_SCHEMAS = (
    "/procedures/",
    "/cgv.law_day",
    "/rdid.delivery_complaint",
    "/rdid.fee",
    "/rdid.minor",
    "/rdid.requirements",
    "/rdid.share",
    "/rdid.validity",
    "/lipad.rectification",
)
schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/"))
schema.app = application


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits have tests of their own."""
    monkeypatch.setattr(limits, "check", lambda *args, **kwargs: None)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The server closes old connections between requests; the test's transaction lives in one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("unlimited", "one_connection")
@schema.parametrize()
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_its_description_says(case: Case) -> None:
    the_office()

    spared = [positive_data_acceptance] if any(part in case.path for part in BEYOND_SCHEMAS) else []
    case.call_and_validate(excluded_checks=spared)


def test_the_description_is_openapi_3_1_and_names_every_operation() -> None:
    described = {operation.ok().label for operation in schema.get_all_operations()}

    assert schema.specification.version.startswith("3.1")
    assert {
        "GET /api/services",
        "GET /api/services/{slug}",
        "GET /api/terms",
        "GET /api/orders/{token}",
        "POST /api/documents/verify",
        "POST /api/documents/verify-file",
        "POST /api/law/cgv.fee",
        "POST /api/law/procedures/cgv.order",
        "GET /api/health",
    } <= described
