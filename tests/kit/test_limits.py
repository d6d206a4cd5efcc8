"""Limits on attempts: per visitor, per thing, per stretch of time."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from guichet.kit import limits


def a_request(address: str = "192.0.2.1", **headers: str) -> Any:
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def test_a_visitor_who_tries_too_often_is_told_to_wait() -> None:
    for _ in range(3):
        limits.check("door", a_request(), most=3, seconds=3600)

    with pytest.raises(limits.TooMany) as refused:
        limits.check("door", a_request(), most=3, seconds=3600)

    assert refused.value.status == 429


def test_another_visitor_and_another_door_are_counted_apart() -> None:
    limits.check("door", a_request(), most=1, seconds=3600)

    limits.check("door", a_request("192.0.2.2"), most=1, seconds=3600)
    limits.check("window", a_request(), most=1, seconds=3600)


def test_a_stretch_of_time_begins_with_the_first_attempt_and_the_next_starts_from_zero(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits.time, "monotonic", lambda: 59.0)
    limits.check("door", a_request(), most=1, seconds=60)

    monkeypatch.setattr(limits.time, "monotonic", lambda: 118.9)
    with pytest.raises(limits.TooMany):
        limits.check("door", a_request(), most=1, seconds=60)
    monkeypatch.setattr(limits.time, "monotonic", lambda: 119.0)
    limits.check("door", a_request(), most=1, seconds=60)


def test_behind_a_proxy_the_visitors_own_address_counts(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    limits.check("door", a_request(HTTP_X_FORWARDED_FOR="forged, 192.0.2.7"), most=1, seconds=3600)

    limits.check("door", a_request(HTTP_X_FORWARDED_FOR="forged, 192.0.2.8"), most=1, seconds=3600)
    with pytest.raises(limits.TooMany):
        limits.check("door", a_request(HTTP_X_FORWARDED_FOR="other, 192.0.2.7"), most=1, seconds=3600)


def test_without_a_proxy_a_forged_header_changes_nothing() -> None:
    limits.check("door", a_request(HTTP_X_FORWARDED_FOR="a"), most=1, seconds=3600)

    with pytest.raises(limits.TooMany):
        limits.check("door", a_request(HTTP_X_FORWARDED_FOR="b"), most=1, seconds=3600)
