"""Who may see and continue an order: its account, or whoever holds its unguessable address if it has none."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http import HttpRequest

from guichet.kit.errors import NotYours
from guichet.kit.rows import parameter
from guichet.people.accounts.web.owned import account_of, check_owner
from guichet.people.accounts.web.sessions import BesideSession

from . import catalogue
from .models import Order, ServiceVersion

_ORDERS, _VERSIONS = BesideSession(Order, "r.token = %s"), BesideSession(ServiceVersion, "r.id = %s")

_UNKNOWN = "Cette commande n'existe pas, ou son adresse est incomplète."


def order_of(request: HttpRequest, token: str, *, at: datetime) -> Order:
    """The order at an unguessable address, if this visitor may see it (1 query, the session's account included).

    Raises:
        NotYours: no such order, or it belongs to another account (told apart for nobody).
        SignInFirst: it belongs to an account and nobody is signed in.
    """
    found: list[Order] = _ORDERS.find(request, token)
    if not found:
        raise NotYours(_UNKNOWN)
    (order,) = found
    check_owner(request, order.account_id, unknown=_UNKNOWN)
    if version := catalogue.edition(order.version_id, at=at):
        order.version = version
    return order


def version_to_begin(request: HttpRequest, slug: str, *, at: datetime) -> ServiceVersion:
    """The version that an order begins with, as the database says now (1 query, the session's account included).

    Raises:
        Withdrawn: the service is not on offer.
    """
    shown = catalogue.version_shown(slug, at=at)
    for now in _VERSIONS.find(request, parameter(ServiceVersion, "id", shown.pk)):
        if now.is_on_offer(at):
            now.service = shown.service
            return cast("ServiceVersion", now)
    return catalogue.version_on_offer(slug, at=at)


def may_open_document(request: HttpRequest, order: Order) -> bool:
    """Whether this visitor may open the document: the account it belongs to, or who has given the access key."""
    account = account_of(request)
    if order.account_id is not None and account is not None and account.pk == order.account_id:
        return True
    return order.token in request.session.get("opened_documents", [])


def remember_opened(request: HttpRequest, order: Order) -> None:
    """Remember, for this session, that the access key of an order was given."""
    opened = [token for token in request.session.get("opened_documents", []) if token != order.token]
    request.session["opened_documents"] = [*opened[-9:], order.token]
