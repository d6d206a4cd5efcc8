"""Known from, derived from the numbers of the amendments; the edges of what our sources hold."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.kernel.provisions import Amendment, Division, Edition, LegalText, Level, Provision, Standing

ENTRY, FIRST, RENAMED, SECOND = date(2003, 1, 1), date(2010, 3, 1), date(2014, 5, 15), date(2017, 6, 28)
CODED = Standing.CODED
TEXT = LegalText(
    "RDId",
    "Règlement",
    edition=Edition(entry=ENTRY, consolidated_to=date(2023, 8, 29)),
    amendments=(
        Amendment(3, date(2009, 11, 23), FIRST),
        Amendment(7, RENAMED, RENAMED, renaming=True),
        Amendment(10, date(2017, 6, 21), SECOND),
    ),
    provisions=(
        Provision("11", "Tarifs", amendments=(3,)),
        Provision("11/1", "Les taxes"),
        Provision("11/1/a", "Adultes", CODED),
        Provision("11/1/c", "Perte", CODED, amendments=(10,)),
        Provision("2", "Le centre", CODED, amendments=(7,)),
        Provision("69", "Essai", amendments=(3,), until=date(2015, 12, 31), until_by="70", new=True),
        Provision("69/1", "Essai", CODED),
        Provision("69/2", "Essai, autre libellé", CODED, amendments=(10,)),
        Provision("70", "Fin", CODED),
    ),
)


@pytest.mark.parametrize(
    ("address", "known_from"), [("11/1/a", FIRST), ("11/1/c", SECOND), ("2", ENTRY), ("70", ENTRY), ("11", FIRST)]
)
def test_a_wording_is_known_from_the_last_amendment_of_itself_or_its_container(address: str, known_from: date) -> None:
    assert TEXT.known_from(address) == known_from
    assert TEXT.ref(address).known_from == known_from


def test_a_renaming_changes_only_since_when_the_name_is_known() -> None:
    assert TEXT.named_from("2") == RENAMED
    assert TEXT.gap("2", date(2005, 1, 1)) is None
    assert TEXT.remarks("2", date(2005, 1, 1)) == (
        "Le nom actuel de l'autorité n'est connu que depuis le 15 mai 2014.",
    )


def test_before_its_entry_into_force_a_text_is_not_in_force() -> None:
    assert TEXT.gap("2", date(2002, 12, 31)) == NotInForce(since=ENTRY, because=TEXT.refs("2"))


def test_before_a_known_wording_the_answer_is_unknown_and_names_the_amendments() -> None:
    gap = TEXT.gap("11/1/c", date(2005, 1, 1))

    assert isinstance(gap, Unknown)
    assert gap.before == SECOND
    assert [step.reached for step in gap.steps] == [FIRST, SECOND]


def test_the_day_of_the_amendment_itself_is_known() -> None:
    assert TEXT.gap("11/1/c", SECOND) is None
    assert TEXT.gap("11/1/a", FIRST) is None


@pytest.mark.parametrize("address", ["69", "69/1"])
def test_a_provision_added_for_a_time_is_in_force_between_its_two_ends_only(address: str) -> None:
    assert TEXT.gap(address, date(2010, 2, 28)) == NotInForce(since=FIRST, because=TEXT.refs(address))
    assert TEXT.gap(address, FIRST) is None
    assert TEXT.gap(address, date(2015, 12, 31)) is None
    after = NotInForce(until=date(2015, 12, 31), because=TEXT.refs(address, "70"))
    assert TEXT.gap(address, date(2016, 1, 1)) == after


def test_an_older_wording_within_an_added_provision_is_unknown() -> None:
    assert isinstance(TEXT.gap("69/2", date(2010, 2, 28)), NotInForce)
    assert isinstance(TEXT.gap("69/2", FIRST), Unknown)


def test_after_the_day_of_the_print_a_careful_jurist_adds_a_remark() -> None:
    assert TEXT.remarks("70", date(2023, 8, 29)) == ()
    assert "29 août 2023" in TEXT.remarks("70", date(2023, 8, 30))[0]


def test_an_edition_dated_by_its_month_is_unknown_on_every_day_of_it() -> None:
    text = LegalText(
        "CGV",
        "Conditions",
        edition=Edition(entry=date(2024, 10, 1), certain_from=date(2024, 11, 1), earlier_editions=True),
        provisions=(Provision("1", "x", CODED),),
    )

    befores = [getattr(text.gap("1", day), "before", None) for day in (date(2024, 9, 30), date(2024, 10, 1))]
    assert befores == [date(2024, 10, 1), date(2024, 11, 1)]
    assert text.gap("1", date(2024, 10, 31)) is not None
    assert text.gap("1", date(2024, 11, 1)) is None


def test_a_passage_that_does_not_exist_cannot_be_cited() -> None:
    for find in (TEXT.ref, TEXT.provision, TEXT.known_from, TEXT.named_from):
        with pytest.raises(KeyError):
            find("12/9")


def test_the_leaves_of_a_text_come_in_its_order_without_headings() -> None:
    assert [leaf.address for leaf in TEXT.leaves()] == ["2", "11/1/a", "11/1/c", "69/1", "69/2", "70"]
    assert TEXT.provision("2").summary == "Le centre"


def test_the_articles_of_a_text_are_told_in_its_order() -> None:
    assert TEXT.articles() == ("2", "11", "69", "70")


def test_the_changes_of_a_letter_are_its_own_and_those_of_its_article_oldest_first() -> None:
    assert [each.number for each in TEXT.changes("11/1/c")] == [3, 10]


def test_an_article_stands_in_the_divisions_that_hold_its_number() -> None:
    inner = Division(Level.CHAPTER, "II", "Taxes", "11", "19A")
    outer = Division(Level.TITLE, "I", "Documents", "1", "69", (inner,))
    text = LegalText(
        "X", "Texte", edition=Edition(entry=ENTRY), provisions=(Provision("11", "Tarifs"),), divisions=(outer,)
    )

    assert [each.name for each in text.trail("11")] == ["Titre I", "Chapitre II"]
    assert text.trail("19A") == (outer, inner)
    assert text.trail("20") == (outer,)
    assert text.trail("70") == ()
