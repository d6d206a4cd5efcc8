"""Who may see and continue an order: its account, or whoever holds its unguessable address if it has none."""

from __future__ import annotations

from django.http import HttpRequest

from guichet.kit.errors import NotYours
from guichet.people.accounts.web.owned import account_of, check_owner

from .models import Order

_UNKNOWN = "Cette commande n'existe pas, ou son adresse est incomplète."


def order_of(request: HttpRequest, token: str) -> Order:
    """The order at an unguessable address, if this visitor may see it (2 queries with the session's account).

    Raises:
        NotYours: no such order, or it belongs to another account (told apart for nobody).
        SignInFirst: it belongs to an account and nobody is signed in.
    """
    order = Order.objects.select_related("version__service").filter(token=token).first()
    if order is None:
        raise NotYours(_UNKNOWN)
    check_owner(request, order.account_id, unknown=_UNKNOWN)
    return order


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
