"""The police certificate: made of a recorded declaration, and what it opens for the application of a new document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from guichet.casework.acts import SYSTEM, Actor, record, take
from guichet.casework.jobs import job
from guichet.documents import operations as documents
from guichet.documents.bearers import Bearer
from guichet.documents.models import IssuedDocument, in_force
from guichet.identity import loss_words
from guichet.identity.models import (
    DocumentKind,
    IdentityApplication,
    InvalidDocument,
    LossDeclaration,
    OldDocument,
    Request,
)
from guichet.identity.models.applications import REPLACEMENTS
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.questions import ask

CERTIFICATE = "loss_certificate"
_WAITING = ("certificate_due", "old_document_due")
Commit = Callable[[], None]


class RepeatedLoss(NamedTuple):
    """That a person lost as many documents of one kind as shortens the validity of the next one (OLDI 5/3)."""

    kind: str
    number: int
    validity: Answer

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(DocumentKind(self.kind).label).capitalize()


def owe_certificate(declaration: LossDeclaration) -> None:
    """Have the certificate made in the background, in the name of who recorded the declaration."""
    certify.enqueue(str(declaration.pk))


@job(lease_seconds=120, alarm_at=4)
def certify(declaration_id: str, *, at: datetime) -> Commit | None:
    """Make, seal and keep the certificate of a recorded declaration, once, and write to the person (RDId 10/2)."""
    declaration = LossDeclaration.objects.select_related("office").filter(pk=declaration_id).first()
    if declaration is None or declaration.recorded_at is None or declaration.certified_at is not None:
        return None
    content = loss_words.certificate(declaration, verification=documents.new_verification(), at=at)
    ready = documents.prepare(content, title=content.title, issued_at=at)
    police = Actor("police", str(declaration.recorded_by))

    def commit() -> None:
        documents.keep(
            ready,
            case_reference=declaration.reference,
            kind=CERTIFICATE,
            actor=police,
            at=at,
            bearer=_bearer(declaration),
        )
        facts = {"document": ready.digest, "data": ready.data_digest}
        take("certificate_issued", declaration, actor=police, at=at, fields={"certified_at": at}, facts=facts)
        # The certificate holds the numbers from now on; what must be recognised is recognised by its index (LDI 14).
        declaration.documents.update(number=None)
        loss_words.owe(declaration, "loss_certificate")

    return commit


def _bearer(declaration: LossDeclaration) -> Bearer | None:
    family_name = declaration.answer("personne").get("official_name", "")
    return Bearer(family_name, declaration.born_on) if family_name and declaration.born_on else None


def certificate_of(declaration: LossDeclaration) -> IssuedDocument | None:
    """The certificate in force of a declaration, if it is made (1 query)."""
    return in_force(declaration.reference, CERTIFICATE)


def quote(application: IdentityApplication, reference: str, *, at: datetime) -> LossDeclaration:
    """Name, for an application, the declaration whose certificate it needs; if recorded, the application goes on.

    Raises:
        Refused: no declaration of that reference is the same person's (told apart from no declaration for nobody).
        NotAllowedNow: it belongs to another application, or this one needs no certificate.
    """
    if not application.is_replacement:
        raise NotAllowedNow("Cette demande n'a pas besoin d'une attestation de police.", basis=(Ref("RDId", "10/2"),))
    with transaction.atomic():
        rows = LossDeclaration.objects.select_for_update(of=("self",)).declared()
        declaration = rows.filter(reference=reference, bearer_index=application.bearer_index).first()
        if declaration is None:
            raise Refused("Aucune déclaration de cette personne ne porte cette référence.")
        if declaration.application_id not in (None, application.pk):
            raise NotAllowedNow("Cette déclaration sert déjà une autre demande.")
        declaration.application = application
        declaration.save(update_fields=["application"])
        if declaration.recorded_at is not None:
            _serve(application, declaration, at=at)
    return declaration


def certificate_for(application: IdentityApplication, *, at: datetime) -> LossDeclaration | None:
    """The recorded declaration that gives an application its police certificate, which the system then records.

    Found by the application itself, or by the person of the register; None where there is none yet. Safe to repeat.
    """
    if not application.is_replacement:
        return None
    wanted = Q(application=application)
    if application.person_id is not None:
        wanted |= Q(person_id=application.person_id, application=None, kind=application.reason)
    with transaction.atomic():
        rows = LossDeclaration.objects.select_for_update(of=("self",)).recorded().filter(wanted)
        for declaration in rows.order_by("-id"):
            if not _covers(declaration, application):
                continue
            declaration.application = application
            declaration.save(update_fields=["application"])
            _serve(application, declaration, at=at)
            return declaration
    return None


def serve_applications(declaration: LossDeclaration, *, at: datetime) -> None:
    """Let the applications that wait for this declaration go on, now that it is recorded."""
    waiting = IdentityApplication.objects.filter(state__in=_WAITING, reason__in=REPLACEMENTS)
    wanted = Q(pk=declaration.application_id)
    if declaration.person_id is not None and declaration.application_id is None:
        wanted |= Q(person_id=declaration.person_id, reason=declaration.kind)
    for application in waiting.filter(wanted).order_by("id"):
        if not _covers(declaration, application):
            continue
        declaration.application = application
        declaration.save(update_fields=["application"])
        _serve(application, declaration, at=at)
        return


def _covers(declaration: LossDeclaration, application: IdentityApplication) -> bool:
    """Whether the documents of a declaration are among those that the application replaces."""
    asked = {Request.PASSPORT if one == Request.PROVISIONAL_PASSPORT else one for one in application.documents}
    return bool(asked & set(declaration.documents.values_list("kind", flat=True)))


def _serve(application: IdentityApplication, declaration: LossDeclaration, *, at: datetime) -> None:
    """Record the certificate in the application, if it waits for one, and tell the centre of repeated losses."""
    if application.state not in _WAITING:
        return
    facts = {"declaration": declaration.reference}
    fields = {"old_document": OldDocument.LOST}
    take("police_certificate_received", application, actor=SYSTEM, at=at, fields=fields, facts=facts)
    for repeated in repeated_losses(declaration, on=day_of(at)):
        told = {"document": repeated.kind, "number": repeated.number}
        record("repeated_loss_flagged", application, actor=SYSTEM, at=at, facts=told, basis=repeated.validity.because)


def repeated_losses(declaration: LossDeclaration, *, on: date) -> list[RepeatedLoss]:
    """The kinds of document a person lost so often that the law shortens the validity of the next one (OLDI 5/3).

    The law says from which day losses count and from how many on; nothing while it cannot tell, or nobody's birth is known.
    """
    if declaration.born_on is None:
        return []
    period = validity_after(0, born=declaration.born_on, on=on)
    if not isinstance(period, Decided):
        return []
    lost = InvalidDocument.objects.filter(
        bearer_index=declaration.bearer_index, since__gte=period.value["losses_count_from"], since__lte=on
    )
    found = []
    for kind, number in sorted(Counter(lost.values_list("kind", flat=True)).items()):
        answer = validity_after(number, born=declaration.born_on, on=on)
        if isinstance(answer, Decided) and answer.value["is_repeated"]:
            found.append(RepeatedLoss(kind, number, answer))
    return found


def validity_after(losses: int, *, born: date, on: date) -> Answer:
    """What the law answers about the validity of the document that replaces the last of so many lost ones."""
    return ask("rdid.validity", on=on, born=born, losses=losses)
