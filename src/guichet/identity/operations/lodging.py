"""What an applicant does with an application: begin, fill in, lodge it, agree to its price, withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from guichet.casework.acts import Actor, open_once, record, take
from guichet.identity.mails import owe
from guichet.identity.models import IdentityApplication, ObjectionWay, Parents
from guichet.identity.quote import frozen, is_minor, quote
from guichet.identity.rights import applicant
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.crypto import blind_index
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.kit.ids import new_reference, secret_token, short_code, uuid7
from guichet.kit.quotes import Quote
from guichet.law.kernel.answers import Decided
from guichet.law.procedures import RDID_APPLICATION
from guichet.law.questions import ask
from guichet.people.register_words import search_form

from . import objections
from .attesting import certificate_for
from .due import set_due_date

# The answers that the next child of a family does not have to give again.
SHARED = ("residence", "parents", "delivery")
# The answer of the parents' page by which the applicant tells that the other parent objects.
OBJECTS = "objects"
_SHARED_COLUMNS = ("commune", "email", "parents", "is_holder_prevented")


class Incomplete(NotAllowedNow):
    """A step of the form is missing: the application can't be lodged yet. ``step`` names it."""

    code = "incomplete"

    def __init__(self, message: str, *, step: str) -> None:
        super().__init__(message)
        self.step = step


class AlreadyUnderWay(NotAllowedNow):
    """The same person has an application for the same document under way: ``other``."""

    code = "already_under_way"

    def __init__(self, other: IdentityApplication) -> None:
        super().__init__(
            f"La demande {other.reference} porte déjà sur ce document pour cette personne : continuez-la, ou retirez-la "
            "avant d'en déposer une autre.",
            basis=RDID_APPLICATION.acts["application_lodged"][0].basis,
        )
        self.other = other


class PriceChanged(NotAllowedNow):
    """The price of today is not the one that was shown: it must be agreed to again before anything is paid."""

    code = "price_changed"


def start(
    *, account_id: UUID | None, start_key: str, at: datetime, household: UUID | None = None, reason: str = ""
) -> IdentityApplication:
    """Begin an application: a draft. The same ``start_key`` (one per shown page) gives the same draft again.

    ``reason`` is the one named by the link that led here; it is proposed when the reason is asked for.
    """
    begun = IdentityApplication.objects.filter(start_key=start_key, account=account_id)
    application = IdentityApplication(
        reference=new_reference("PID"),
        token=secret_token(),
        tracking_code=short_code(),
        start_key=start_key,
        household=household or uuid7(),
        account_id=account_id,
        touched_at=at,
        answers={"link": {"reason": reason}} if reason else {},
    )
    return open_once(application, begun, "draft_begun", actor=applicant(application), at=at)


def start_sibling(application: IdentityApplication, *, start_key: str, at: datetime) -> IdentityApplication:
    """Begin the application of another child of the same household, with the answers that hold for both."""
    sibling = start(
        account_id=application.account_id, start_key=start_key, at=at, household=UUID(str(application.household))
    )
    if sibling.answers:
        return sibling
    kept = {step: application.answers[step] for step in SHARED if step in application.answers}
    sibling.bearer, sibling.answers, sibling.touched_at = "child", kept, at
    for name in _SHARED_COLUMNS:
        setattr(sibling, name, getattr(application, name))
    sibling.save(update_fields=["bearer", "answers", "touched_at", *_SHARED_COLUMNS])
    facts = {"from": application.reference}
    record("data_copied", sibling.reference, actor=applicant(sibling), at=at, facts=facts)
    return sibling


def persons_of_the_household(application: IdentityApplication) -> frozenset[UUID]:
    """Whom the other applications of the household are for, as far as the register knows them (1 query)."""
    others = IdentityApplication.objects.filter(household=application.household, person__isnull=False)
    under_way = others.exclude(pk=application.pk).exclude(state__in=("abandoned", "dropped"))
    return frozenset(under_way.values_list("person_id", flat=True))


def adopt(application: IdentityApplication, *, account_id: UUID, at: datetime) -> None:
    """Give a guest's draft to the account that its author has just signed in with; what was typed stays."""
    drafts = IdentityApplication.objects.filter(pk=application.pk, state="draft", account=None)
    if drafts.update(account_id=account_id, touched_at=at):
        record("draft_adopted", application.reference, actor=Actor("applicant", str(account_id)), at=at)
    application.refresh_from_db()


def save_step(
    application: IdentityApplication, step: str, answers: Mapping[str, Any], *, at: datetime, **fields: Any
) -> None:
    """Keep what was typed at a step of the form, and the columns that follow from it.

    Raises:
        NotAllowedNow: the application is no draft any more.
    """
    with transaction.atomic():
        stored = IdentityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if stored.state != "draft":
            raise NotAllowedNow("Cette demande est déjà déposée : l'autorité compétente enregistre les changements.")
        application.answers = {**stored.answers, step: dict(answers)}
        application.touched_at = at
        for name, value in fields.items():
            setattr(application, name, value)
        application.save(update_fields=["answers", "touched_at", *fields])


def index_of(name: str, born_on: date) -> str:
    """By what the applications of one person are found again without their name: capitals, accents and the order of
    the names set aside."""
    words = " ".join(sorted(search_form(name).split()))
    return blind_index(f"{words}\0{born_on.isoformat()}", "identity-bearer")


def know_the_person(application: IdentityApplication) -> None:
    """Have an application found again by its person, where that was not done yet (1 statement at most)."""
    if application.bearer_index or not application.name or application.born_on is None:
        return
    application.bearer_index = index_of(application.name, application.born_on)
    application.save(update_fields=["bearer_index"])


def competent(request: str, *, commune: int, on: date) -> Office:
    """The authority with which a resident lodges this request (art. 2 RDId).

    Raises:
        Refused: no such authority is in the directory.
    """
    answer = ask("rdid.authority", on=on, request=request, resident=True)
    kind = answer.value["authority"] if isinstance(answer, Decided) else ""
    offices = Office.objects.filter(authority=kind)
    office = (offices.filter(bfs_number=commune) if kind == Office.Authority.COMMUNE else offices).first()
    if office is None:
        raise Refused("L'autorité compétente n'est pas encore inscrite à l'annuaire : écrivez à l'office.")
    return office


def twin(application: IdentityApplication) -> IdentityApplication | None:
    """The application under way of the same person for one of the same documents; None if there is none (1 query)."""
    others = IdentityApplication.objects.for_the_same_person(application).under_way().order_by("id")
    asked = set(application.documents)
    return next((other for other in others if asked & set(other.documents)), None)


def check_complete(application: IdentityApplication, *, on: date) -> None:
    """Raise ``Incomplete`` naming the first step of the form that is missing."""
    if not application.name or application.born_on is None:
        raise Incomplete("Dites d'abord pour qui est le document.", step="personne")
    if application.commune is None:
        raise Incomplete("Dites d'abord où la personne habite.", step="domicile")
    if not application.request:
        raise Incomplete("Dites d'abord quel document vous demandez.", step="documents")
    if not application.reason:
        raise Incomplete("Dites d'abord pourquoi vous le demandez.", step="motif")
    if is_minor(application.born_on, on=on) and not application.parents:
        raise Incomplete("Dites d'abord quelle est la situation des parents.", step="parents")
    if not application.address or not application.email:
        raise Incomplete("Dites d'abord où envoyer le document, et où vous écrire.", step="livraison")


def lodge(application: IdentityApplication, *, at: datetime, actor: Actor | None = None) -> None:
    """Lodge the application with the competent authority, which then has it in hand (art. 2 RDId), at today's price.

    Raises:
        Refused: no authority is competent, or the price is not known.
        AlreadyUnderWay: the same person already asks for the same document.
        NotAllowedNow: it is lodged already.
    """
    if application.commune is None:
        raise Refused("Dites d'abord dans quelle commune la personne habite.")
    office = competent(application.request, commune=application.commune, on=day_of(at))
    price = quote(application, on=day_of(at))
    with transaction.atomic():
        _lock_the_person(application)
        other = twin(application)
        if other is not None:
            raise AlreadyUnderWay(other)
        take(
            "application_lodged",
            application,
            actor=actor or applicant(application),
            at=at,
            fields={"office_id": office.pk, "lodged_at": at, "touched_at": at, **frozen(price)},
            facts={
                "request": application.request,
                "reason": application.reason,
                "office": office.code,
                "total": str(price.total),
            },
        )
        owe(application, "application_lodged", {"authority": office.name})
        certificate_for(application, at=at)
        _object(application, at=at)


def _object(application: IdentityApplication, *, at: datetime) -> None:
    """Record the objection of the other parent that the applicant has told in the form (RDId 6/1)."""
    told = application.answer("parents")
    if application.parents == Parents.SOLE_HOLDER or told.get("other_parent") != OBJECTS:
        return
    if is_minor(application.born_on, on=day_of(at)):
        words = str(told.get("other_name", ""))
        actor = applicant(application)
        objections.record(application, way=ObjectionWay.FORM, on=day_of(at), words=words, actor=actor, at=at)


def _lock_the_person(application: IdentityApplication) -> None:
    """Of two drafts for one person that are lodged at once, the second must see what the first has done."""
    same = IdentityApplication.objects.for_the_same_person(application) | IdentityApplication.objects.filter(
        pk=application.pk
    )
    list(same.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def may_be_paid(application: IdentityApplication) -> bool:
    """Whether the fee can be paid online now: the file is open and the fee neither paid nor waived (RDId 11/1, 12/1)."""
    settled = application.validated_at or application.paid_at or application.exempted_at
    return application.state == "open" and not settled


def agree(application: IdentityApplication, *, shown: str, at: datetime) -> Quote:
    """Agree to the price of today, whose digest was ``shown``, in place of the one agreed to before.

    Raises:
        NotAllowedNow: nothing is to be paid.
        PriceChanged: another price is owed today than the one that was shown, say because of a birthday.
    """
    price = quote(application, on=application.age_day(day_of(at)))
    with transaction.atomic():
        stored = IdentityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if not may_be_paid(stored):
            raise NotAllowedNow(f"Il n'y a rien à payer en ligne : la demande est « {stored.state_name} ».")
        if shown != price.digest:
            raise PriceChanged(f"Le prix a changé : {price.total}. Vérifiez-le avant de payer.")
        if stored.quote_digest != price.digest:
            columns = frozen(price)
            IdentityApplication.objects.filter(pk=stored.pk).update(**columns)
            facts = {"before": str(stored.total), "total": str(price.total)}
            record("price_agreed", stored.reference, actor=applicant(stored), at=at, facts=facts)
    application.refresh_from_db()
    return price


def withdraw(application: IdentityApplication, *, at: datetime) -> None:
    """Withdraw the application, until the document is ordered. Withdrawing again changes nothing.

    Raises:
        NotAllowedNow: the document is ordered, or the application never was lodged.
    """
    try:
        take("application_withdrawn", application, actor=applicant(application), at=at, fields={"touched_at": at})
    except NotAllowedNow:
        if application.state != "abandoned":
            raise
        return
    set_due_date(application, at)
