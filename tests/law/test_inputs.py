"""Typed inputs: what they accept, and refusals that name field, given and accepted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest

from guichet.law.kernel.inputs import BadInput, Boolean, Choice, Day, Input, Instant, UnknownQuestion, Word


class Fruit(StrEnum):
    """Something to choose."""

    APPLE = "apple"
    PEAR = "pear"


CHOICE = Choice(name="fruit", meaning="Fruit", options=Fruit, names={"apple": "Pomme"})
WORD = Word(name="service", meaning="Prestation", words=lambda _: {"a": "A", "b": "B"})
BOOLEAN, DAY, INSTANT = (
    Boolean(name="yes", meaning="Oui ?"),
    Day(name="day", meaning="Jour"),
    Instant(name="at", meaning="Instant"),
)


@pytest.mark.parametrize(
    ("each", "given", "read"),
    [
        (CHOICE, "pear", Fruit.PEAR),
        (CHOICE, Fruit.PEAR, Fruit.PEAR),
        (WORD, "b", "b"),
        (BOOLEAN, True, True),
        (BOOLEAN, False, False),
        (DAY, "2026-02-28", date(2026, 2, 28)),
        (DAY, date(2026, 2, 28), date(2026, 2, 28)),
        (INSTANT, "2026-03-02T09:30:00Z", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        (INSTANT, datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)),
    ],
)
def test_an_input_reads_python_values_and_their_json_forms(each: Input, given: Any, read: Any) -> None:
    assert each.read(given, None) == read


@pytest.mark.parametrize(
    ("each", "given"),
    [
        (CHOICE, "plum"),
        (CHOICE, 3),
        (CHOICE, ["pear"]),
        (WORD, "c"),
        (WORD, 3),
        (BOOLEAN, "true"),
        (BOOLEAN, 1),
        (DAY, "2026-02-29"),
        (DAY, "20260228"),
        (DAY, "2026-W01-1"),
        (DAY, "1799-12-31"),
        (DAY, datetime(2026, 1, 1, tzinfo=UTC)),
        (DAY, 20260228),
        (INSTANT, "2026-03-02T09:30:00"),
        (INSTANT, "2026-03-02"),
        (INSTANT, "2026-03-02T25:00:00Z"),
        (INSTANT, "3000-01-01T00:00:00Z"),
        (INSTANT, 3),
    ],
)
def test_an_unacceptable_value_is_refused_by_field_given_and_accepted(each: Input, given: Any) -> None:
    with pytest.raises(BadInput) as refused:
        each.read(given, None)

    assert (refused.value.field, refused.value.given) == (each.name, given)
    assert refused.value.accepted == each.accepted(None)


def test_each_input_describes_itself_as_a_json_schema() -> None:
    assert CHOICE.schema(None) == {"type": "string", "enum": ["apple", "pear"]}
    assert WORD.schema(None)["enum"] == ["a", "b"]
    assert [each.schema(None)["type"] for each in (BOOLEAN, DAY, INSTANT)] == ["boolean", "string", "string"]


def test_choices_carry_french_names_and_fall_back_on_the_word() -> None:
    assert CHOICE.choices(None) == {"apple": "Pomme", "pear": "pear"}
    assert WORD.choices(None) == {"a": "A", "b": "B"}
    assert list(BOOLEAN.choices(None)) == ["true", "false"]
    assert DAY.choices(None) == {}


def test_a_text_of_the_command_line_becomes_the_json_value_it_means() -> None:
    assert [BOOLEAN.from_text(text) for text in ("true", "false", "oui")] == [True, False, "oui"]
    assert DAY.from_text("2026-01-01") == "2026-01-01"


def test_a_refusal_says_in_french_what_was_given_and_what_is_accepted() -> None:
    assert BadInput("x", None, ["a", "b"]).say() == "x : rien n'a été donné. Valeurs acceptées : a, b."
    assert BadInput("x", "z", "une date").say() == "x : « z » n'est pas accepté. Valeurs acceptées : une date."


@pytest.mark.parametrize(
    ("given", "shown"),
    [("a" * 500, "a" * 200), ([1], "[1]"), (float("inf"), "inf"), (3, 3), (True, True), (None, None)],
)
def test_what_was_given_is_shown_short_and_safe_for_json(given: Any, shown: Any) -> None:
    assert BadInput("x", given, "y").to_json() == {"error": {"field": "x", "given": shown, "accepted": "y"}}


def test_an_unknown_name_is_a_refusal_with_the_nearest_names() -> None:
    refusal = UnknownQuestion("cgv.fe", ["cgv.fee"])

    assert refusal.to_json()["error"] == {"field": "question", "given": "cgv.fe", "accepted": ["cgv.fee"]}
    assert refusal.nearest == ("cgv.fee",)


def test_the_bare_shape_of_an_input_accepts_nothing_by_itself() -> None:
    bare = Input(name="x", meaning="X")

    for act in (lambda: bare.read(1, None), lambda: bare.accepted(None), lambda: bare.schema(None)):
        with pytest.raises(NotImplementedError):
            act()
