"""The counter: who sees what, what an act means beside moving the case, what its page shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from guichet.casework import journal
from guichet.casework.acts import take
from guichet.casework.standing import standing
from guichet.identity.models import IdentityApplication, ProducedPiece
from guichet.identity.operations import counter, fees
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.payments.books import check_books
from guichet.payments.models import Receipt
from guichet.people.models import Account
from tests.identity.builders import AT, CENTRE, CHILD, COMMUNE, acted, an_application
from tests.identity.counter import an_agent_of, at_the_counter, browser_of, complete, deed, done, photographed

pytestmark = pytest.mark.django_db
LIST = "/guichets/"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def listed(authority: str, query: str = "") -> list[str]:
    rows = at_the_counter(authority).get(f"{LIST}?{query}").context["rows"]
    return [row.application.reference for row in rows]


def page_of(application: IdentityApplication, authority: str) -> str:
    answer = at_the_counter(authority).get(reverse("guichets:case", args=[application.reference]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_authority_lists_what_it_has_in_hand() -> None:
    card, passport = an_application(), an_application(request="passport")

    assert listed("commune") == [card.reference]
    assert listed("centre") == [passport.reference]
    assert listed("uda") == []


def test_what_a_commune_took_arrives_at_the_centre_once_it_is_complete() -> None:
    card, clerk = an_application(), an_agent_of("commune")
    done(card, clerk, "appearance_recorded")
    assert listed("centre") == []

    other = complete(an_application(), clerk)

    assert listed("centre") == [other.reference]


def test_what_is_due_first_stands_first_and_what_has_no_day_last() -> None:
    undated, late, soon = an_application(), an_application(), an_application()
    for application, days in ((late, -3), (soon, 4)):
        due = AT.date() + timedelta(days=days)
        IdentityApplication.objects.filter(pk=application.pk).update(due_on=due)

    assert listed("commune") == [late.reference, soon.reference, undated.reference]
    assert listed("commune", "retard=1") == [late.reference]


def test_a_reference_typed_whole_opens_its_case_and_another_authoritys_is_not_found() -> None:
    card, passport = an_application(), an_application(request="passport")
    browser = at_the_counter("commune")

    assert browser.get(f"{LIST}?texte={card.reference}")["Location"].endswith(f"{card.reference}/")
    assert passport.reference in browser.get(f"{LIST}?texte={passport.reference}").content.decode()
    assert browser.get(reverse("guichets:case", args=[passport.reference])).status_code == 404


def test_the_department_has_what_was_submitted_to_it_and_nothing_else() -> None:
    submitted = done(an_application(), an_agent_of("commune"), "referred_to_department")
    an_application()

    assert listed("department") == [submitted.reference]


def test_the_case_page_offers_the_acts_of_the_office_and_says_why_others_wait() -> None:
    page = page_of(an_application(), "commune")

    assert "Enregistrer la présence" in page
    assert "Constater la majorité" not in page
    assert "Refuser la demande" not in page
    assert "manque" in page


def test_an_act_blocked_by_the_law_is_greyed_with_its_reason() -> None:
    application = an_application(request="passport", reason="theft")

    page = page_of(application, "centre")

    assert "disabled" in page
    assert "demande d&#x27;abord l&#x27;attestation d&#x27;une police suisse" in page


@pytest.mark.parametrize(("born", "follows"), [(None, "majority_recorded"), (CHILD, "minority_recorded")])
def test_an_appearance_records_the_day_and_the_age_of_that_day(born: date | None, follows: str) -> None:
    application = an_application(**({"born_on": born} if born else {}))

    done(application, an_agent_of("commune"), "appearance_recorded")

    assert application.appeared_on == AT.date()
    assert [entry.act for entry in journal.entries(application.reference)][-2:] == ["appearance_recorded", follows]
    assert "photo comparée" in ProducedPiece.objects.get().words


def test_a_minor_on_the_eve_of_the_birthday_is_an_adult_on_the_day() -> None:
    born = date(AT.year - 18, AT.month, AT.day)
    application = an_application(born_on=born, at=AT - timedelta(days=1))

    done(application, an_agent_of("commune"), "appearance_recorded", "fee_paid")

    assert "majority_recorded" in [entry.act for entry in journal.entries(application.reference)]
    assert application.fee_centimes == 6500


def test_a_birthday_between_quote_and_appearance_is_told_before_anything_is_taken() -> None:
    application = an_application(born_on=date(AT.year - 18, AT.month, AT.day), at=AT - timedelta(days=1))

    assert "Le prix n'est plus celui qui a été annoncé" in page_of(application, "commune")


def test_the_identity_check_must_be_said() -> None:
    with pytest.raises(Refused, match="identité"):
        counter.perform(an_application(), deed("appearance_recorded", an_agent_of("commune"), words=" "))


def test_the_fee_taken_at_the_counter_is_booked_with_a_receipt() -> None:
    application, clerk = an_application(), an_agent_of("commune")

    done(application, clerk, "appearance_recorded", "fee_paid")

    receipt = Receipt.objects.get()
    # 65.00 for an adult's card (RDId 11/1) and 5.00 for sending it.
    assert (receipt.number, receipt.amount_centimes) == ("2026-000001", 7000)
    assert check_books(AT.date()) == []


def paid_as_a_child_on_the_eve() -> tuple[IdentityApplication, Account]:
    """A card paid at the child's price the day before the 18th birthday."""
    clerk = an_agent_of("commune")
    application = an_application(born_on=date(AT.year - 18, AT.month, AT.day), at=AT - timedelta(days=1))
    return done(application, clerk, "fee_paid", at=AT - timedelta(days=1)), clerk


def test_what_a_birthday_adds_after_the_payment_is_taken_with_a_receipt_of_its_own() -> None:
    application, clerk = paid_as_a_child_on_the_eve()
    done(application, clerk, "appearance_recorded")

    sent = browser_of(clerk).post(reverse("guichets:difference", args=[application.reference]))

    assert sent.status_code == 302
    # 30.00 and 5.00 of postage before, 35.00 more for an adult.
    assert list(Receipt.objects.order_by("serial").values_list("amount_centimes", flat=True)) == [3500, 3500]
    assert check_books(AT.date()) == []
    application.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        fees.take_difference(application, agent=deed("fee_paid", clerk).agent, at=AT)


def test_nothing_is_ordered_while_what_a_birthday_added_is_owed() -> None:
    application, clerk = paid_as_a_child_on_the_eve()
    done(application, clerk, "appearance_recorded")
    done(photographed(application, clerk), clerk, "photo_accepted", "form_signed")

    with pytest.raises(NotAllowedNow, match="encaisser"):
        done(application, an_agent_of("centre"), "document_ordered")


def test_the_receipt_of_the_counter_is_printed() -> None:
    application, clerk = an_application(), an_agent_of("commune")
    done(application, clerk, "fee_paid")

    answer = browser_of(clerk).get(reverse("guichets:receipt", args=[application.reference, Receipt.objects.get().pk]))

    assert answer.content.startswith(b"%PDF")


def test_the_fee_is_taken_once() -> None:
    application, clerk = an_application(), an_agent_of("commune")
    done(application, clerk, "fee_paid")

    with pytest.raises(NotAllowedNow):
        done(application, clerk, "fee_paid")

    assert Receipt.objects.count() == 1


def test_nobody_is_exempted_after_having_paid() -> None:
    application, clerk = an_application(), an_agent_of("commune")
    done(application, clerk, "fee_paid")

    with pytest.raises(NotAllowedNow):
        done(application, clerk, "fee_exempted")


def test_a_further_document_stops_the_case_until_its_day() -> None:
    application, clerk = an_application(), an_agent_of("commune")

    done(application, clerk, "further_document_requested")
    assert (application.state, application.due_on) == ("stopped", date(2026, 12, 15))

    done(application, clerk, "further_document_received")
    assert (application.state, application.due_on) == ("open", None)


def test_a_minors_application_needs_the_agreement_the_form_offers_the_situations_that_lead_on() -> None:
    application, clerk = an_application(born_on=CHILD), an_agent_of("commune")
    done(application, clerk, "appearance_recorded")
    browser = browser_of(clerk)
    address = reverse("guichets:act", args=[application.reference, "parental_agreement_given"])

    form = browser.get(address).content.decode()
    assert "together" in form
    assert "divorced" not in form
    sent = browser.post(address, {"parents": "together", "words": "la mère, passeport vu"})

    assert sent.status_code == 302
    assert journal.entries(application.reference)[-1].act == "parental_agreement_given"


@pytest.mark.parametrize(("told", "is_ticked"), [("sole_holder", True), ("divorced", False), ("", False)])
def test_the_agent_is_asked_of_the_parents_what_the_applicant_told_already(*, told: str, is_ticked: bool) -> None:
    application, clerk = an_application(born_on=CHILD, bearer="child", parents=told), an_agent_of("commune")
    done(application, clerk, "appearance_recorded")
    address = reverse("guichets:act", args=[application.reference, "parental_agreement_given"])

    page = browser_of(clerk).get(address).content.decode()

    assert (f'value="{told}"' in page and "checked" in page) == is_ticked
    assert ("ce que la personne qui demande a indiqué" in page) == is_ticked


def test_an_act_without_what_it_needs_comes_back_with_its_question() -> None:
    application = an_application()
    address = reverse("guichets:act", args=[application.reference, "appearance_recorded"])

    answer = at_the_counter("commune").post(address, {"words": ""})

    assert answer.status_code == 422
    assert IdentityApplication.objects.get().appeared_on is None


def test_an_act_that_is_not_possible_is_refused_with_its_article() -> None:
    application = an_application()
    address = reverse("guichets:act", args=[application.reference, "parental_agreement_given"])

    answer = at_the_counter("commune").get(address)

    assert answer.status_code == 409
    assert "mineure" in answer.content.decode()


def test_the_form_is_signed_by_the_person_and_written_down_by_the_agent() -> None:
    application, clerk = an_application(), an_agent_of("commune")

    done(application, clerk, "form_signed")

    entry = journal.entries(application.reference)[-1]
    assert (entry.role, entry.facts["written_down_by"]) == ("applicant", str(clerk.pk))
    assert application.signed_at == AT


def test_no_journal_of_the_counter_holds_the_agents_words() -> None:
    application, clerk = an_application(reason="renewal"), an_agent_of("commune")
    done(application, clerk, "old_document_cancelled", "appearance_recorded")

    written = str([entry.facts for entry in journal.entries(application.reference)])

    assert "C1234567" not in written
    assert "photo comparée" not in written


def test_the_list_and_the_page_cost_a_fixed_number_of_statements(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]  # a fixture of the plugin
    for _ in range(12):
        application = acted(an_application())
    browser = at_the_counter("commune")

    with django_assert_max_num_queries(8):
        browser.get(LIST)
    with django_assert_max_num_queries(20):
        browser.get(reverse("guichets:case", args=[application.reference]))


def test_nothing_is_missing_any_more_once_the_document_exists() -> None:
    application, centre = complete(an_application(), an_agent_of("commune")), an_agent_of("centre")
    done(application, centre, "document_ordered")
    take("document_issued", application, actor=CENTRE, at=AT, fields={"issued_at": AT})

    page = browser_of(centre).get(reverse("guichets:case", args=[application.reference])).content.decode()

    assert "manque" not in page
    assert "Ce qui a été produit" in page


def test_what_an_act_asks_for_is_named_where_it_is_left_out() -> None:
    application, clerk = an_application(), an_agent_of("commune")

    answer = browser_of(clerk).post(reverse("guichets:act", args=[application.reference, "fee_exempted"]), {})

    assert answer.status_code == 422
    assert "Répondez en quelques mots" in answer.content.decode()


def test_data_are_only_asked_for_once_the_person_is_there() -> None:
    application, browser = an_application(), at_the_counter("commune")
    address = reverse("guichets:data", args=[application.reference])

    before = browser.get(address).content.decode()
    done(application, an_agent_of("commune"), "appearance_recorded")
    after = browser.get(address).content.decode()

    assert "enregistrez d'abord la présence" in before
    assert 'type="file"' not in before
    assert 'type="file"' in after


def test_the_case_of_an_adult_says_nothing_of_parents_before_they_appear_either() -> None:
    page = at_the_counter("commune").get(reverse("guichets:case", args=[an_application().reference])).content.decode()

    assert "accord parental" not in page
    assert "autorisation légalisée" not in page


@pytest.mark.applies("RDId 6/1")
def test_the_authorisation_of_a_parent_who_cannot_come_settles_the_agreement_and_is_read_as_what_it_is() -> None:
    clerk = an_agent_of("commune")
    application = an_application(born_on=CHILD, parents="together", is_holder_prevented=True)
    done(application, clerk, "appearance_recorded")
    address = reverse("guichets:case", args=[application.reference])
    before = browser_of(clerk).get(address).content.decode().replace("&#x27;", "'")

    facts = {"parents": "together"}
    counter.perform(
        application, deed("legalised_authorisation_received", clerk, facts=facts, words="Paul Rey, Me Roch")
    )
    after = browser_of(clerk).get(address).content.decode().replace("&#x27;", "'")

    assert "empêchés de venir signer" in before
    assert "Recueillir l'accord parental" in before
    assert "Recueillir l'accord parental" not in after
    assert "<dt>Enregistrer l'autorisation légalisée, " in after
    assert not IdentityApplication.objects.get().awaits_agreement


def test_the_agreement_of_parents_apart_asks_for_the_judgment_first() -> None:
    application, browser = an_application(born_on=CHILD), at_the_counter("commune")
    done(application, an_agent_of("commune"), "appearance_recorded")

    address = reverse("guichets:act", args=[application.reference, "legalised_authorisation_received"])

    assert "enregistrez d&#x27;abord le jugement" in browser.get(address).content.decode()


@pytest.mark.parametrize(("year", "status"), [(2020, 422), (2030, 302)])
def test_a_further_document_is_expected_on_a_day_to_come(year: int, status: int) -> None:
    application, browser = an_application(), at_the_counter("commune")
    address = reverse("guichets:act", args=[application.reference, "further_document_requested"])
    day = {"expected_by_day": "1", "expected_by_month": "3", "expected_by_year": str(year)}

    answer = browser.post(address, {"words": "acte de naissance", **day})

    assert answer.status_code == status
    assert IdentityApplication.objects.get().state == ("stopped" if status == 302 else "open")


@pytest.mark.parametrize(
    ("act", "facts"), [("application_refused", {"ground": "wanted"}), ("application_withdrawn", {})]
)
def test_nothing_is_expected_any_more_of_who_was_refused_or_withdrew(act: str, facts: dict[str, str]) -> None:
    application = acted(an_application(), "further_document_requested", actor=COMMUNE, expected_by="2026-12-15")

    def closed_by() -> list[str]:
        clocks = standing(application, on=AT.date()).clocks
        return [clock.closed_by for clock in clocks if clock.name == "further_document"]

    before = closed_by()
    acted(application, act, actor=CENTRE, **facts)

    assert (before, closed_by()) == ([""], [act])


@pytest.mark.parametrize("act", ["fee_exempted", "application_withdrawn"])
def test_no_price_is_told_where_nothing_is_to_be_paid(act: str) -> None:
    application, clerk = an_application(), an_agent_of("commune")
    address = reverse("guichets:case", args=[application.reference])
    assert "Ce que la personne paie" in browser_of(clerk).get(address).content.decode()

    done(application, clerk, act)

    assert "Ce que la personne paie" not in browser_of(clerk).get(address).content.decode()
