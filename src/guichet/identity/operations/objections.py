"""A parent who objects to the document of their child: recorded, told in plain words, lifted by a recorded act (RDId 6)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from guichet.casework import acts
from guichet.casework.acts import Actor, take
from guichet.documents.contents import Letter
from guichet.documents.office import issuer
from guichet.identity.mails import owe
from guichet.identity.models import IdentityApplication, Lifting, ObjectionWay, ParentalObjection
from guichet.identity.quote import is_minor
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.formats import long_date
from guichet.law.procedures import RDID_APPLICATION

RECORDED, LIFTED = "parental_objection_recorded", "parental_objection_lifted"
# Once the document is ordered the procedure knows no objection: it is noted, moves nothing, and warns before the delivery.
NOTED, NOTE_LIFTED = "late_objection_noted", "late_objection_lifted"
AFTER_THE_ORDER = ("ordered", "issued", "kept")
_LINE = RDID_APPLICATION.acts[RECORDED][0]


class Told(NamedTuple):
    """What the applicant is told of an objection, on the page and in the letter alike: what it means, what comes next."""

    means: str
    next: tuple[str, ...]


_COURT = (
    "Sinon, c'est l'autorité de protection de l'enfant, ou le juge, qui tranche : remettez sa décision au guichet dès "
    "qu'elle est rendue. L'office ne tranche pas entre les parents."
)
IN_TIME = Told(
    "Tant que cette opposition tient, aucun document n'est commandé ni établi. La demande reste ouverte.",
    (
        (
            "Si les deux parents se mettent d'accord, ils le disent au guichet, ensemble ou l'un après l'autre, avec une "
            "pièce d'identité : l'opposition est levée et la demande continue."
        ),
        _COURT,
        "Vous pouvez aussi retirer la demande.",
    ),
)
LATE = Told(
    "Le document était déjà commandé : l'opposition n'arrête pas sa fabrication. Le centre, qui établit les documents, en "
    "est averti ; il peut retirer, par une décision ouverte au recours, un document dont les conditions ne sont pas "
    "remplies (art. 9 RDId).",
    (
        (
            "Si les deux parents se mettent d'accord, ils le disent au guichet, ensemble ou l'un après l'autre, avec une "
            "pièce d'identité : l'opposition est levée."
        ),
        _COURT,
    ),
)


def told_of(application: IdentityApplication) -> Told:
    """What its applicant is told of the objection that stands."""
    return IN_TIME if application.opposed_on else LATE


def standing(application: IdentityApplication) -> ParentalObjection | None:
    """The objection that stops an application; None if there is none (no query then, 1 query otherwise)."""
    return _standing(application) if application.opposed_on else None


def noted(application: IdentityApplication) -> ParentalObjection | None:
    """The objection noted after the order that nothing has lifted yet; none before the order (no query then)."""
    return _standing(application) if application.state in AFTER_THE_ORDER else None


def _standing(application: IdentityApplication) -> ParentalObjection | None:
    return ParentalObjection.objects.filter(application=application, lifted_at=None).first()


def stands() -> Exists:
    """Whether an objection to an application stands, to be asked for with its row: looked up in the index (no more queries)."""
    return Exists(ParentalObjection.objects.filter(application=OuterRef("pk"), lifted_at=None))


def is_opposed(application: IdentityApplication, *, has_objection: bool) -> bool:
    """Whether an objection that ``stands`` found still matters: it stops the application, or warns before the delivery."""
    warns = has_objection and application.state in AFTER_THE_ORDER
    return application.opposed_on is not None or warns


def record(
    application: IdentityApplication, *, way: ObjectionWay, on: date, words: str, actor: Actor, at: datetime
) -> None:
    """Record that a parent objects, since the day ``on``: who, in ``words``, and how it came; the applicant is told.

    What comes after the order is noted: it moves nothing.

    Raises:
        Refused: the day lies ahead.
        NotAllowedNow: the person is an adult, the document is delivered, or an objection stands already.
        NotEntitled: it is not this authority's to record.
    """
    if on > day_of(at):
        raise Refused("Une opposition ne date pas d'un jour à venir : corrigez le jour.")
    if not is_minor(application.born_on, on=application.age_day(day_of(at))):
        raise NotAllowedNow("La personne est majeure : l'accord de ses parents n'est pas demandé.", basis=_LINE.basis)
    facts = {"objected_on": on.isoformat(), "came_by": str(way)}
    with transaction.atomic():
        is_late = _locked(application).state in AFTER_THE_ORDER
        if is_late:
            _note(NOTED, application, facts, actor=actor, at=at, may=_standing(application) is None)
        else:
            _stop(application, on, facts, actor=actor, at=at)
        one = ParentalObjection.objects.create(
            application=application,
            objected_on=on,
            way=way,
            words=words.strip(),
            recorded_at=at,
            recorded_by=None if actor.role == "applicant" else UUID(actor.name),
        )
        _tell(application, one)


def take_up(application: IdentityApplication, *, actor: Actor, at: datetime) -> None:
    """Back from the production an application is stopped by what was noted meanwhile, as by any objection."""
    one = _standing(application)
    if one is not None:
        facts = {"objected_on": one.objected_on.isoformat(), "came_by": str(one.way)}
        _stop(application, one.objected_on, facts, actor=actor, at=at)
        _tell(application, one)


def lift(application: IdentityApplication, *, lifting: Lifting, words: str, agent: Actor, at: datetime) -> None:
    """Lift the objection that stands: both agree, or a decision is produced, which ``words`` name; the applicant is told.

    The agreement itself is recorded next, by its own act, where the objection had stopped the application.

    Raises:
        NotAllowedNow: none stands.
        NotEntitled: it is not this authority's to record.
    """
    facts = {"lifted_by": str(lifting)}
    with transaction.atomic():
        if _locked(application).state in AFTER_THE_ORDER:
            is_there = _standing(application) is not None
            _note(NOTE_LIFTED, application, facts, actor=agent, at=at, may=is_there)
        else:
            take(LIFTED, application, actor=agent, at=at, fields={"opposed_on": None}, facts=facts)
        _end(application, lifting, at=at, lifting_words=words.strip(), lifted_by=UUID(agent.name))
        owe(application, "parental_objection_lifted", key=at.isoformat())


def _locked(application: IdentityApplication) -> IdentityApplication:
    """The application as it is stored: the production does not move it until the transaction ends."""
    return IdentityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)


def _stop(application: IdentityApplication, on: date, facts: dict[str, str], *, actor: Actor, at: datetime) -> None:
    fields = {"opposed_on": on, "awaits_agreement": True}
    take(RECORDED, application, actor=actor, at=at, fields=fields, facts=facts)


def _note(
    act: str, application: IdentityApplication, facts: dict[str, str], *, actor: Actor, at: datetime, may: bool
) -> None:
    if actor.role not in _LINE.who:
        raise NotEntitled("Votre autorité n'enregistre pas l'opposition d'un parent.", basis=_LINE.basis)
    if not may:
        already = "Une opposition est déjà enregistrée." if act == NOTED else "Aucune opposition n'est à lever."
        raise NotAllowedNow(already, basis=_LINE.basis)
    acts.record(act, application, actor=actor, at=at, facts=facts, basis=_LINE.basis)


def _tell(application: IdentityApplication, one: ParentalObjection) -> None:
    told = told_of(application)
    context = {"means": told.means, "next": "\n\n".join(told.next)}
    owe(application, "parental_objection", context, key=one.pk.hex if application.opposed_on else f"{one.pk.hex}/noted")


def end_with_minority(application: IdentityApplication, *, at: datetime) -> None:
    """The person is an adult at their appearance: nobody's agreement is asked any more."""
    _end(application, Lifting.MAJORITY, at=at)


def _end(application: IdentityApplication, lifting: Lifting, *, at: datetime, **columns: Any) -> None:
    stands = ParentalObjection.objects.filter(application=application, lifted_at=None)
    for one in stands.select_for_update():
        one.lifting, one.lifted_at = lifting, at
        for name, value in columns.items():
            setattr(one, name, value)
        one.save(update_fields=["lifting", "lifted_at", *columns])


def letter(application: IdentityApplication, objection: ParentalObjection) -> Letter:
    """What the applicant is written: that a parent objects, what that means, and what happens next."""
    basis, told = " et ".join(ref.cite for ref in _LINE.basis), told_of(application)
    return Letter(
        issuer=issuer(application.office),
        recipient=tuple((application.address or [application.name or application.reference])[:6]),
        reference=application.reference,
        written_on=day_of(objection.recorded_at),
        object="Opposition d'un parent à votre demande de document d'identité",
        paragraphs=(
            (
                f"L'autre parent s'est opposé, le {long_date(objection.objected_on)}, à l'établissement du document que vous "
                f"demandez pour votre enfant. Un mineur ne l'obtient qu'avec l'accord de l'autorité parentale ({basis})."
            ),
            told.means,
            *told.next,
        ),
        signatory=issuer(application.office).name,
    )
