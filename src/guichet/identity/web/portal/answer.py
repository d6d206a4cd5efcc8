"""What the law answers to an application: who takes it, what to bring, what it costs, how long it takes, what a birthday changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from guichet.identity.models import IdentityApplication
from guichet.identity.models.applications import Parents
from guichet.identity.operations import counter
from guichet.identity.operations.lodging import competent
from guichet.identity.quote import REASONS, is_minor, quote
from guichet.institutions.models import Office
from guichet.kit.components import Passage, Price, Why
from guichet.kit.errors import Refused
from guichet.kit.quotes import Line, NoPrice
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.kernel.clocks import write_length
from guichet.law.procedures import RDID_APPLICATION
from guichet.law.questions import ask

# Before an 18th birthday that is no further away, the person is told what it changes.
SOON = timedelta(days=90)
PIECES = {
    "personal_appearance": "Venez en personne avec une pièce qui prouve l'identité, si vous en avez une",
    "photo_4x6": "Pour la carte d'identité, apportez une photographie récente de 4 sur 6 cm, de face et tête nue",
    "biometric_capture": "Pour le passeport, la photographie et les empreintes sont saisies au guichet",
    "signed_form": "Signez la formule de demande ; elle dit où le document sera envoyé",
    "parental_agreement": "La personne qui détient l'autorité parentale vient signer son accord au guichet",
    "legalised_authorisation": "Apportez l'autorisation écrite et légalisée de la personne qui détient l'autorité parentale",
    "custody_judgment": "Apportez le jugement qui règle l'autorité parentale",
    "representation": (
        "Si la personne est sous curatelle de portée générale, la personne qui la représente donne son accord au guichet ; "
        "apportez la décision qui institue la curatelle"
    ),
    "old_document": "Remettez l'ancien document : il est annulé avant que le nouveau soit établi",
    "police_certificate": "Apportez l'attestation d'une police suisse pour le document perdu, volé ou détruit",
}
# By which acts of the counter each piece is in the file.
SETTLED_BY = {
    "personal_appearance": ("appearance_recorded", "appearance_dispensed"),
    "photo_4x6": ("photo_accepted",),
    "biometric_capture": ("biometrics_captured",),
    "signed_form": ("form_signed",),
    "parental_agreement": ("parental_agreement_given", "legalised_authorisation_received"),
    "legalised_authorisation": ("parental_agreement_given", "legalised_authorisation_received"),
    "custody_judgment": ("custody_judgment_received",),
    "representation": (counter.REPRESENTED,),
    "old_document": ("old_document_cancelled", "exchange_arranged", "police_certificate_received"),
    "police_certificate": ("police_certificate_received",),
}


class WantedPiece(NamedTuple):
    """One thing to bring or to do, as a sentence without its full stop, and the passages that ask for it."""

    code: str
    sentence: str
    basis: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Birthday:
    """An 18th birthday that is near: the day, and the French sentences on what it changes."""

    on: date
    changes: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Told:
    """The answer page: each part with its reasons; ``office`` is None where the directory doesn't hold it yet, ``delay``
    empty where the document is handed over at once."""

    authority: Answer
    office: Office | None
    pieces: tuple[WantedPiece, ...]
    pieces_why: Why
    price: Price | None
    delay: str
    delay_basis: Sequence[Passage]
    birthday: Birthday | None


def told(application: IdentityApplication, *, on: date) -> Told:
    """The answer to an application whose questions are all answered, for whoever would appear on that day."""
    requirements = requirements_of(application, on=on)
    delivery = RDID_APPLICATION.clocks["delivery"]
    return Told(
        authority=ask("rdid.authority", on=on, request=application.request, resident=True),
        office=_office(application, on),
        pieces=(*pieces_of(requirements), *representation(application, on=on)),
        pieces_why=Why.of(requirements),
        price=price_of(application, on=on),
        delay="" if application.is_handed_over else write_length(delivery),
        delay_basis=delivery.basis,
        birthday=_birthday(application, on),
    )


def requirements_of(application: IdentityApplication, *, on: date) -> Answer:
    """What the regulation wants for this application, for whoever appears on that day."""
    # Where nobody has asked about the parents, what every minor needs is told.
    parents = application.parents or (Parents.TOGETHER if is_minor(application.born_on, on=on) else "")
    return ask(
        "rdid.requirements",
        on=on,
        request=application.request,
        born=application.born_on,
        reason=application.reason,
        holder_prevented=application.is_holder_prevented,
        **({"parents": str(parents)} if parents else {}),
    )


def pieces_of(requirements: Answer) -> tuple[WantedPiece, ...]:
    """The pieces in the order of the text, each with its article; none while the law gives another kind of answer."""
    if not isinstance(requirements, Decided):
        return ()
    codes = zip(requirements.value["pieces"], requirements.steps, strict=True)
    return tuple(WantedPiece(code, PIECES[code], tuple(step.basis)) for code, step in codes)


def missing(application: IdentityApplication, happened: frozenset[str], *, on: date) -> tuple[WantedPiece, ...]:
    """What is still to bring or to do, after the acts of the counter so far."""
    asked = pieces_of(requirements_of(application, on=application.age_day(on)))
    wanted = (*asked, *representation(application, on=on))
    return tuple(piece for piece in wanted if happened.isdisjoint(SETTLED_BY[piece.code]))


def representation(application: IdentityApplication, *, on: date) -> tuple[WantedPiece, ...]:
    """What is asked of a protected adult beside what everybody produces (LDI 5)."""
    if not counter.is_protected_adult(application, on=on):
        return ()
    basis = RDID_APPLICATION.transition(counter.REPRESENTED).basis
    return (WantedPiece("representation", PIECES["representation"], tuple(basis)),)


def price_of(application: IdentityApplication, *, on: date) -> Price | None:
    """« Ce que vous payez » on a day, or what was agreed to once it is paid; None while it can't be told."""
    if application.exempted_at is not None:
        return None
    if application.validated_at is not None or application.paid_at is not None:
        lines = tuple(Line.kept(line) for line in application.lines)
        note = "Payé."
    else:
        try:
            lines = quote(application, on=application.age_day(on)).lines
        except NoPrice:
            return None
        note = "À payer au plus tard lors de la présentation au guichet."
    return Price(lines=tuple(line.shown(REASONS[line.kind]) for line in lines), note=note)


def _office(application: IdentityApplication, on: date) -> Office | None:
    if application.office is not None:
        return application.office
    try:
        return competent(application.request, commune=application.commune or 0, on=on)
    except Refused:
        return None


def _birthday(application: IdentityApplication, on: date) -> Birthday | None:
    """What the 18th birthday changes, if it is near: whoever appears after it is an adult (RDId 11/1)."""
    if application.born_on is None:
        return None
    minor = ask("rdid.minor", on=on, born=application.born_on)
    adult_on = minor.steps[0].reached if minor.steps else None
    if not isinstance(minor, Decided) or not minor.value["minor"] or not isinstance(adult_on, date):
        return None
    if adult_on - on > SOON:
        return None
    return Birthday(adult_on, _changes(application, on, adult_on), Why.of(minor))


def _changes(application: IdentityApplication, on: date, adult_on: date) -> tuple[str, ...]:
    now = {piece.code for piece in pieces_of(requirements_of(application, on=on))}
    then = {piece.code for piece in pieces_of(requirements_of(application, on=adult_on))}
    changes = []
    try:
        before, after = quote(application, on=on).total, quote(application, on=adult_on).total
        if before != after:
            changes.append(f"Le prix passe de {before} à {after}.")
    except NoPrice:
        changes.append("Le prix est celui des adultes.")
    if "parental_agreement" in now - then or "legalised_authorisation" in now - then:
        changes.append("L'accord des parents n'est plus nécessaire.")
    return tuple(changes)
