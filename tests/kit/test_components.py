"""The parts of pages, in the states empty, one, many and unknown."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from guichet.kit import samples
from guichet.kit.components import Cell, OpenClock, Price, PriceLine, Row, Table, Why
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Decided, Unknown
from guichet.law.kernel.money import Chf


def drawn(source: str, **context: object) -> str:
    """A fragment of a template, drawn."""
    return Template("{% load kit %}" + source).render(Context(context))


def test_the_price_box_sums_its_lines() -> None:
    price = Price((PriceLine("Émolument", Chf(2500)), PriceLine("Envoi", Chf(110))))

    assert "26.10 CHF" in drawn("{% price_box price %}", price=price)


def test_a_total_is_not_told_while_one_line_is_unknown() -> None:
    price = Price((PriceLine("Émolument", Chf(2500)), PriceLine("Envoi", None)))

    assert price.total is None
    assert drawn("{% price_box price %}", price=price).count("à déterminer") == 2


def test_the_reasons_of_an_answer_open_in_place_with_their_passages() -> None:
    answer = Decided(
        value={"fee": Chf(2500)},
        phrase="L'émolument est de {fee}",
        because=(Ref("CGV", "5/1"),),
        reservations=("tarif à confirmer",),
    )

    page = drawn("{% why answer %}", answer=answer)

    assert "<details" in page
    assert 'href="/droit/cgv/5/1/"' in page
    assert "tarif à confirmer" in page


def test_an_answer_that_decides_nothing_still_says_why() -> None:
    assert "1er novembre 2024" in Why.of(Unknown(before=date(2024, 11, 1))).sentence


def test_no_reason_draws_nothing() -> None:
    assert drawn("{% why none %}", none=None).strip() == ""


def test_a_passage_of_another_text_is_cited_with_its_source_and_no_link() -> None:
    page = drawn("{% citation ref %}", ref=Ref("RDROCPMC", "4", outside=True, source="F 2 20.08"))

    assert "<a" not in page
    assert "F 2 20.08" in page


@pytest.mark.parametrize("passage", [Ref("CGV", "3/1"), "CGV:3/1", {"text": "CGV", "address": "3/1", "cite": "x"}])
def test_a_passage_is_cited_alike_from_each_of_its_forms(passage: object) -> None:
    assert drawn("{{ passage|cite }}", passage=passage) == "art. 3 al. 1 CGV"


def test_a_row_that_cannot_be_changed_offers_no_change() -> None:
    page = drawn("{% summary_list rows %}", rows=[Row("Document", "Attestation"), Row("Nom", "Müller", "/nom/")])

    assert page.count("modifier") == 1
    assert 'modifier<span class="govuk-visually-hidden"> : Nom</span>' in page


def test_a_period_without_a_day_shows_no_day() -> None:
    page = drawn("{% clocks clocks %}", clocks=[OpenClock("Livraison", None, "7 à 14 jours ouvrables")])

    assert "jusqu'au" not in page
    assert "7 à 14 jours ouvrables" in page


def test_a_period_that_is_over_says_so_in_words() -> None:
    clock = OpenClock("Décision", date(2026, 3, 2), "30 jours", is_over=True)

    assert "Délai dépassé depuis le" in drawn("{% clocks clocks %}", clocks=[clock])


def test_a_table_without_rows_says_what_is_missing_under_its_name_unless_the_page_says_it() -> None:
    page = drawn("{% table shown %}", shown=Table("Commandes", ("Référence",), (), "Aucune commande."))
    named = Table("Commandes", ("Référence",), (), "Aucune commande.", caption_is_hidden=True)

    assert "<table" not in page
    assert "<strong>Commandes</strong>" in page
    assert "Aucune commande." in page
    assert "<strong>" not in drawn("{% table shown %}", shown=named)


def test_the_heading_of_a_column_of_numbers_stands_over_its_numbers() -> None:
    shown = Table("Commandes", ("Référence", "CHF"), [(Cell("CMD"), Cell("25.00", is_number=True))])

    assert shown.headings == [("Référence", False), ("CHF", True)]


def test_the_pages_of_a_list_keep_its_filters() -> None:
    request = RequestFactory().get("/bureau/?etat=paid&page=2")
    page = Paginator(range(100), 10).page(2)

    shown = drawn("{% pagination page %}", page=page, request=request)

    assert "?etat=paid&amp;page=3" in shown
    assert 'aria-current="page"' in shown


def test_a_list_of_one_page_has_no_pagination() -> None:
    assert drawn("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_the_timeline_ends_with_what_is_owed_next() -> None:
    page = drawn("{% timeline steps 'Nous vous envoyons le document.' %}", steps=samples.HAPPENINGS)

    assert page.rindex("Prochaine étape") > page.rindex("Le document a été établi.")


def test_text_given_to_a_part_is_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    source = (
        "{% tag text %}{% back_link text text %}{% notice title=text %}{{ text }}{% endnotice %}"
        "{% confirmation title=text reference=text %}{{ text }}{% endconfirmation %}{% state %}{{ text }}{% endstate %}"
        "{% reveal text %}{{ text }}{% endreveal %}{% empty text %}{{ text }}{% endempty %}{% step_line 1 2 text %}"
    )

    assert "<script" not in drawn(source, text=hostile)
