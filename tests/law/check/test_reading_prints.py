"""Official prints reduced to their structure: addresses, notes, figures, dates; with and without their accents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guichet.law.check.consolidated import read_consolidated
from guichet.law.check.figures import Figure, dates_in, figures_in, lossy, month_in, numbers_in
from guichet.law.check.printed import PrintedAmendment, PrintedDivision, UnreadableText
from guichet.law.check.sources import SOURCES, read_source
from guichet.law.check.terms import read_terms

from .prints import ACT, TERMS

LOST = "".join(sign if sign.isascii() or not sign.isalpha() else "\ufffd" for sign in ACT)
ADDRESSES = [
    *("1", "2", "2/1", "2/1/a", "2/1/b", "2/1/b/1", "2/1/b/2", "2/1/c", "2/2", "2/3"),
    *("2A", "2A/1", "2A/1/1", "2A/1/1/a", "2A/1/1/b", "2A/2"),
]


@pytest.mark.parametrize("content", [ACT, LOST, LOST.replace("1° ", "1\ufffd ").replace("2° ", "2\ufffd ")])
def test_every_article_paragraph_figure_and_letter_gets_its_address(content: str) -> None:
    printed = read_consolidated("RBat", "rbat.txt", content)

    assert list(printed.passages) == ADDRESSES
    assert [each.address for each in printed.leaves()][:5] == ["1", "2/1/a", "2/1/b/1", "2/1/b/2", "2/1/c"]


@pytest.mark.parametrize(
    ("address", "notes"),
    [("1", set()), ("2", {1}), ("2/1", {2}), ("2/1/c", {3}), ("2/2", set()), ("2/3", {1}), ("2A/1/1/b", {3})],
)
def test_a_note_belongs_to_the_passage_that_bears_it_even_within_a_sentence(address: str, notes: set[int]) -> None:
    assert read_consolidated("RBat", "rbat.txt", ACT).passages[address].notes == notes


@pytest.mark.parametrize("content", [ACT, LOST])
def test_figures_are_read_with_their_units_in_digits_and_in_words(content: str) -> None:
    passages = read_consolidated("RBat", "rbat.txt", content).passages

    assert passages["2/1"].figures == (Figure("10", "jours"),)
    assert passages["2/2"].figures == (Figure("1200", "francs"), Figure("5", "%"), Figure("2", "ans"))
    assert passages["2A/1/1/a"].figures == (Figure("140", "francs"),)
    assert passages["2A"].figures == passages["1"].figures == ()


def test_only_a_place_that_holds_nothing_but_its_note_is_repealed() -> None:
    passages = read_consolidated("RBat", "rbat.txt", ACT).passages

    assert [each.address for each in passages.values() if each.is_repealed] == ["2/3"]


@pytest.mark.parametrize("content", [ACT, LOST])
def test_the_table_tells_each_amendment_with_its_days_and_whether_it_only_renames(content: str) -> None:
    printed = read_consolidated("RBat", "rbat.txt", content)

    assert list(printed.amendments.values()) == [
        PrintedAmendment(1, date(2005, 4, 3), date(2005, 5, 1), renaming=False),
        PrintedAmendment(2, date(2010, 7, 6), date(2010, 7, 6), renaming=True),
        PrintedAmendment(3, date(2021, 8, 1), date(2021, 8, 2), renaming=False),
    ]


@pytest.mark.parametrize("content", [ACT, LOST])
def test_the_head_tells_the_entry_into_force_and_the_last_change(content: str) -> None:
    printed = read_consolidated("RBat", "rbat.txt", content)

    assert (printed.entry, printed.consolidated_to) == (date(2001, 2, 1), date(2021, 8, 2))


def test_titles_and_chapters_are_told_with_their_first_and_last_article() -> None:
    printed = read_consolidated("RBat", "rbat.txt", ACT)

    assert printed.divisions == (PrintedDivision("Titre I", "1", "2A"), PrintedDivision("Chapitre I", "2", "2A"))


def test_terms_of_sale_are_counted_by_chapter_and_a_broken_sentence_is_one_paragraph() -> None:
    printed = read_terms("CGV", "cgv.txt", TERMS)

    assert list(printed.passages) == ["1", "2", "2/1", "2/2"]
    assert printed.passages["2/1"].figures == (Figure("7", "jours"), Figure("14", "jours"))
    assert (printed.entry, printed.certain_from) == (date(2023, 12, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("dans les dix jours", ["10 jours"]),
        ("un an au plus tard", ["1 ans"]),
        ("une année", ["1 ans"]),
        ("vingt-cinq ans et trente et un jours", ["25 ans", "31 jours"]),
        ("26 350 000 francs", ["26350000 francs"]),
        ("1'200 francs ou 12.50 francs", ["1200 francs", "12.50 francs"]),
        ("50% ou 50 pour cent", ["50 %", "50 %"]),
        ("de 7 à 14 jours, puis 48 heures", ["7 jours", "14 jours", "48 heures"]),
        ("trois mois", ["3 mois"]),
        ("la loi 9870, du 9 octobre 2008, et l'article 12", []),
        ("12 membres, dont deux absents", []),
        ("chaque année, sans anse ni moisson", []),
    ],
)
def test_a_figure_is_a_number_with_a_unit_and_nothing_else(words: str, figures: list[str]) -> None:
    assert [str(each) for each in figures_in(words)] == figures
    assert [str(each) for each in figures_in(lossy(words))] == figures


def test_numbers_days_and_months_are_read_whatever_they_count() -> None:
    assert numbers_in("12 membres, dont deux absents") == {"12", "2"}
    assert dates_in("du 1er f\ufffdvrier 2001 au 31 ao\ufffdt 2002") == {date(2001, 2, 1), date(2002, 8, 31)}
    assert dates_in("le 31 juin 2001") == set()
    assert month_in("Edition mai 2020") == date(2020, 5, 1)
    assert month_in("Edition") is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (ACT.partition("RSG")[0], "tableau des modifications"),
        ("RSG\n", "aucun article"),
        (ACT.replace("b) en fer :", "a) en fer :"), "2/1/a y figure deux fois"),
        (ACT.replace("01.05.2005", "31.02.2005"), "modification n° 1 n'existe pas"),
        ("", "tableau"),
    ],
)
def test_a_file_that_is_not_such_a_print_is_refused_with_the_reason(content: str, why: str, tmp_path: Path) -> None:
    (tmp_path / SOURCES["RDId"].file).write_text(content)

    with pytest.raises(UnreadableText) as refused:
        read_source("RDId", tmp_path)

    assert why in str(refused.value)
    assert "rdid.txt" in str(refused.value)
    assert "Attendu : le règlement" in str(refused.value)


def test_a_missing_file_or_one_that_is_no_text_is_named_with_what_is_expected(tmp_path: Path) -> None:
    (tmp_path / "lipad.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "cgv-ocpm.txt").mkdir()

    for name, why in (("RDId", "n'existe pas"), ("LIPAD", "pas du texte UTF-8"), ("CGV", "ne peut pas être lu")):
        with pytest.raises(UnreadableText, match=why) as refused:
            read_source(name, tmp_path)
        assert SOURCES[name].expected in str(refused.value)
