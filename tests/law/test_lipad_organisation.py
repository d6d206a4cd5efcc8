"""LIPAD 50, 53, 58 and 68: the instance that adopts measures, the commissioner's terms, the consultative commission."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.questions import BadInput, ask

ON = date(2024, 6, 3)
# Each institution with its letter of article 50 al. 2 and a word of the instance's name.
INSTANCES = [
    ("grand_council", "a", "bureau du Grand Conseil"),
    ("council_of_state", "b", "Conseil d'Etat"),
    ("cantonal_administration", "b", "Conseil d'Etat"),
    ("grouping", "b", "Conseil d'Etat"),
    ("high_council", "c", "présidence"),
    ("judiciary", "d", "commission de gestion"),
    ("municipal_council", "e", "bureau du conseil municipal"),
    ("commune", "f", "exécutif communal"),
    ("public_body", "g", "instance directrice supérieure"),
    ("controlled_private_body", "h", "instance directrice supérieure"),
    ("person_with_public_task", "i", "organisme chargé de la tâche"),
]


def _cited(answer: Any) -> list[str]:
    return [ref.address for ref in answer.because]


@pytest.mark.parametrize(("institution", "letter", "words"), INSTANCES)
def test_each_institution_has_its_instance_and_letter(institution: str, letter: str, words: str) -> None:
    answer = ask("lipad.adopting_instance", on=ON, institution=institution)

    assert answer.require()["letter"] == letter
    assert words in answer.require()["instance"]
    assert _cited(answer) == [f"50/2/{letter}"]
    assert answer.steps[0].text.startswith("Le préposé cantonal est consulté")


@pytest.mark.parametrize(("institution", "letter", "words"), INSTANCES)
def test_the_council_of_state_may_step_in_for_letters_e_to_i(institution: str, letter: str, words: str) -> None:
    answer = ask("lipad.adopting_instance", on=ON, institution=institution)

    assert any("Mise en demeure" in step.text for step in answer.steps) == ("e" <= letter <= "i"), words


def test_a_delegation_and_the_limits_of_a_task_are_reserved() -> None:
    noted = {
        institution: ask("lipad.adopting_instance", on=ON, institution=institution).reservations
        for institution, _, _ in INSTANCES
    }

    assert {name for name, notes in noted.items() if notes} == {"municipal_council", "person_with_public_task"}


@pytest.mark.parametrize(
    ("number", "first", "last", "cited"),
    [
        (1, "2014-01-01", "2018-06-30", ["68/6", "53/1"]),
        (2, "2018-07-01", "2023-11-30", ["68/7", "53/1"]),
        (3, "2023-12-01", "2028-11-30", ["53/1"]),
        (4, "2028-12-01", "2033-11-30", ["53/1"]),
        (100, "2508-12-01", "2513-11-30", ["53/1"]),
    ],
)
def test_the_first_two_terms_are_dated_by_article_68_and_the_others_last_five_years(
    number: int, first: str, last: str, cited: list[str]
) -> None:
    answer = ask("lipad.term", on=ON, number=number)

    assert answer.to_json()["value"] == {"from": first, "until": last}
    assert _cited(answer) == cited
    assert any("n° 36," in note for note in answer.reservations) == (number > 1)


@pytest.mark.parametrize(
    ("on", "second", "third"),
    [
        ("2013-11-16", ("2018-07-01", "2023-06-30"), ("2023-07-01", "2028-06-30")),
        ("2018-06-29", ("2018-07-01", "2023-06-30"), ("2023-07-01", "2028-06-30")),
        ("2018-06-30", ("2018-07-01", "2023-11-30"), ("2023-12-01", "2028-11-30")),
    ],
)
def test_before_the_second_term_was_made_longer_it_lasted_five_years(
    on: str, second: tuple[str, str], third: tuple[str, str]
) -> None:
    for number, (first, last) in ((2, second), (3, third)):
        assert ask("lipad.term", on=on, number=number).to_json()["value"] == {"from": first, "until": last}


def test_terms_follow_one_another_without_a_gap() -> None:
    terms = [ask("lipad.term", on=ON, number=number).require() for number in range(1, 101)]

    for earlier, later in zip(terms, terms[1:], strict=False):
        assert later["from"] == earlier["until"] + timedelta(days=1)
        assert later["from"] < later["until"]


@pytest.mark.parametrize(("on", "kind"), [("2002-02-28", NotInForce), ("2010-01-01", Unknown), ("2013-11-15", Unknown)])
def test_the_election_is_known_from_november_2013(on: str, kind: type) -> None:
    answer = ask("lipad.term", on=on, number=1)

    assert isinstance(answer, kind)
    assert not isinstance(answer, Unknown) or answer.before == date(2013, 11, 16)


@pytest.mark.parametrize("parties", range(1, 13))
def test_the_commission_has_twelve_members_one_elected_for_each_party(parties: int) -> None:
    answer = ask("lipad.commission", on=ON, parties=parties)

    assert answer.require() == {"elected": parties, "appointed": 12 - parties, "quorum": 8}
    assert _cited(answer) == ["58/1/a", "58/1/b", "58/4"]


@pytest.mark.parametrize("name", ["lipad.adopting_instance", "lipad.commission"])
@pytest.mark.parametrize(("on", "kind"), [("2002-02-28", NotInForce), ("2009-12-31", Unknown)])
def test_organisation_is_known_from_2010(name: str, on: str, kind: type) -> None:
    inputs = {"institution": "commune"} if name == "lipad.adopting_instance" else {"parties": 7}

    assert isinstance(ask(name, on=on, **inputs), kind)
    assert ask(name, on="2010-01-01", **inputs).require()


@pytest.mark.parametrize(
    ("name", "inputs", "field", "accepted"),
    [
        ("lipad.adopting_instance", {}, "institution", [name for name, _, _ in INSTANCES]),
        ("lipad.adopting_instance", {"institution": "court"}, "institution", [name for name, _, _ in INSTANCES]),
        ("lipad.term", {}, "number", "un nombre entier de 1 à 100"),
        ("lipad.term", {"number": 0}, "number", "un nombre entier de 1 à 100"),
        ("lipad.term", {"number": "1"}, "number", "un nombre entier de 1 à 100"),
        ("lipad.term", {"number": 101}, "number", "un nombre entier de 1 à 100"),
        ("lipad.commission", {}, "parties", "un nombre entier de 1 à 12"),
        ("lipad.commission", {"parties": 13}, "parties", "un nombre entier de 1 à 12"),
        ("lipad.commission", {"parties": 0}, "parties", "un nombre entier de 1 à 12"),
        ("lipad.commission", {"parties": -1}, "parties", "un nombre entier de 1 à 12"),
        ("lipad.commission", {"parties": 6.5}, "parties", "un nombre entier de 1 à 12"),
        ("lipad.commission", {"parties": True}, "parties", "un nombre entier de 1 à 12"),
    ],
)
def test_an_impossible_input_is_refused_with_what_is_accepted(
    name: str, inputs: dict[str, Any], field: str, accepted: Any
) -> None:
    with pytest.raises(BadInput) as refused:
        ask(name, on=ON, **inputs)

    assert (refused.value.field, refused.value.accepted) == (field, accepted)
    assert refused.value.given == inputs.get(field)
