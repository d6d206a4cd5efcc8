"""OLDI 5, as RDId 10 al. 2 leads to it: how long a document is valid, and less long after repeated losses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guichet.law import questions
from guichet.law.acts.rdid.readings import REPEATED_LOSSES
from guichet.law.facts import reading
from guichet.law.facts.reading import PACKAGED, BadFacts, read
from guichet.law.kernel.answers import Decided, OutsideSources, Unknown
from guichet.law.questions import ask

ADULT, CHILD = "1990-06-12", "2016-03-04"


def asked(**inputs: Any) -> Decided:
    """The answer in November 2026 for an adult, unless told otherwise."""
    answer = ask("rdid.validity", **({"on": "2026-11-23", "born": ADULT} | inputs))
    assert isinstance(answer, Decided)
    return answer


@pytest.mark.parametrize(
    ("inputs", "years"),
    [
        ({}, 10),
        ({"born": CHILD}, 5),
        ({"born": "2008-11-23"}, 10),
        ({"born": "2008-11-24"}, 5),
        ({"losses": 2}, 10),
        ({"losses": 3}, 2),
        ({"losses": 4, "born": CHILD}, 2),
        ({"losses": 3, "care_shown": True}, 10),
    ],
)
def test_a_document_is_valid_ten_or_five_years_and_two_from_the_third_loss(inputs: dict[str, Any], years: int) -> None:
    assert asked(**inputs).value["years"] == years


def test_the_answer_cites_the_ordinance_and_tells_the_reading_it_rests_on() -> None:
    answer = asked(losses=3)

    assert [ref.key for ref in answer.because] == ["RDId:10/2", "OLDI:5/1", "OLDI:5/3"]
    assert answer.because[2].outside
    assert answer.because[2].source == "https://fedlex.data.admin.ch/eli/cc/2002/468"
    assert any(REPEATED_LOSSES.reading in note for note in answer.reservations)
    assert not any(REPEATED_LOSSES.reading in note for note in asked().reservations)


@pytest.mark.parametrize(
    ("on", "since"),
    [("2026-11-23", "2021-11-24"), ("2028-02-29", "2023-03-01"), ("2027-02-28", "2022-03-01")],
)
def test_losses_count_for_five_years_that_end_on_the_day(on: str, since: str) -> None:
    assert asked(on=on).to_json()["value"]["losses_count_from"] == since


def test_before_the_state_that_was_read_nothing_is_said() -> None:
    assert isinstance(ask("rdid.validity", on="2023-08-31", born=ADULT, losses=3), OutsideSources)
    assert isinstance(ask("rdid.validity", on="2014-01-01", born=ADULT, losses=3), Unknown)


def test_an_unsure_fact_of_the_office_puts_its_reservation_on_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = (PACKAGED / "validity.toml").read_text(encoding="utf-8")
    changed = packaged.replace("number = 2\n", "number = 3\n").replace('"sure"', '"likely"')
    (tmp_path / "validity.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(questions, "known_facts", lambda: reading.read(tmp_path))

    answer = asked(losses=3)

    assert answer.value["years"] == 3
    assert any(note.startswith("Donnée probable : Validité après des pertes répétées") for note in answer.reservations)


@pytest.mark.parametrize("wrong", ['"2"', "0", "2.5", "true"])
def test_a_number_of_the_facts_is_a_whole_one(tmp_path: Path, wrong: str) -> None:
    packaged = (PACKAGED / "validity.toml").read_text(encoding="utf-8")
    (tmp_path / "validity.toml").write_text(packaged.replace("number = 2\n", f"number = {wrong}\n"), encoding="utf-8")

    with pytest.raises(BadFacts, match="nombre entier d'au moins 1"):
        read(tmp_path)
