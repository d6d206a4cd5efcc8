"""A lost, stolen or destroyed document: declared, recorded by the police only, invalid at once and for ever (RDId 10)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from guichet.casework import journal
from guichet.casework.acts import Actor, take
from guichet.casework.standing import standing
from guichet.identity.models import InvalidDocument, LossDeclaration
from guichet.identity.operations import loss_fees, losses
from guichet.identity.operations.losses import AlreadyInvalid, Incomplete, Lost
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.ids import uuid7
from guichet.law.kernel.answers import Referred
from guichet.law.kernel.money import Chf
from tests.identity.builders import AT, COMMUNE, the_authorities
from tests.identity.builders import CENTRE as CENTRE_AGENT
from tests.identity.loss_builders import CARD, NUMBER, POLICE, a_draft, declared, record, recorded

pytestmark = pytest.mark.django_db

BOTH = (Lost("passport", "X7654321"), Lost("identity_card", NUMBER))


def acts_of(declaration: LossDeclaration) -> list[str]:
    return [entry.act for entry in journal.entries(declaration.reference)]


@pytest.mark.applies("RDId 10/1")
def test_a_declaration_is_announced_to_the_police_once() -> None:
    declaration = declared()

    assert declaration.state == "declared"
    assert LossDeclaration.objects.waiting().get() == declaration
    assert not InvalidDocument.objects.exists()
    with pytest.raises(NotAllowedNow):
        losses.declare(declaration, at=AT)


@pytest.mark.parametrize(
    ("missing", "step"),
    [
        ({"name": None}, "personne"),
        ({"kind": ""}, "evenement"),
        ({"happened_on": None}, "evenement"),
        ({"lost": ()}, "documents"),
        ({"lost": (Lost("passport"),)}, "documents"),
        ({"address": None}, "contact"),
    ],
)
def test_what_is_missing_is_asked_for_on_its_page(missing: dict[str, object], step: str) -> None:
    if missing.get("lost"):
        with pytest.raises(DatabaseError), transaction.atomic():
            a_draft(**missing)  # type: ignore[arg-type]
        return
    draft = a_draft(**missing)  # type: ignore[arg-type]

    with pytest.raises(Incomplete) as refused:
        losses.declare(draft, at=AT)

    assert refused.value.step == step


def test_an_unknown_number_is_taken_with_its_reason() -> None:
    declaration = recorded(lost=(Lost("passport", why_unknown="Je n'en ai pas de copie."),))

    assert declaration.state == "invalid"
    assert InvalidDocument.objects.get().number_index is None


@pytest.mark.applies("RDId 10/3")
def test_from_the_recording_on_the_document_is_invalid() -> None:
    declaration = recorded(lost=BOTH)

    assert declaration.state == LossDeclaration.objects.get().state == "invalid"
    assert {one.kind for one in InvalidDocument.objects.filter(since=day_of(AT))} == {"passport", "identity_card"}
    assert acts_of(declaration) == ["draft_begun", "loss_declared", "declaration_recorded", "document_invalidated"]
    assert journal.verify(declaration.reference) == []


@pytest.mark.applies("RDId 2/5")
@pytest.mark.parametrize("agent", [COMMUNE, CENTRE_AGENT, Actor("applicant", "guest")], ids=lambda agent: agent.role)
def test_only_the_police_records(agent: Actor) -> None:
    declaration = declared()

    with pytest.raises(NotEntitled):
        record(declaration, police=agent)

    declaration.refresh_from_db()
    assert declaration.state == "declared"


def test_the_police_says_how_it_identified_the_person() -> None:
    office = the_authorities()["police"]

    with pytest.raises(Refused, match="identité"):
        losses.record_declaration(declared(), office=office, police=POLICE, identity_checked=" ", at=AT)


def test_a_number_is_recognised_however_it_was_typed_and_leads_to_the_first_declaration() -> None:
    first = recorded()
    second = declared(lost=(Lost("identity_card", "x 12.34-567"),))

    with pytest.raises(AlreadyInvalid, match=first.reference) as refused:
        record(second)

    assert refused.value.first == first
    second.refresh_from_db()
    assert (second.state, second.recorded_at) == ("declared", None)
    assert "declaration_recorded" not in acts_of(second)


def test_a_repeated_declaration_is_tied_to_the_first_and_leaves_the_list() -> None:
    first, second = recorded(), declared()

    assert losses.tie_to_first(second, police=POLICE, at=AT) == first

    assert not LossDeclaration.objects.waiting().exists()
    assert acts_of(second)[-1] == "repetition_tied"
    with pytest.raises(NotAllowedNow):
        losses.tie_to_first(second, police=POLICE, at=AT)
    with pytest.raises(NotAllowedNow):
        losses.tie_to_first(declared(lost=(Lost("passport", "C0000001"),)), police=POLICE, at=AT)


def test_nobody_learns_by_declaring_that_the_document_of_another_is_invalid() -> None:
    recorded()

    assert losses.own_earlier(declared()) is None


@pytest.mark.applies("RDId 10/3")
def test_the_database_itself_never_makes_a_document_valid_again() -> None:
    row = InvalidDocument.objects.get(declaration=recorded())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        InvalidDocument.objects.filter(pk=row.pk).update(since=day_of(AT) + timedelta(days=1))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        InvalidDocument.objects.create(
            declaration=declared(), kind=row.kind, number_index=row.number_index, bearer_index="", since=row.since
        )


@pytest.mark.applies("RDId 10/3")
def test_a_recovered_document_is_destroyed_by_the_centre_with_minutes_and_stays_invalid() -> None:
    declaration = recorded()
    losses.recover(declaration, agent=COMMUNE, at=AT)

    with pytest.raises(Refused, match="procès-verbal"):
        losses.destroy(declaration, centre=CENTRE_AGENT, minutes="", at=AT)
    with pytest.raises(NotEntitled):
        losses.destroy(declaration, centre=POLICE, minutes="Perforée.", at=AT)
    losses.destroy(declaration, centre=CENTRE_AGENT, minutes="Perforée devant témoin.", at=AT)

    assert LossDeclaration.objects.get().minutes == "Perforée devant témoin."
    assert declaration.state == "destroyed"
    assert InvalidDocument.objects.count() == 1
    assert {block.act for block in declaration.procedure.blocks if "destroyed" in block.states} >= {
        "document_returned",
        "document_revalidated",
    }


def test_a_document_that_was_not_recovered_is_not_destroyed() -> None:
    with pytest.raises(NotAllowedNow):
        losses.destroy(recorded(), centre=CENTRE_AGENT, minutes="Perforée.", at=AT)


def test_a_number_is_stored_encrypted_only() -> None:
    declaration = declared()
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, number_index FROM identity_lostdocument")
        stored = cursor.fetchone()

    assert NUMBER not in str(stored)
    assert losses.documents_of(declaration)[0].number == NUMBER


@pytest.mark.applies("RDId 11/1/2/c")
def test_the_fee_of_one_document_is_forty_francs_and_of_two_the_department_s_to_tell() -> None:
    one, both = recorded(lost=(Lost("passport", "C1234567"),)), recorded(lost=BOTH)

    assert loss_fees.take_fee(one, police=POLICE, at=AT) == Chf(4000)
    assert isinstance(loss_fees.fee_of(both, on=day_of(AT)), Referred)
    with pytest.raises(Refused, match="département"):
        loss_fees.take_fee(both, police=POLICE, at=AT)
    with pytest.raises(NotAllowedNow):
        loss_fees.take_fee(one, police=POLICE, at=AT)


@pytest.mark.applies("RDId 12/1")
def test_the_indigent_pay_nothing_on_a_piece_and_not_after_paying() -> None:
    declaration = recorded()

    with pytest.raises(Refused, match="pièce"):
        loss_fees.exempt(declaration, police=POLICE, proof="", at=AT)
    loss_fees.exempt(declaration, police=POLICE, proof="Attestation de l'Hospice général", at=AT)

    assert declaration.fee_centimes == 0
    with pytest.raises(NotAllowedNow):
        loss_fees.take_fee(declaration, police=POLICE, at=AT)


def test_no_fee_is_taken_before_the_declaration_is_recorded() -> None:
    with pytest.raises(NotAllowedNow):
        loss_fees.take_fee(declared(), police=POLICE, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_record_at_once_exactly_one_succeeds() -> None:
    declaration = declared()
    outcomes = _at_once(lambda officer: _record(declaration, officer), 4)

    assert sorted(outcomes) == ["recorded", "refused", "refused", "refused"]
    assert acts_of(declaration).count("declaration_recorded") == 1
    assert InvalidDocument.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_declarations_of_one_number_recorded_at_once_exactly_one_invalidates() -> None:
    pair = [declared(), declared(lost=CARD)]
    outcomes = _at_once(lambda officer: _record(pair[officer % 2], officer), 2)

    assert sorted(outcomes) == ["recorded", "refused"]
    assert InvalidDocument.objects.count() == 1


def _record(declaration: LossDeclaration, officer: int) -> str:
    mine = LossDeclaration.objects.get(pk=declaration.pk)
    try:
        record(mine, police=Actor("police", str(uuid7())))
    except NotAllowedNow:
        return "refused"
    return "recorded"


def _at_once(act: Callable[[int], str], times: int) -> list[str]:
    outcomes: list[str] = []

    def run(number: int) -> None:
        try:
            outcomes.append(act(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_no_act_of_the_law_is_taken_by_the_wrong_role() -> None:
    with pytest.raises(NotEntitled):
        take("document_destroyed", recorded(), actor=COMMUNE, at=AT)


def test_acts_whose_instants_were_read_in_another_order_than_they_came_in_stand_in_the_order_they_came_in() -> None:
    declaration = recorded()
    loss_fees.take_fee(declaration, police=POLICE, at=AT + timedelta(minutes=2))

    # A job that began before the fee was taken ends after it; then an agent's clock is a second behind.
    take("certificate_issued", declaration, actor=POLICE, at=AT + timedelta(minutes=1))
    with pytest.raises(NotAllowedNow, match="émolument"):
        take("fee_exempted", declaration, actor=POLICE, at=AT)

    stands = standing(declaration, on=day_of(AT))
    assert [taken.event.name for taken in stands.history][-2:] == ["fee_paid", "certificate_issued"]
    assert journal.verify(declaration.reference) == []
