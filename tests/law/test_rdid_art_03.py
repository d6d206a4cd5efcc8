"""RDId 3 to 8 and 10 al. 2: what an application needs, proved over every combination of its inputs."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from guichet.law.kernel.answers import Decided, Unknown
from guichet.law.questions import ask

REQUESTS = ["identity_card", "passport", "both", "provisional_passport", "loss_declaration"]
REASONS = ["first", "renewal", "loss", "theft", "destruction", "name_change", "sex_change"]
PARENTS = ["together", "separated", "divorced", "sole_holder"]
ORDER = [
    "personal_appearance",
    "photo_4x6",
    "biometric_capture",
    "signed_form",
    "parental_agreement",
    "legalised_authorisation",
    "custody_judgment",
    "old_document",
    "police_certificate",
]
ADULT, CHILD = "1990-01-01", "2015-01-01"
ALL = list(product(REQUESTS, [ADULT, CHILD], REASONS, PARENTS, [False, True]))


def expected(request: str, born: str, reason: str, parents: str, prevented: bool) -> set[str]:  # noqa: FBT001
    """The pieces as the articles say them, written without looking at the tables."""
    if request == "loss_declaration":
        return set()
    pieces = {"personal_appearance", "signed_form"}
    if request in ("identity_card", "both"):
        pieces.add("photo_4x6")
    if request != "identity_card":
        pieces.add("biometric_capture")
    if born == CHILD:
        pieces.add("legalised_authorisation" if prevented else "parental_agreement")
        if parents in ("separated", "divorced"):
            pieces.add("custody_judgment")
    if reason in ("loss", "theft", "destruction"):
        pieces.add("police_certificate")
    elif reason != "first":
        pieces.add("old_document")
    return pieces


def _ask(request: str, born: str, reason: str, parents: str, prevented: bool, on: str = "2023-01-01") -> Any:  # noqa: FBT001
    return ask(
        "rdid.requirements",
        on=on,
        request=request,
        born=born,
        reason=reason,
        parents=parents,
        holder_prevented=prevented,
    )


def test_every_combination_of_the_inputs_has_its_pieces_in_the_order_of_the_text() -> None:
    for point in ALL:
        answer = _ask(*point)

        assert isinstance(answer, Decided)
        pieces = answer.value["pieces"]
        assert set(pieces) == expected(*point), point
        assert pieces == sorted(pieces, key=ORDER.index)
        assert answer.because
    assert len(ALL) == 5 * 2 * 7 * 4 * 2


def test_the_pieces_of_a_child_whose_parents_are_divorced() -> None:
    answer = _ask("passport", CHILD, "renewal", "divorced", False)

    assert answer.value == {
        "pieces": [
            "personal_appearance",
            "biometric_capture",
            "signed_form",
            "parental_agreement",
            "custody_judgment",
            "old_document",
        ]
    }
    assert [ref.address for ref in answer.because] == ["3/1", "3/2", "5", "6/1", "6/2", "8/1"]
    assert len(answer.steps) == 6


def test_an_adult_needs_no_word_about_parents_or_their_holder() -> None:
    answer = ask("rdid.requirements", on="2023-01-01", request="identity_card", born=ADULT, reason="first")

    assert answer.require() == {"pieces": ["personal_appearance", "photo_4x6", "signed_form"]}


def test_a_holder_of_parental_authority_is_not_prevented_unless_said() -> None:
    answer = ask(
        "rdid.requirements", on="2023-01-01", request="identity_card", born=CHILD, reason="first", parents="sole_holder"
    )

    assert answer.require()["pieces"][-1] == "parental_agreement"


@pytest.mark.parametrize("reason", ["name_change", "sex_change"])
def test_a_change_of_name_or_sex_cites_the_article_that_asks_for_a_new_document(reason: str) -> None:
    answer = _ask("passport", ADULT, reason, "together", False)

    assert [ref.address for ref in answer.because] == ["3/1", "3/2", "5", "7", "8/1"]


def test_a_declaration_of_loss_needs_only_to_be_made() -> None:
    answer = ask("rdid.requirements", on="2023-01-01", request="loss_declaration", reason="loss")

    assert answer.require() == {"pieces": []}
    assert [ref.address for ref in answer.because] == ["10/1"]
    assert answer.reservations == ()


def test_an_authority_may_ask_for_a_document_of_the_civil_status() -> None:
    assert "art. 3 al. 3 RDId" in _ask("passport", ADULT, "first", "together", False).reservations[0]


@pytest.mark.parametrize("request_", ["both", "provisional_passport"])
def test_what_the_text_leaves_open_about_biometric_data_is_a_reservation(request_: str) -> None:
    assert "Interprétation n° 16" in _ask(request_, ADULT, "first", "together", False).reservations[0]


def test_a_destroyed_document_is_attested_as_lost_which_is_an_interpretation() -> None:
    answer = _ask("passport", ADULT, "destruction", "together", False)

    assert answer.value["pieces"][-1] == "police_certificate"
    assert "Interprétation n° 17" in answer.reservations[0]


@pytest.mark.parametrize(
    ("born", "reason", "day", "before"),
    [
        (ADULT, "renewal", "2010-02-28", "2010-03-01"),
        ("2000-01-01", "renewal", "2015-02-28", "2015-03-01"),
        (ADULT, "loss", "2015-02-28", "2015-03-01"),
    ],
)
def test_a_piece_whose_article_is_not_known_on_the_day_makes_the_answer_unknown(
    born: str, reason: str, day: str, before: str
) -> None:
    answer = _ask("passport", born, reason, "together", False, on=day)

    assert isinstance(answer, Unknown)
    assert answer.before.isoformat() == before


def test_an_adult_who_lost_nothing_is_answered_since_march_2010() -> None:
    assert isinstance(_ask("passport", "1980-01-01", "renewal", "together", False, on="2010-03-01"), Decided)
