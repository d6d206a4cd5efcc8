"""The pages of the accounts: who sees which commune, closing and dividing from the page, the papers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from pdfminer.high_level import extract_text

from guichet.casework.models import Entry
from guichet.identity.models import Share, Statement
from guichet.institutions.models import Role
from guichet.kit.clock import ZURICH
from guichet.law.questions import adopt_facts
from tests.house.test_budgets import statements_of
from tests.identity.builders import GENEVA
from tests.identity.members import seated
from tests.identity.shares import booked, configure, paid

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 3, 9, 0, tzinfo=ZURICH)
NOVEMBER = "/guichets/comptes/?mois=2026-11"
GENEVAS = f"/guichets/comptes/2026-11/{GENEVA}/"
CANTONS = "/guichets/comptes/2026-11/0/"


@pytest.fixture(autouse=True)
def in_december(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    configure(tmp_path)
    monkeypatch.setattr("guichet.kit.clock.now", lambda: LATER)
    yield
    adopt_facts(None)


@pytest.fixture
def centre() -> Client:
    return seated("centre", Role.SUPERVISOR)


def test_the_centre_sees_every_commune_with_the_total(centre: Client) -> None:
    booked()
    booked(14000, request="passport")

    page = centre.get(NOVEMBER).content.decode()

    assert "Ville de Genève" in page and "Autorités cantonales" in page
    assert "205.00" in page
    assert "rien n'est réparti sans encaissement" in page


def test_a_supervisor_of_a_commune_sees_their_own_only() -> None:
    booked()
    booked(14000, request="passport")
    commune = seated("commune", Role.SUPERVISOR)

    page = commune.get(NOVEMBER).content.decode()

    assert "Ville de Genève" in page
    assert "Autorités cantonales" not in page and "Clore" not in page and "Rapprochement" not in page
    assert commune.get(GENEVAS).status_code == 200
    assert commune.get(CANTONS).status_code == 404
    assert commune.get(f"{CANTONS}decompte.csv").status_code == 404


@pytest.mark.parametrize("authority", ["commune", "uda", "police"])
def test_others_are_refused(authority: str) -> None:
    assert seated(authority).get(NOVEMBER).status_code == 403


def test_the_supervisor_of_the_centre_closes_a_month_and_nobody_else(centre: Client) -> None:
    booked()

    assert seated("centre").post("/guichets/comptes/2026-11/clore/").status_code == 403
    assert seated("department", Role.SUPERVISOR).post("/guichets/comptes/2026-11/clore/").status_code == 403
    closed = centre.post("/guichets/comptes/2026-11/clore/", follow=True).content.decode()

    assert "Novembre 2026 est clos" in closed
    assert "Autorités cantonales" not in closed
    assert "1 autre décompte de ce mois est à zéro" in closed
    assert "Clore novembre" not in closed
    assert Statement.objects.get(commune=GENEVA).fee_centimes == 6500


def test_the_running_month_cannot_be_closed(centre: Client) -> None:
    answer = centre.post("/guichets/comptes/2026-12/clore/")

    assert answer.status_code == 409
    assert "pas terminé" in answer.content.decode()


def test_what_waits_for_the_shares_is_said_and_divided_from_the_page(centre: Client, tmp_path: Path) -> None:
    adopt_facts(None)
    booked()
    assert "1 émolument attend que la part du canton soit connue" in centre.get(NOVEMBER).content.decode()
    assert "À répartir. Il manque l&#x27;annexe 3" in centre.get(GENEVAS).content.decode()
    configure(tmp_path)

    page = centre.post("/guichets/comptes/repartir/", follow=True).content.decode()

    assert "1 émolument réparti, 0 à répartir." in page
    assert Share.objects.count() == 2


def test_the_page_of_a_statement_ends_with_its_total(centre: Client) -> None:
    booked()
    booked(born_on=date(1980, 1, 1), name="Lise Favre")

    foot = centre.get(GENEVAS).content.decode().split("<tfoot>")[1].replace("\N{NO-BREAK SPACE}", " ")

    sums = [cell.split("</span>")[0].split(">")[-1] for cell in foot.split('<td class="number">')[1:]]
    assert sums == ["130.00 CHF", "60.00 CHF", "35.00 CHF", "35.00 CHF", "0.00 CHF"]


def test_a_difference_is_listed(centre: Client) -> None:
    reference = paid(6500).reference

    page = centre.get(NOVEMBER).content.decode()

    assert reference in page
    assert "aucune écriture ne le répartit" in page


def test_the_spreadsheet_is_downloaded_under_its_month_and_commune(centre: Client) -> None:
    booked()

    answer = centre.get(f"{GENEVAS}decompte.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"decompte-2026-11-{GENEVA}.csv" in answer["Content-Disposition"]
    assert answer.content.decode("utf-8-sig").splitlines()[-1] == ";;;Total;65.00;30.00;17.50;17.50;0.00;"


def test_the_pdf_is_tagged_and_says_the_same_and_whether_the_month_is_closed(centre: Client) -> None:
    booked()
    centre.post("/guichets/comptes/2026-11/clore/")

    printed = centre.get(f"{GENEVAS}decompte.pdf").content

    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "fr-CH"
        assert "/StructTreeRoot" in pdf.Root
    text = " ".join(extract_text(io.BytesIO(printed)).split())
    assert "Décompte des émoluments, novembre 2026" in text
    assert text.startswith("République et canton de Genève Centre cantonal de biométrie")
    assert "Office cantonal" not in text
    assert "Ville de Genève" in text and "17.50" in text and "Mois clos le 3 décembre 2026" in text
    digest = Statement.objects.get(commune=GENEVA).digest
    # Longer than a line it would run off the paper.
    assert f"{digest[:32]} {digest[32:]}" in text
    assert digest in centre.get(GENEVAS).content.decode()
    assert centre.get(f"{GENEVAS}decompte.pdf").content == printed


def test_entries_that_are_no_longer_those_that_were_closed_are_announced(centre: Client) -> None:
    share = booked()
    centre.post("/guichets/comptes/2026-11/clore/")
    share.pk, share.place = None, 2
    share._state.adding = True
    share.save(force_insert=True)

    assert "ne correspond plus à son empreinte" in centre.get(GENEVAS).content.decode()


@pytest.mark.parametrize("month", ["2026-13", "2026", "x", "0001-01"])
def test_a_month_that_is_none_is_not_found(centre: Client, month: str) -> None:
    assert centre.get(f"/guichets/comptes/{month}/0/").status_code == 404
    assert centre.get(f"/guichets/comptes/?mois={month}").status_code == 200


# Session, account and seat are three of each.
@pytest.mark.parametrize(("address", "most"), [(NOVEMBER, 15), (GENEVAS, 7), (f"{GENEVAS}decompte.csv", 7)])
def test_the_pages_cost_no_more_with_more_entries(centre: Client, address: str, most: int) -> None:
    for _ in range(4):
        booked()

    count, answer = statements_of(lambda: centre.get(address))

    assert answer.status_code == 200
    assert count <= most


def test_a_supervisor_of_the_centre_takes_an_entry_back_and_both_entries_stay_visible(centre: Client) -> None:
    share = booked()
    address = f"{GENEVAS}ecritures/{share.pk}/"
    assert address in centre.get(GENEVAS).content.decode()

    answer = centre.post(address, {"reason": "Encaissé deux fois."})

    assert answer["Location"] == f"/guichets/comptes/2026-12/{GENEVA}/"
    written = centre.get(answer["Location"]).content.decode()
    assert "Encaissé deux fois." in written and "-65.00" in written.replace("\N{MINUS SIGN}", "-")
    assert "contre-passée" in centre.get(GENEVAS).content.decode()
    opposite = Share.objects.get(answered=share)
    entry = Entry.objects.get(case_reference=share.case_reference, act="share_reversed")
    assert entry.facts == {"place": share.place, "opposite": opposite.place}
    assert entry.role == "centre"
    assert centre.post(address, {"reason": "Encore une fois."}).status_code == 409


def test_a_corrected_fee_may_be_booked_anew_as_the_application_is_now(centre: Client) -> None:
    share = booked()

    centre.post(f"{GENEVAS}ecritures/{share.pk}/", {"reason": "Erreur de commune.", "again": "on"})

    amounts = Share.objects.filter(case_reference=share.case_reference).order_by("place")
    assert [one.fee_centimes for one in amounts] == [6500, -6500, 6500]
    assert [one.stands for one in amounts] == [False, False, True]
    assert amounts[2].law_day == share.law_day


def test_no_entry_is_taken_back_without_a_reason_nor_by_others() -> None:
    share = booked()
    address = f"{GENEVAS}ecritures/{share.pk}/"

    assert seated("centre").post(address, {"reason": "Encaissé deux fois."}).status_code == 403
    assert seated("commune", Role.SUPERVISOR).post(address, {"reason": "Encaissé deux fois."}).status_code == 403
    refused = seated("centre", Role.SUPERVISOR).post(address, {"reason": ""})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["reason"]
    assert Share.objects.count() == 1
