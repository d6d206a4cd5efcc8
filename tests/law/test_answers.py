"""The six kinds of answer, in JSON and in French."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import (
    KINDS,
    Answer,
    Assessment,
    Decided,
    NotDecided,
    NotInForce,
    OutsideSources,
    Referred,
    Step,
    Steps,
    Unknown,
    _Answer,
    first_undecided,
)
from guichet.law.kernel.money import Chf
from guichet.law.kernel.wording import enumerate_in_french, write_date

HERE = (Ref("RDId", "12/2", date(2023, 8, 29)),)
DAY = date(2026, 3, 1)
FEE = Decided(value={"amount": Chf(2500), "from": DAY, "yes": True}, phrase="La taxe est de {amount}", because=HERE)
ANSWERS: list[tuple[Answer, dict[str, object], str]] = [
    (FEE, {"value": {"amount": "25.00", "from": "2026-03-01", "yes": True}}, "La taxe est de 25.00 CHF"),
    (Referred(authority="le département"), {"to": "le département"}, "tranchée par le département"),
    (
        Assessment(by="le responsable", criteria=("a", "b", "c")),
        {"by": "le responsable", "criteria": ["a", "b", "c"]},
        "appréciation de le responsable, selon : a, b et c",
    ),
    (Assessment(by="la police"), {"by": "la police", "criteria": []}, "appréciation de la police."),
    (Unknown(before=date(2024, 11, 1)), {"before": "2024-11-01"}, "avant le 1er novembre 2024"),
    (NotInForce(since=DAY), {"from": "2026-03-01"}, "depuis le 1er mars 2026"),
    (NotInForce(until=date(2015, 12, 31)), {"until": "2015-12-31"}, "jusqu'au 31 décembre 2015"),
    (OutsideSources(missing="l'annexe 3 OLDI"), {"missing": "l'annexe 3 OLDI"}, "il faudrait l'annexe 3 OLDI"),
]


@pytest.mark.parametrize(("answer", "particulars", "words"), ANSWERS, ids=lambda value: getattr(value, "kind", None))
def test_each_kind_writes_its_own_particulars_beside_what_all_share(
    answer: Answer, particulars: dict[str, object], words: str
) -> None:
    asked = answer.to("x.y", DAY)
    written = asked.to_json()

    shared = {"question", "on", "kind", "because", "steps", "reservations"}
    assert {name: value for name, value in written.items() if name not in shared} == particulars
    assert (written["question"], written["on"], written["kind"]) == ("x.y", "2026-03-01", answer.kind)
    assert words in asked.say()


def test_the_kinds_are_six_and_have_the_names_of_the_contract() -> None:
    assert [kind.kind for kind in KINDS] == [
        "decided",
        "referred",
        "assessment",
        "unknown",
        "not_in_force",
        "outside_sources",
    ]


def test_the_bare_shape_of_an_answer_says_nothing_by_itself() -> None:
    with pytest.raises(NotImplementedError):
        _Answer().say()
    with pytest.raises(NotImplementedError):
        _Answer().to_json()


def test_an_answer_not_asked_under_a_day_has_none() -> None:
    assert FEE.to_json()["on"] is None


def test_only_a_decided_answer_can_be_required() -> None:
    assert FEE.require()["amount"] == Chf(2500)
    with pytest.raises(NotDecided) as refused:
        Unknown(before=DAY).require()
    assert refused.value.answer == Unknown(before=DAY)


def test_an_answer_cannot_be_changed_after_it_was_given() -> None:
    with pytest.raises(FrozenInstanceError):
        FEE.phrase = "autre chose"  # type: ignore[misc]


def test_naming_the_question_keeps_every_other_part_of_the_answer() -> None:
    step = Step("Total.", HERE, Chf(5))
    answer = Decided(value={}, phrase="", because=HERE, steps=(step,), reservations=("doute",))

    asked = answer.to("x.y", DAY)

    assert (asked.because, asked.steps, asked.reservations) == (HERE, (step,), ("doute",))
    assert asked.question == "x.y"
    assert answer.question == ""


def test_the_first_undecided_answer_wins_and_carries_the_reasons_before_it() -> None:
    missing = OutsideSources(missing="un tarif", because=(Ref("CGV", "5/4"),))

    found = first_undecided(FEE, missing, Unknown(before=DAY))

    assert found == OutsideSources(missing="un tarif", because=(*HERE, Ref("CGV", "5/4")))
    assert first_undecided(FEE, FEE) is None


def test_a_sentence_ends_with_its_passages_and_one_line_for_each_reservation() -> None:
    answer = Unknown(before=DAY, because=HERE, reservations=("un doute", "un autre"))

    assert answer.say().splitlines()[1:] == ["Réserve : un doute", "Réserve : un autre"]
    assert answer.say().splitlines()[0].endswith("(art. 12 al. 2 RDId).")


def test_steps_are_written_when_they_are_read_and_only_once() -> None:
    written = []
    steps = Steps(lambda: (written.append(1), (Step("a"), Step("b", HERE, DAY)))[1])
    before = list(written)

    texts = [step.text for step in steps]

    assert (before, texts, written) == ([], ["a", "b"], [1])
    assert (len(steps), steps[0].text, steps[1:][0].to_json()["reached"]) == (2, "a", "2026-03-01")
    assert steps == (Step("a"), Step("b", HERE, DAY))
    assert steps != "ab"
    assert steps != 3
    assert hash(steps) == hash(tuple(steps))


def test_words_are_listed_with_a_last_conjunction() -> None:
    assert [enumerate_in_french(words) for words in ([], ["a"], ["a", "b"])] == ["", "a", "a et b"]
    assert enumerate_in_french(["a", "b", "c"], "ou") == "a, b ou c"
    assert write_date(date(2026, 8, 1)) == "1er août 2026"
