"""Typed inputs: what they accept, and refusals that name field, given and accepted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from guichet.law.kernel.inputs import (
    Amount,
    BadInput,
    Boolean,
    Choice,
    Day,
    Input,
    Instant,
    Percent,
    UnknownQuestion,
    WholeNumber,
    Word,
)
from guichet.law.kernel.money import Chf
from guichet.law.kernel.questions import Question


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
WHOLE = WholeNumber(name="number", meaning="Nombre", least=1, most=12)
PERCENT, AMOUNT = Percent(name="share", meaning="Part"), Amount(name="sum", meaning="Somme")


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
        (WHOLE, 1, 1),
        (WHOLE, 12, 12),
        (WHOLE, 3.0, 3),
        (PERCENT, 0, Decimal(0)),
        (PERCENT, 50.01, Decimal("50.01")),
        (PERCENT, Decimal("0.1"), Decimal("0.1")),
        (PERCENT, 100, Decimal(100)),
        (AMOUNT, "50000.00", Chf(5_000_000)),
        (AMOUNT, "0.00", Chf(0)),
        (AMOUNT, Chf(1), Chf(1)),
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
        (WHOLE, 0),
        (WHOLE, 13),
        (WHOLE, -1),
        (WHOLE, 3.5),
        (WHOLE, "3"),
        (WHOLE, True),
        (WHOLE, float("inf")),
        pytest.param(WHOLE, 10**5000, id="a number too long to be written"),
        (PERCENT, -0.01),
        (PERCENT, 100.01),
        (PERCENT, float("inf")),
        (PERCENT, Decimal("sNaN")),
        (PERCENT, "50"),
        (PERCENT, True),
        (AMOUNT, "25"),
        (AMOUNT, "25.00\n"),
        (AMOUNT, "-1.00"),
        (AMOUNT, "٢٥.00"),
        (AMOUNT, "1234567890123.00"),
        (AMOUNT, 25),
        (AMOUNT, 25.0),
        (AMOUNT, float("nan")),
        (AMOUNT, Chf(-1)),
        (AMOUNT, Chf(10**14)),
    ],
)
def test_an_unacceptable_value_is_refused_by_field_given_and_accepted(each: Input, given: Any) -> None:
    with pytest.raises(BadInput) as refused:
        each.read(given, None)

    assert refused.value.field == each.name
    assert refused.value.given is given
    assert refused.value.accepted == each.accepted(None)


def test_each_input_describes_itself_as_a_json_schema() -> None:
    assert CHOICE.schema(None) == {"type": "string", "enum": ["apple", "pear"]}
    assert WORD.schema(None)["enum"] == ["a", "b"]
    assert [each.schema(None)["type"] for each in (BOOLEAN, DAY, INSTANT)] == ["boolean", "string", "string"]
    assert [each.schema(None)["type"] for each in (WHOLE, PERCENT, AMOUNT)] == ["integer", "number", "string"]
    assert (WHOLE.schema(None)["minimum"], WHOLE.schema(None)["maximum"]) == (1, 12)


def test_a_number_that_is_none_is_no_percentage() -> None:
    with pytest.raises(BadInput) as refused:
        PERCENT.read(float("nan"), None)

    assert refused.value.to_json()["error"]["given"] == "nan"


def test_an_optional_input_that_is_absent_has_its_default() -> None:
    poor = Boolean(name="poor", meaning="Indigent ?", required=False, default=False)
    asked = Question("x.y", "?", (poor, Day(name="day", meaning="Jour", required=False)), (), lambda *_: None)  # type: ignore[arg-type, return-value]

    assert asked.read({}, None) == {"poor": False, "day": None}
    assert asked.read({"poor": True}, None)["poor"] is True
    with pytest.raises(BadInput):
        asked.read({"poor": None}, None)


def test_choices_carry_french_names_and_fall_back_on_the_word() -> None:
    assert CHOICE.choices(None) == {"apple": "Pomme", "pear": "pear"}
    assert WORD.choices(None) == {"a": "A", "b": "B"}
    assert list(BOOLEAN.choices(None)) == ["true", "false"]
    assert DAY.choices(None) == {}


def test_a_text_of_the_command_line_becomes_the_json_value_it_means() -> None:
    assert [BOOLEAN.from_text(text) for text in ("true", "false", "oui")] == [True, False, "oui"]
    assert DAY.from_text("2026-01-01") == "2026-01-01"
    assert [WHOLE.from_text(text) for text in ("7", "-7", "7.5", "9" * 19)] == [7, -7, "7.5", "9" * 19]
    assert [PERCENT.from_text(text) for text in ("50.01", "50", "1e3", "nan")] == [50.01, 50, "1e3", "nan"]
    assert AMOUNT.from_text("25.00") == "25.00"


def test_a_refusal_says_in_french_what_was_given_and_what_is_accepted() -> None:
    assert BadInput("x", None, ["a", "b"]).say() == "x : rien n'a été donné. Valeurs acceptées : a, b."
    assert BadInput("x", "z", "une date").say() == "x : « z » n'est pas accepté. Valeurs acceptées : une date."


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a" * 500, "a" * 200),
        ([1], "[1]"),
        (float("inf"), "inf"),
        (3, 3),
        (True, True),
        (None, None),
        (10**18, "un nombre de plus de 18 chiffres"),
    ],
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
