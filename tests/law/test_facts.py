"""Dated facts from readable files, read strictly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guichet.law.facts.reading import BadFacts, packaged, read
from guichet.law.kernel.money import Chf

LINE = """
[[line]]
key = "residence"
label = "Attestation"
amount = "25.00"
from = 2010-03-01
confidence = "sure"
source = "https://www.ge.ch/"
"""


def _folder(tmp_path: Path, lines: str, head: str = 'text = "RDROCPMC"\ntitle = "Tarif"\n') -> Path:
    (tmp_path / "tariff.toml").write_text(head + lines, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "service",
    [
        "residence",
        "residence_history",
        "residence_civic_rights",
        "departure",
        "departure_history",
        "generic",
        "domicile_declaration",
        "deceased",
    ],
)
def test_the_packaged_tariff_asks_25_francs_for_each_service_since_march_2010(service: str) -> None:
    line = packaged().find("tariff", service, date(2010, 3, 1))

    assert line is not None
    assert line.value == Chf(2500)
    assert packaged().find("tariff", service, date(2010, 2, 28)) is None


def test_each_packaged_fact_names_where_it_was_read() -> None:
    facts = packaged()

    for file in ("tariff", "postage", "issuer"):
        for key in facts.names(file):
            line = facts.find(file, key, date(2026, 1, 1))
            assert line is not None
            assert line.ref.source
            assert line.ref.outside


def test_an_office_replaces_a_file_and_keeps_the_packaged_others(tmp_path: Path) -> None:
    facts = read(_folder(tmp_path, LINE.replace("25.00", "30.00")))

    assert facts.names("tariff") == {"residence": "Attestation"}
    assert "a_standard" in facts.names("postage")
    line = facts.find("tariff", "residence", date(2026, 1, 1))
    assert line is not None
    assert line.value == Chf(3000)


def test_two_lines_that_follow_each_other_give_each_day_its_own_value(tmp_path: Path) -> None:
    old = LINE.replace("from = 2010-03-01", "from = 2010-03-01\nuntil = 2019-12-31")
    new = LINE.replace("25.00", "27.00").replace("2010-03-01", "2020-01-01").replace("Attestation", "Nouveau nom")
    facts = read(_folder(tmp_path, new + old))

    values = [facts.find("tariff", "residence", day) for day in (date(2019, 12, 31), date(2020, 1, 1))]
    assert [line.value for line in values if line] == [Chf(2500), Chf(2700)]
    assert facts.names("tariff") == {"residence": "Nouveau nom"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (LINE + LINE, "recouvre"),
        (LINE.replace('source = "https://www.ge.ch/"', ""), "il manque : source"),
        (LINE.replace('source = "https://www.ge.ch/"', 'source = ""'), "il manque : source"),
        (LINE + 'amout = "1.00"', "clé inconnue : amout"),
        (LINE.replace('"25.00"', '"25"'), "25.00"),
        (LINE.replace('"25.00"', "25.00"), "est un texte"),
        (LINE.replace("2010-03-01", '"2010-03-01"'), "est une date"),
        (LINE.replace("2010-03-01", "2010-03-01T00:00:00"), "est une date"),
        (LINE + "until = 2009-01-01", "finit avant"),
        (LINE.replace('"sure"', '"certain"'), "certain"),
        (LINE + 'value = "x"', "soit"),
        (LINE.replace('amount = "25.00"', ""), "soit"),
    ],
)
def test_a_wrong_line_is_refused_with_its_file_its_number_and_its_key(
    tmp_path: Path, change: str, problem: str
) -> None:
    with pytest.raises(BadFacts) as refused:
        read(_folder(tmp_path, change))

    assert "tariff.toml, ligne" in str(refused.value)
    assert "(residence)" in str(refused.value)
    assert problem in str(refused.value)


@pytest.mark.parametrize("content", ["line = 3 x", 'text = "a"\nother = 1\n', 'title = "no text"\n'])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(BadFacts, match=r"tariff\.toml"):
        read(_folder(tmp_path, "", head=content))


def test_a_line_that_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFacts, match=r"ligne 1 \(\?\)"):
        read(_folder(tmp_path, "line = [3]\n"))


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFacts, match="dossier"):
        read(tmp_path / "nowhere")


def test_an_uncertain_fact_carries_its_doubt_and_a_sure_one_none(tmp_path: Path) -> None:
    likely = LINE.replace('"sure"', '"likely"') + 'note = "à confirmer"\n'
    own = LINE.replace('"sure"', '"own_knowledge"').replace('"residence"', '"generic"')
    checked = LINE.replace('"residence"', '"departure"') + "verified_to = 2023-12-31\n"
    facts = read(_folder(tmp_path, likely + own + checked))

    def reservations(key: str, on: date) -> tuple[str, ...]:
        line = facts.find("tariff", key, on)
        assert line is not None
        return line.reservations(on)

    today = date(2026, 1, 1)
    assert reservations("residence", today)[0].startswith("Donnée probable")
    assert reservations("residence", today)[1] == "à confirmer"
    assert reservations("generic", today)[0].startswith("Donnée non vérifiée")
    assert "31 décembre 2023" in reservations("departure", today)[0]
    assert reservations("departure", date(2023, 12, 31)) == ()
