"""A refusal: read before it is decided, notified, contested before the court, and final once the judgment upholds it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from guichet.kit import clock
from guichet.kit.formats import long_date
from guichet.law.questions import ask
from tests.documents import papers

from . import steps
from .applying import ADULT, begin, lodge, tell
from .counter import CENTRE, Somebody, acts, happened, notifies_today, opens, refuses, seated
from .visitor import Visitor

pytestmark = pytest.mark.browser

REASONS = "Vous n'avez pas produit de preuve de votre nationalité suisse, malgré notre demande du mois dernier."
REMEDY = ("art. 9 RDId", "art. 13 RDId", "chambre administrative de la Cour de justice", "30 jours")


def last_day_of_appeal() -> str:
    """The last day to appeal against what is notified today, as the law counts it and pages write it."""
    answer = ask("rdid.appeal_last_day", on=clock.today(), notified_on=clock.today())
    last = answer.value["last_day"]  # type: ignore[union-attr]  # the law of today decides it
    assert last >= clock.today() + timedelta(days=30)
    return long_date(last)


def test_a_refusal_is_notified_contested_and_judged_and_the_court_gets_a_file_it_can_verify(
    somebody: Somebody, tmp_path: Path
) -> None:
    guest = somebody()
    begin(guest, "Pour moi")
    tell(guest, ADULT, document="Un passeport", reason="C'est le premier document")
    reference = lodge(guest, "refusee@exemple.ch")

    lise = seated(somebody(), CENTRE)
    opens(lise, reference)
    lise.follows("Refuser la demande")
    lise.presses("Voir la lettre")
    lise.reads("Expliquez la décision en une phrase au moins")
    refuses(lise, reference, REASONS)
    steps.wait_for(lise, "Refus d'établir un document d'identité", within="aside")
    letter = lise.takes("Refus d'établir", tmp_path, within="aside")
    papers.check_seal(letter)
    papers.check_paper(letter, reference, REASONS, "1253 Vandœuvres", *REMEDY)
    mail = steps.open_mail(somebody(), "refusee@exemple.ch", reference)
    assert "délai de recours court dès que vous la recevez" in mail
    steps.wait_for(guest, "dès que la décision vous est remise")

    notifies_today(lise, reference)
    lise.reads(last_day_of_appeal())
    steps.wait_for(guest, last_day_of_appeal())
    lise.goes_to("/guichets/recours/")
    lise.follows(reference)
    lise.reads("Recours ouvert", f"Recours possible jusqu'au {last_day_of_appeal()}", "comment cette date")
    lise.goes_to(f"/guichets/{reference}/")
    assert lise.main.get_by_role("link", name="Constater l'entrée en force").count() == 0

    acts(lise, reference, "Enregistrer un recours")
    steps.wait_for(guest, "Vous avez recouru devant la chambre administrative")
    lise.goes_to(f"/guichets/recours/{reference}/")
    lise.reads("Recours pendant")
    lise.presses("Établir le dossier")
    steps.wait_for(lise, "Dossier n° 1")
    check_court_file(lise.takes("Dossier n° 1", tmp_path), tmp_path / "joint", reference)

    the_court_upholds(lise, reference)
    steps.wait_for(guest, "Le refus est définitif")


def the_court_upholds(lise: Visitor, reference: str) -> None:
    """The judgment upholds the decision, which is final now; the journal tells the whole way."""
    acts(lise, reference, "Enregistrer le jugement", choice="la décision est confirmée")
    lise.reads("Refusée définitivement")
    happened(
        lise,
        (
            "La demande a été refusée par une décision motivée",
            "La notification de la décision a été enregistrée",
            "Un recours a été déposé devant la chambre administrative",
            "Le jugement confirme la décision",
        ),
    )
    lise.goes_to(f"/guichets/recours/{reference}/")
    lise.reads("Définitive")


def check_court_file(file: Path, kept: Path, reference: str) -> None:
    """The court's file is sealed, tells everything, and carries the whole journal and the sealed letter."""
    papers.check_seal(file)
    papers.check_paper(file, reference, REASONS, "Preuves de notification", "la chaîne est intacte", "art. 13 RDId")
    joined = papers.attachments(file, kept)
    assert joined.keys() == {"donnees.json", "journal.json", "decision-1.pdf"}
    papers.check_seal(kept / "decision-1.pdf")
    journal = json.loads(joined["journal.json"])
    assert [one["previous"] for one in journal[1:]] == [one["digest"] for one in journal[:-1]]
    told = [one["act"] for one in journal]
    wanted = ["application_lodged", "application_refused", "decision_notified", "appeal_filed"]
    assert [act for act in told if act in wanted] == wanted
