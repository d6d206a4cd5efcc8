"""A declaration of loss, theft or destruction: begun by the person, recorded by the police, the document invalid at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from guichet.casework.acts import SYSTEM, Act, Actor, open_once, record, take, take_in_turn
from guichet.identity.loss_words import owe
from guichet.identity.models import DocumentKind, InvalidDocument, LossDeclaration, LostDocument
from guichet.identity.numbers import normalise, number_index
from guichet.identity.rights import applicant
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.ids import new_reference, secret_token, short_code
from guichet.law.kernel.addresses import Ref
from guichet.people.register import extract

from .attesting import owe_certificate, serve_applications
from .lodging import index_of

_FOREVER = Ref("RDId", "10/3")
# What one step of the form keeps in columns of its own, beside the answers.
_COLUMNS = ("kind", "happened_on", "name", "born_on", "email", "address", "person_id")


class Lost(NamedTuple):
    """A lost document as told: its kind, and its number or why nobody knows it."""

    kind: str
    number: str = ""
    why_unknown: str = ""


class Incomplete(Refused):
    """Something that must be told is missing; ``step`` is the page that asks for it."""

    code = "incomplete"

    def __init__(self, step: str, message: str) -> None:
        super().__init__(message)
        self.step = step


class AlreadyInvalid(NotAllowedNow):
    """A document of the declaration is invalid already: ``first`` is the declaration that made it so."""

    code = "already_invalid"

    def __init__(self, first: LossDeclaration, since: date) -> None:
        super().__init__(
            f"Ce document est déjà invalide depuis le {since:%d.%m.%Y}, par la déclaration {first.reference}.",
            basis=(_FOREVER,),
        )
        self.first = first


def start(
    *, account_id: UUID | None, start_key: str, at: datetime, actor: Actor | None = None, person_id: UUID | None = None
) -> LossDeclaration:
    """Begin a declaration: a draft. The same ``start_key`` (one per shown page) gives the same draft again."""
    begun = LossDeclaration.objects.filter(start_key=start_key, account=account_id)
    declaration = LossDeclaration(
        reference=new_reference("DEC"),
        token=secret_token(),
        tracking_code=short_code(),
        start_key=start_key,
        account_id=account_id,
        person_id=person_id,
        touched_at=at,
    )
    return open_once(declaration, begun, "draft_begun", actor=actor or applicant(declaration), at=at)


def save_step(
    declaration: LossDeclaration,
    step: str,
    answers: Mapping[str, Any],
    *,
    at: datetime,
    lost: Sequence[Lost] | None = None,
    **fields: Any,
) -> None:
    """Keep what was typed at a step, the columns that follow from it, and the documents that are told.

    Raises:
        NotAllowedNow: the declaration is no draft any more.
    """
    assert set(fields) <= set(_COLUMNS), fields
    with transaction.atomic():
        stored = LossDeclaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
        if stored.state != "draft":
            raise NotAllowedNow("Cette déclaration est déjà faite : la police enregistre les changements.")
        declaration.answers = {**stored.answers, step: dict(answers)}
        declaration.touched_at = at
        for name, value in fields.items():
            setattr(declaration, name, value)
        declaration.save(update_fields=["answers", "touched_at", *fields])
        if lost is not None:
            _keep(declaration, lost)


def person_of(declaration: LossDeclaration, *, name: str, born_on: date, at: datetime) -> UUID | None:
    """The person of the register whom a declaration is about: that of its verified account, if it is the same one."""
    account = declaration.account
    if account is None or account.person_id is None:
        return None
    known = extract(
        account.person_id,
        reader=applicant(declaration),
        reason="reconnaître la personne d'une déclaration de perte",
        case_reference=declaration.reference,
        at=at,
    )
    is_the_same = known.born_on is not None and index_of(known.full_name, known.born_on) == index_of(name, born_on)
    return account.person_id if is_the_same else None


def _keep(declaration: LossDeclaration, lost: Sequence[Lost]) -> None:
    LostDocument.objects.filter(declaration=declaration).delete()
    LostDocument.objects.bulk_create(
        LostDocument(
            declaration=declaration,
            kind=DocumentKind(one.kind),
            number=normalise(one.number) or None,
            number_index=number_index(one.kind, one.number) if one.number else None,
            why_unknown=one.why_unknown or None,
        )
        for one in lost
    )


def documents_of(declaration: LossDeclaration) -> list[LostDocument]:
    """The documents of a declaration, in the order of their kinds."""
    return list(declaration.documents.order_by("-kind"))


def document_asked(kinds: Sequence[str]) -> str:
    """The word of the law's questions for the documents of a declaration: one, or both."""
    return kinds[0] if len(kinds) == 1 else "both"


def check_complete(declaration: LossDeclaration) -> list[LostDocument]:
    """The documents of a declaration in which nothing is missing.

    Raises:
        Incomplete: with the step that asks for what is missing.
    """
    if not declaration.name or declaration.born_on is None:
        raise Incomplete("personne", "Dites d'abord de qui est le document.")
    if not declaration.kind or declaration.happened_on is None:
        raise Incomplete("evenement", "Dites ce qui est arrivé, et quand.")
    found = documents_of(declaration)
    if not found or any(not one.number_index and not one.why_unknown for one in found):
        raise Incomplete("documents", "Donnez le numéro de chaque document, ou dites pourquoi vous ne l'avez pas.")
    if not declaration.address:
        raise Incomplete("contact", "Dites comment vous écrire.")
    return found


def declare(declaration: LossDeclaration, *, at: datetime, actor: Actor | None = None) -> None:
    """Announce the loss to the police (RDId 10/1): the person, or the police for who comes to its counter.

    Raises:
        Incomplete: something is missing.
        NotAllowedNow: it is past being declared.
    """
    found = check_complete(declaration)
    assert declaration.name is not None
    assert declaration.born_on is not None
    facts = {"kind": declaration.kind, "document": document_asked([one.kind for one in found])}
    fields = {"declared_at": at, "bearer_index": index_of(declaration.name, declaration.born_on)}
    with transaction.atomic():
        take("loss_declared", declaration, actor=actor or applicant(declaration), at=at, fields=fields, facts=facts)
        if actor is None:
            owe(declaration, "loss_declared")


class Told(NamedTuple):
    """A whole declaration, as somebody tells it at the counter of the police."""

    person: Mapping[str, Any]
    event: Mapping[str, Any]
    contact: Mapping[str, Any]
    lost: tuple[Lost, ...]
    columns: Mapping[str, Any]


def take_down(told: Told, *, police: Actor, at: datetime) -> LossDeclaration:
    """Take a declaration down at the counter of the police: it is declared, and can be recorded at once.

    Raises:
        NotEntitled: not a member of the police.
    """
    _check_police(police)
    with transaction.atomic():
        declaration = start(account_id=None, start_key=secret_token(), at=at, actor=police)
        save_step(declaration, "personne", told.person, at=at, lost=told.lost, **told.columns)
        save_step(declaration, "evenement", told.event, at=at)
        save_step(declaration, "contact", told.contact, at=at)
        declare(declaration, at=at, actor=police)
    return declaration


def first_declaration(declaration: LossDeclaration) -> InvalidDocument | None:
    """What made a document of this declaration invalid already, if another declaration did (1 query)."""
    held = InvalidDocument.objects.exclude(declaration=declaration).select_related("declaration")
    numbers = declaration.documents.exclude(number_index=None)
    return held.filter(number_index__in=numbers.values("number_index")).order_by("since", "id").first()


def own_earlier(declaration: LossDeclaration) -> LossDeclaration | None:
    """An earlier declaration of the same account about the same document, if there is one.

    Nobody learns so whether the document of somebody else is invalid: only one's own declarations are looked at.
    """
    if declaration.account_id is None:
        return None
    numbers = declaration.documents.exclude(number_index=None).values("number_index")
    earlier = LossDeclaration.objects.of(declaration.account_id).exclude(pk=declaration.pk).declared()
    return earlier.filter(documents__number_index__in=numbers, first=None).order_by("id").first()


def record_declaration(
    declaration: LossDeclaration, *, office: Office, police: Actor, identity_checked: str, at: datetime
) -> None:
    """Record a declaration: from this moment the documents are invalid, for ever (RDId 2/5, 10/3).

    ``identity_checked`` says by which piece or knowledge the person was identified. In the same transaction the
    certificate is owed, and the applications that wait for it go on.

    Raises:
        AlreadyInvalid: another declaration made one of the documents invalid; this one is not recorded.
        NotAllowedNow: it is recorded already.
        NotEntitled: not a member of the police.
    """
    _check_police(police)
    if not identity_checked.strip():
        raise Refused("Dites comment l'identité de la personne a été vérifiée.")
    fields = {"office_id": office.pk, "recorded_at": at, "recorded_by": UUID(police.name)}
    try:
        with transaction.atomic():
            take_in_turn(
                [Act("declaration_recorded", police, fields), Act("document_invalidated", SYSTEM)], declaration, at=at
            )
            declaration.identity_checked = identity_checked.strip()
            declaration.save(update_fields=["identity_checked"])
            _invalidate(declaration, at=at)
            owe_certificate(declaration)
            serve_applications(declaration, at=at)
    except IntegrityError:
        declaration.refresh_from_db()
        first = first_declaration(declaration)
        if first is None:
            raise
        raise AlreadyInvalid(first.declaration, first.since) from None


def _check_police(actor: Actor) -> None:
    if actor.role != "police":
        raise NotEntitled("Seule la police enregistre les déclarations.", basis=(Ref("RDId", "2/5"),))


def _invalidate(declaration: LossDeclaration, *, at: datetime) -> None:
    """The documents stop holding on the day the police records it; the day of the loss is in the declaration."""
    InvalidDocument.objects.bulk_create(
        InvalidDocument(
            declaration=declaration,
            kind=one.kind,
            number_index=one.number_index,
            bearer_index=declaration.bearer_index,
            since=day_of(at),
        )
        for one in documents_of(declaration)
    )


def tie_to_first(declaration: LossDeclaration, *, police: Actor, at: datetime) -> LossDeclaration:
    """Set a declaration aside that tells of a document made invalid by an earlier one; gives that one.

    Raises:
        NotAllowedNow: no other declaration made its document invalid, or it isn't waiting to be recorded.
    """
    _check_police(police)
    with transaction.atomic():
        stored = LossDeclaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
        found = first_declaration(stored)
        if found is None or stored.state != "declared" or stored.first_id is not None:
            raise NotAllowedNow("Cette déclaration n'a rien à rattacher : elle est seule, ou déjà réglée.")
        declaration.first = stored.first = found.declaration
        stored.save(update_fields=["first"])
        facts = {"first": found.declaration.reference}
        record("repetition_tied", declaration, actor=police, at=at, facts=facts, basis=(_FOREVER,))
    return found.declaration


def recover(declaration: LossDeclaration, *, agent: Actor, at: datetime) -> None:
    """Record that the document was found: it stays invalid and is not given back (RDId 10/3)."""
    take("document_recovered", declaration, actor=agent, at=at)


def destroy(declaration: LossDeclaration, *, centre: Actor, minutes: str, at: datetime) -> None:
    """Make a recovered document unusable, with minutes (RDId 10/3).

    Raises:
        Refused: no minutes.
        NotAllowedNow: it was not recovered.
        NotEntitled: not the centre.
    """
    if not minutes.strip():
        raise Refused("Écrivez le procès-verbal : comment le document a été rendu inutilisable, et devant qui.")
    with transaction.atomic():
        take("document_destroyed", declaration, actor=centre, at=at)
        declaration.minutes = minutes.strip()
        declaration.save(update_fields=["minutes"])
