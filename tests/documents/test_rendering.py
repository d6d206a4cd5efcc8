"""What the templates print, and that it is made by the rules of PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from guichet.documents import rendering
from guichet.documents.contents import Content, Fact, ReceiptLine, Section, as_json
from guichet.law.kernel.money import Chf

from .builders import (
    AT,
    LONG_NAME,
    LONG_PARAGRAPH,
    a_decision,
    a_form,
    a_receipt,
    a_report,
    a_verification,
    an_attestation,
    stays,
)
from .places import output_of


def printed(content: Content) -> bytes:
    return rendering.render(content.template, content, issued_at=AT)


def text_of(pdf: bytes) -> str:
    return " ".join(extract_text(io.BytesIO(pdf)).replace("\xa0", " ").split())


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


EACH = pytest.mark.parametrize(
    "content", [an_attestation(), a_decision(), a_receipt(), a_form()], ids=lambda c: c.template
)


@EACH
def test_every_template_declares_both_standards_its_language_and_its_title(content: Content) -> None:
    with pikepdf.open(io.BytesIO(printed(content))) as pdf:
        with pdf.open_metadata() as metadata:
            declared = (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"])

        assert declared == ("3", "A", "1")
        assert str(pdf.Root.Lang) == "fr-CH"
        assert content.reference in str(pdf.docinfo.Title) or "Q-2026-000001" in str(pdf.docinfo.Title)
        assert bool(pdf.Root.MarkInfo.Marked)


@EACH
def test_the_same_content_at_the_same_instant_gives_the_same_bytes(content: Content) -> None:
    assert printed(content) == printed(content)


def test_another_instant_gives_another_document() -> None:
    later = rendering.render("attestation", an_attestation(), issued_at=AT + timedelta(hours=1))

    assert later != printed(an_attestation())


def test_an_attestation_prints_facts_statement_date_and_code() -> None:
    text = text_of(printed(an_attestation()))

    for expected in (
        "Attestation de résidence",
        "Aline Favre",
        "1er mai 1984",
        "Carouge GE",
        "réside dans le canton",
        "Genève, le 22 novembre 2026",
        "7K2M-9XQA-44CD",
        "valable sans signature manuscrite",
    ):
        assert expected in text


def test_text_that_looks_like_code_is_printed_and_not_run() -> None:
    hostile = '#read("/etc/passwd") $x$ *gras* <b> \\ #panic()'

    assert hostile in text_of(printed(an_attestation(statements=(hostile,))))


@pytest.mark.parametrize("name", [LONG_NAME, "Ñandú Ğül Łódź-Šťastný Ơ", "O'Connor", "Đặng Thị Hồng"])
def test_names_of_all_latin_alphabets_are_printed_whole(name: str, tmp_path: Path) -> None:
    kept = tmp_path / "named.pdf"
    kept.write_bytes(printed(an_attestation(subject=name)))

    # Not pdfminer here: it doesn't read the replacement text of letters drawn in two strokes (ị).
    assert name in output_of("pdftotext", str(kept), "-")


def test_thirty_stays_run_over_two_pages_and_repeat_their_header() -> None:
    pdf = printed(an_attestation(stays=stays(30), statements=(LONG_PARAGRAPH,)))
    text = text_of(pdf)

    assert pages_of(pdf) == 2
    assert text.count("Page") == 2
    assert text.count("30 novembre") == 29
    assert "en cours" in text


def test_the_data_are_embedded_for_machines_exactly_as_printed() -> None:
    content = an_attestation()

    with pikepdf.open(io.BytesIO(printed(content))) as pdf:
        embedded = pdf.attachments["donnees.json"]
        read = embedded.get_file().read_bytes()
        relation = embedded.obj.AFRelationship

    assert read == as_json(content)
    assert relation == pikepdf.Name.Data
    assert json.loads(read)["content"]["facts"][0]["value"] == {"day": "1984-05-01"}


def test_other_files_are_embedded_whole_whatever_their_bytes() -> None:
    binary = bytes(range(256))

    pdf = rendering.render("attestation", an_attestation(), issued_at=AT, attachments={"annexe.bin": binary})

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.attachments["annexe.bin"].get_file().read_bytes() == binary


def test_no_data_are_embedded_when_the_caller_asks_so() -> None:
    pdf = rendering.render("letter", a_decision(), issued_at=AT, embed_data=False)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not list(opened.attachments)


def test_the_qr_code_leads_to_the_page_and_says_so_in_words(tmp_path: Path) -> None:
    pdf = printed(an_attestation())

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spoken = [str(obj.Alt) for obj in opened.objects if isinstance(obj, pikepdf.Dictionary) and "/Alt" in obj]

    assert any("https://guichet.example/verifier/7K2M-9XQA-44CD/" in alternative for alternative in spoken)


def test_a_decision_prints_its_grounds_with_articles_and_its_remedy() -> None:
    text = text_of(printed(a_decision()))

    for expected in ("Motifs", "Décision", "Voie de droit", "art. 3 al. 6 CGV", "dans les 30 jours", "Carole Exemple"):
        assert expected in text
    assert "nationalité suisse (art. 3 al. 6 CGV)." in text
    assert "1er novembre 2026" in text


def test_a_plain_letter_has_no_headings_of_a_decision() -> None:
    text = text_of(printed(a_decision(grounds=(), decision="", remedy=None)))

    assert not {"Motifs", "Décision", "Voie de droit"} & set(text.split())


def test_six_long_address_lines_stay_six_and_in_the_window(tmp_path: Path) -> None:
    lines = tuple(f"{n} {LONG_NAME}" for n in range(1, 7))
    kept = tmp_path / "letter.pdf"
    kept.write_bytes(printed(a_decision(recipient=lines)))

    # Window: from 118 to 202 mm and from 50 to 92 mm, asked of another tool in points (1 mm is 2.835 pt).
    seen = output_of("pdftotext", "-layout", "-x", "334", "-y", "141", "-W", "240", "-H", "120", str(kept), "-")

    assert [line.strip() for line in seen.splitlines() if line.strip()] == list(lines)


def test_seven_address_lines_are_refused_before_they_are_printed() -> None:
    with pytest.raises(ValueError, match="one to six"):
        a_decision(recipient=("ligne",) * 7)


def test_the_form_of_an_application_has_a_line_for_the_signature_until_it_is_signed() -> None:
    unsigned, signed = text_of(printed(a_form())), text_of(printed(a_form(signed_on=date(2026, 11, 2))))

    for expected in ("PID-7K2M9XQA-4", "Commune de Vandœuvres", "1er mai 1984", "1253 Vandœuvres", "art. 5 RDId"):
        assert expected in unsigned
    assert "Lieu et date" in unsigned
    assert "Signée électroniquement le 2 novembre 2026" in signed
    assert "Lieu et date" not in signed


def test_a_receipt_prints_each_line_with_its_article_and_the_total() -> None:
    text = text_of(printed(a_receipt()))

    for expected in ("Q-2026-000001", "25.00 CHF", "gratuit", "art. 5 al. 1 CGV", "TVA incluse", "VISA"):
        assert expected in text


def test_small_and_round_amounts_keep_two_decimals() -> None:
    lines = (
        ReceiptLine(label="Port", amount=Chf(105), basis=""),
        ReceiptLine(label="Taxe", amount=Chf(4000), basis=""),
    )

    text = text_of(printed(a_receipt(lines=lines, total=Chf(4105))))

    assert "1.05 CHF" in text
    assert "40.00 CHF" in text
    assert "41.05 CHF" in text


def test_a_receipt_whose_lines_do_not_make_its_total_is_refused() -> None:
    with pytest.raises(ValueError, match="sum"):
        a_receipt(total=Chf(2400))


def test_a_content_is_printed_by_its_own_template_only() -> None:
    with pytest.raises(rendering.CannotRender):
        rendering.render("letter", an_attestation(), issued_at=AT)


def test_long_facts_and_paragraphs_fit_on_one_page() -> None:
    facts = tuple(Fact(label=f"Rubrique {n}", value=LONG_NAME * 2) for n in range(8))

    assert pages_of(printed(an_attestation(facts=facts, statements=(LONG_PARAGRAPH,)))) == 1


def test_a_print_batch_keeps_every_page_in_order_and_is_sound(tmp_path: Path) -> None:
    letter = printed(a_decision())
    attestation = printed(an_attestation(stays=stays(30), verification=a_verification()))
    kept = tmp_path / "batch.pdf"

    kept.write_bytes(rendering.merge([letter, attestation, letter]))

    assert "No syntax or stream encoding errors" in output_of("qpdf", "--check", str(kept))
    assert pages_of(kept.read_bytes()) == pages_of(letter) * 2 + 2
    text = text_of(kept.read_bytes())
    assert text.index("Refus d") < text.index("Attestation de résidence") < text.rindex("Refus d")


def test_only_the_fonts_of_the_house_are_used() -> None:
    with pikepdf.open(io.BytesIO(printed(an_attestation(notes=("note",))))) as pdf:
        fonts = {
            str(obj.BaseFont).split("+")[-1]
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary) and "/BaseFont" in obj
        }

    assert fonts
    assert all(font.startswith("NotoSans") for font in fonts)


def test_equal_contents_have_equal_canonical_data_and_others_do_not() -> None:
    one = an_attestation()

    assert as_json(one) == as_json(an_attestation())
    assert as_json(one) != as_json(replace(one, subject="Bruno Favre"))


def test_a_report_prints_its_sections_their_tables_and_the_total() -> None:
    text = text_of(printed(a_report()))

    assert "3 décembre 2026" in text
    assert "carte d'identité, adulte" in text.replace("’", "'") and "Total" in text and "Rien à signaler." in text


def test_a_long_report_goes_on_over_pages_under_its_headings() -> None:
    row = ("22.11.2026", LONG_NAME, "65.00")
    long = Section(
        title="Écritures", headings=("Date", "Document", "Émolument"), rows=(row,) * 120, numbers=(2,), wide=1
    )

    pdf = printed(a_report(sections=(long,)))

    assert pages_of(pdf) > 2
    assert text_of(pdf).count("Émolument") >= pages_of(pdf)


def test_a_row_that_does_not_fit_its_headings_is_refused() -> None:
    with pytest.raises(ValueError, match="cell under each heading"):
        Section(title="Écritures", headings=("Date", "Montant"), rows=(("22.11.2026",),))
