"""Who may act on an application: the applicant, and the members of the authority that has it in hand."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from guichet.casework.acts import Actor
from guichet.institutions.models import Membership, Office, Role
from guichet.institutions.rights import Seat
from guichet.kit.errors import NotEntitled, NotYours
from guichet.people.accounts.web.owned import check_owner
from guichet.people.models import Account

from .models import IdentityApplication, LossDeclaration

_UNKNOWN = "Cette demande n'existe pas, ou son adresse est incomplète."

# The names of the authorities (art. 2 RDId) as the procedures' roles write them.
ROLE_OF = {
    Office.Authority.COMMUNE: "commune",
    Office.Authority.CENTRE: "centre",
    Office.Authority.UDA: "airport_unit",
    Office.Authority.POLICE: "police",
    Office.Authority.DEPARTMENT: "department",
}


def applicant(case: IdentityApplication | LossDeclaration) -> Actor:
    """Who applies, or declares, as the journal names them: by account, or as a guest of this case."""
    return Actor("applicant", str(case.account_id) if case.account_id else "guest")


def member(office: Office, account_id: object) -> Actor:
    """A member of an authority as the journal names them: in the role the procedure gives their office.

    Raises:
        KeyError: the office has no competence among identity documents.
    """
    return Actor(ROLE_OF[Office.Authority(office.authority)], str(account_id))


def seats_at_authorities(account: Account, *, on: date) -> list[Seat]:
    """The offices with an authority for which an account may act on a day, each once with the role in which it may do
    most: the most powerful first, then in the order of the codes (1 query).

    Raises:
        NotEntitled: the account is closed, or works in no such office that day.
    """
    held = Membership.objects.of(account).valid_on(on).exclude(office__authority="").select_related("office")
    seats: dict[str, Seat] = {}
    for one in held.order_by("office__code", "id"):
        seat, known = Seat(one.office, Role(one.role)), seats.get(one.office.code)
        if known is None or seat.role.rank > known.role.rank:
            seats[one.office.code] = seat
    if not seats or not account.is_active:
        raise NotEntitled("Cette page est réservée aux personnes qui travaillent dans une des autorités compétentes.")
    return sorted(seats.values(), key=lambda seat: -seat.role.rank)


def application_of(request: HttpRequest, token: str) -> IdentityApplication:
    """The application at an unguessable address, if this visitor may see it (1 query, with its authority).

    Raises:
        NotYours: no such application, or it belongs to another account (told apart for nobody).
        SignInFirst: it belongs to an account and nobody is signed in.
    """
    application = IdentityApplication.objects.select_related("office").filter(token=token).first()
    if application is None:
        raise NotYours(_UNKNOWN)
    check_owner(request, application.account_id, unknown=_UNKNOWN)
    return application


def declaration_of(request: HttpRequest, token: str) -> LossDeclaration:
    """The declaration of loss at an unguessable address, if this visitor may see it (1 query).

    Raises:
        NotYours: no such declaration, or it belongs to another account (told apart for nobody).
        SignInFirst: it belongs to an account and nobody is signed in.
    """
    unknown = "Cette déclaration n'existe pas, ou son adresse est incomplète."
    declaration = LossDeclaration.objects.select_related("office", "first").filter(token=token).first()
    if declaration is None:
        raise NotYours(unknown)
    check_owner(request, declaration.account_id, unknown=unknown)
    return declaration


# Whoever looks at the data looks first; then the centre decides (art. 2 al. 4 RDId).
_CHECKED = Q(checked_by__isnull=False)
_COMPLETE = (
    _CHECKED
    & Q(signed_at__isnull=False)
    & (Q(paid_at__isnull=False) | Q(exempted_at__isnull=False))
    & (Q(appeared_on__isnull=False) | ~Q(dispensation=""))
    # Of a minor, only once the parents agree (art. 6 al. 1 RDId).
    & Q(awaits_agreement=False)
)
_WITH_THE_CENTRE = Q(state__in=("refused", "refusal_appealed", "closed"))


def in_hand(office: Office) -> QuerySet[IdentityApplication]:
    """The applications that an authority may see and act on: those lodged with it.

    The centre has those of the other authorities too once they are complete, or decided; the department those that were
    submitted to it (art. 12 al. 2 RDId). A draft is its author's alone.
    """
    lodged = IdentityApplication.objects.exclude(state__in=("draft", "dropped"))
    if office.authority == Office.Authority.CENTRE:
        return lodged.filter(Q(office=office) | _COMPLETE | _WITH_THE_CENTRE)
    if office.authority == Office.Authority.DEPARTMENT:
        return lodged.filter(state="referred")
    return lodged.filter(office=office)


def arrived_from_elsewhere(centre: Office) -> QuerySet[IdentityApplication]:
    """What other authorities took and checked completely: the centre approves it or refuses it."""
    return IdentityApplication.objects.filter(_COMPLETE).exclude(office=centre)
