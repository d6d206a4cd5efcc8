"""One bad record is refused with its line and a French reason; its neighbours are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guichet.gateways.register.port import PersonRecord, Rejection

from .builders import a_file, amelie, of_the_cast, read

_GOOD_VN = "7560099999010"
_BIRTH = "<i:yearMonthDay>1990-06-12</i:yearMonthDay></p:dateOfBirth>"
_PERMIT = "<p:residencePermit><p:residencePermit>0201</p:residencePermit></p:residencePermit>"
_SPOILT = [
    (_BIRTH, "</p:dateOfBirth>", "dateOfBirth : élément vide"),
    (_BIRTH, "<i:yearMonth>1990-13</i:yearMonth></p:dateOfBirth>", "yearMonth : date illisible"),
    ("<p:placeOfBirth><p:swissTown>", "<p:placeOfBirth><p:town>", "lieu : ni connu ni déclaré inconnu"),
    ("<m:municipalityId>6621", "<m:municipalityId>66X1", "municipalityId : numéro de commune illisible"),
    ("<m:cantonAbbreviation>GE", "<m:cantonAbbreviation>XX", "cantonAbbreviation : canton inconnu"),
    ("</p:placeOfOrigin>", f"</p:placeOfOrigin>{_PERMIT}", "placeOfOrigin et residencePermit s'excluent"),
    ("</p:placeOfOrigin>", f"</p:placeOfOrigin>{_PERMIT.replace('0201', '99')}", "residencePermit : code inconnu"),
    (f"<i:vn>{_GOOD_VN}", "<i:vn>7560099999011", "vn : le numéro AVS est faux"),
    ("<i:personId>GE-D01</i:personId>", "", "personId : élément absent ou vide"),
    ("<p:officialName>Rochat</p:officialName>", "<p:officialName> </p:officialName>", "officialName : élément absent"),
    ("<p:officialName>Rochat", f"<p:officialName>{'x' * 101}", "officialName : plus de 100 caractères"),
    ("</p:nameData><p:birthData>", "</p:nameData><p:birth>", "birthData : élément absent"),
    ("<p:sex>2</p:sex>", "<p:sex>7</p:sex>", "sex : code inconnu"),
    ("<p:maritalStatus>1", "<p:maritalStatus>8", "maritalStatus : code inconnu"),
    ("<p:nationalityStatus>2", "<p:nationalityStatus>", "nationalityStatus : élément absent ou vide"),
    ("<p:canton>GE", "<p:canton>XX", "canton : canton inconnu"),
    ("1990-06-12</p:arrivalDate>", "1990-02-30</p:arrivalDate>", "arrivalDate : jour qui n'existe pas"),
    ("1990-06-12</p:arrivalDate>", "19900612</p:arrivalDate>", "arrivalDate : date illisible"),
    ("<p:hasMainResidence>", "<p:hasHouse>", "hasOtherResidence : élément absent"),
    ("<a:town>Genève</a:town>", "", "town : élément absent"),
    ("<d:value>1990-06-12/</d:value>", "<d:value>1990</d:value>", "personExtendedData : stay"),
    ("<d:field>stay", "<d:field>dataLock", "personExtendedData : dataLock : code inconnu"),
    ("<d:field>stay", "<d:field>permitUnderRenewal", "permitUnderRenewal : ni vrai ni faux"),
    ("<d:field>stay", "<d:field>relation", "relation : le lien n'est pas lisible"),
]


@pytest.mark.parametrize(("good", "bad", "reason"), _SPOILT, ids=[reason for _, _, reason in _SPOILT])
def test_a_spoilt_record_is_refused_with_its_reason_and_line(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    ends = {
        "<p:birth>": "</p:birthData>",
        "<p:hasHouse>": "</p:hasMainResidence>",
        "<p:town>": "</p:swissTown>",
    }
    renamed = [(end, f"</{start[1:]}") for start, end in ends.items() if start in bad]
    spoil = [(good, bad), *renamed]

    first, second = read(a_file(tmp_path, amelie(), of_the_cast("GE-D02"), spoil=spoil))

    assert isinstance(first, Rejection)
    assert first.line == 4
    assert reason in first.reason
    assert isinstance(second, PersonRecord)


def test_a_reason_names_the_element_and_not_its_content(tmp_path: Path) -> None:
    bad = "7560099999011"

    rejection = read(a_file(tmp_path, amelie(), spoil=[(_GOOD_VN, bad)]))[0]

    assert isinstance(rejection, Rejection)
    assert bad not in rejection.reason
    assert rejection.local_person_id == "GE-D01"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"origins": ()}, "ni placeOfOrigin ni residencePermit"),
        ({"died_on": date(1980, 1, 1)}, "décès avant la naissance"),
        ({"permit": of_the_cast("GE-D02").permit, "origins": ()}, "absent pour une personne de nationalité suisse"),
        ({"residence": amelie().residence._replace(departed_on=date(1985, 1, 1))}, "départ avant l'arrivée"),
        ({"stays": (*of_the_cast("GE-D02").stays, *of_the_cast("GE-D02").stays)}, "se chevauchent"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    rejection = read(a_file(tmp_path, amelie(**changes)))[0]

    assert isinstance(rejection, Rejection)
    assert reason in rejection.reason


def test_a_permit_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    person = of_the_cast("GE-D02")
    permit = person.permit._replace(valid_by=date(2001, 1, 1))

    rejection = read(a_file(tmp_path, person._replace(permit=permit)))[0]

    assert isinstance(rejection, Rejection)
    assert "residencePermitValidTill" in rejection.reason
