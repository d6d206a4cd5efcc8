"""A parent who objects to the document of their child: recorded, told in plain words, lifted by a recorded act (RDId 6)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from guichet.casework.acts import Actor, take
from guichet.documents.contents import Letter
from guichet.documents.office import issuer
from guichet.identity.mails import owe
from guichet.identity.models import IdentityApplication, Lifting, ObjectionWay, ParentalObjection
from guichet.identity.quote import is_minor
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.kit.formats import long_date
from guichet.law.procedures import RDID_APPLICATION

RECORDED, LIFTED = "parental_objection_recorded", "parental_objection_lifted"
# What the applicant is told, on the page and in the letter alike.
MEANS = "Tant que cette opposition tient, aucun document n'est commandé ni établi. La demande reste ouverte."
NEXT = (
    (
        "Si les deux parents se mettent d'accord, ils le disent au guichet, ensemble ou l'un après l'autre, avec une pièce "
        "d'identité : l'opposition est levée et la demande continue."
    ),
    (
        "Sinon, c'est l'autorité de protection de l'enfant, ou le juge, qui tranche : remettez sa décision au guichet dès "
        "qu'elle est rendue. L'office ne tranche pas entre les parents."
    ),
    "Vous pouvez aussi retirer la demande.",
)


def standing(application: IdentityApplication) -> ParentalObjection | None:
    """The objection that stands; None if there is none (no query then, 1 query otherwise)."""
    if application.opposed_on is None:
        return None
    return ParentalObjection.objects.filter(application=application, lifted_at=None).first()


def record(
    application: IdentityApplication, *, way: ObjectionWay, on: date, words: str, actor: Actor, at: datetime
) -> None:
    """Record that a parent objects, since the day ``on``: who, in ``words``, and how it came; the applicant is told.

    Raises:
        Refused: the day lies ahead.
        NotAllowedNow: the person is an adult, the document is ordered, or an objection stands already.
    """
    if on > day_of(at):
        raise Refused("Une opposition ne date pas d'un jour à venir : corrigez le jour.")
    if not is_minor(application.born_on, on=application.age_day(day_of(at))):
        line = RDID_APPLICATION.acts[RECORDED][0]
        raise NotAllowedNow("La personne est majeure : l'accord de ses parents n'est pas demandé.", basis=line.basis)
    with transaction.atomic():
        take(
            RECORDED,
            application,
            actor=actor,
            at=at,
            fields={"opposed_on": on, "awaits_agreement": True},
            facts={"objected_on": on.isoformat(), "came_by": str(way)},
        )
        one = ParentalObjection.objects.create(
            application=application,
            objected_on=on,
            way=way,
            words=words.strip(),
            recorded_at=at,
            recorded_by=None if actor.role == "applicant" else UUID(actor.name),
        )
        owe(application, "parental_objection", {"means": MEANS, "next": "\n\n".join(NEXT)}, key=one.pk.hex)


def lift(application: IdentityApplication, *, lifting: Lifting, words: str, agent: Actor, at: datetime) -> None:
    """Lift the objection that stands: both agree, or a decision is produced, which ``words`` name; the applicant is told.

    The agreement itself is recorded next, by its own act.

    Raises:
        NotAllowedNow: none stands.
    """
    with transaction.atomic():
        facts = {"lifted_by": str(lifting)}
        take(LIFTED, application, actor=agent, at=at, fields={"opposed_on": None}, facts=facts)
        _end(application, lifting, at=at, lifting_words=words.strip(), lifted_by=UUID(agent.name))
        owe(application, "parental_objection_lifted", key=at.isoformat())


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
    basis = " et ".join(ref.cite for ref in RDID_APPLICATION.acts[RECORDED][0].basis)
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
            MEANS,
            *NEXT,
        ),
        signatory=issuer(application.office).name,
    )
