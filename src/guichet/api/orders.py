"""Services, terms and orders over HTTP: what the public pages say, for programs."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from guichet.casework import journal
from guichet.kit import clock
from guichet.kit.errors import NotYours
from guichet.kit.quotes import NoPrice
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.inputs import DAY_PATTERN, BadInput, read_day
from guichet.law.kernel.money import Chf
from guichet.orders import catalogue
from guichet.orders.models import Order, Service, ServiceVersion, TermsEdition, TermsKind
from guichet.orders.quote import quote
from guichet.orders.web.pages import happenings
from guichet.orders.web.standing import is_being_confirmed, next_step, open_clocks

from .order_schemas import OrderOut, ServiceOut, ServicesOut, TermsOut
from .refusals import BAD_INPUT, NOT_FOUND

router = Router(tags=["orders"])

Day = Annotated[
    str | None,
    Query(None, description="Le jour du catalogue et du tarif ; aujourd'hui à Genève s'il manque."),
    Field(pattern=DAY_PATTERN, json_schema_extra={"format": "date"}),
]


@router.get("/services", response={200: ServicesOut, **BAD_INPUT}, summary="Le catalogue en vigueur un jour donné")
def services(request: HttpRequest, on: Day = None) -> dict[str, Any]:
    """Every service on offer on that day, with its fee and the article that fixes it."""
    at = _instant(on)
    return {"on": at.date(), "services": [_service(version, on=at.date()) for version in catalogue.on_offer(at)]}


@router.get(
    "/services/{slug}",
    response={200: ServiceOut, 410: NOT_FOUND[404], **NOT_FOUND, **BAD_INPUT},
    summary="Une prestation",
)
def service(request: HttpRequest, slug: str, on: Day = None) -> dict[str, Any]:
    """One service as it is or was on offer on that day; 410 when it is not."""
    at, slug = _instant(on), _plain(slug)
    if not Service.objects.filter(slug=slug).exists():
        raise NotYours("Aucune prestation ne porte ce nom.")
    return _service(catalogue.version_on_offer(slug, at=at), on=at.date())


@router.get("/terms", response=TermsOut, summary="Les conditions, édition par édition")
def editions(request: HttpRequest) -> dict[str, Any]:
    """Every edition of the office's and the State's terms with the SHA-256 of its text."""
    at = clock.now()
    published = list(TermsEdition.objects.binding(at).defer("text"))
    binding = {kind: next((one.pk for one in published if one.kind == kind), None) for kind in TermsKind.values}
    return {
        "editions": [
            {
                "kind": one.kind,
                "edition": one.edition,
                "title": one.title,
                "sha256": one.sha256,
                "published_at": one.published_at,
                "binding": binding[one.kind] == one.pk,
                "page": f"{settings.PUBLIC_URL}/conditions/{one.sha256}/",
            }
            for one in published
        ]
    }


@router.get("/orders/{token}", response={200: OrderOut, **NOT_FOUND, **BAD_INPUT}, summary="Où en est une commande")
def order(request: HttpRequest, token: str) -> dict[str, Any]:
    """The state, history and next step of an order placed without an account, by its unguessable address.

    Orders of accounts answer 404 like unknown ones: they are read by who has signed in.
    """
    found = Order.objects.select_related("version__service").filter(token=_plain(token), account=None).first()
    if found is None:
        raise NotYours("Cette commande n'existe pas, ou son adresse est incomplète.")
    return _standing(found, on=clock.today())


def _instant(on: str | None) -> datetime:
    """The present for today, the last instant of any other day."""
    now = clock.now()
    if on is None:
        return now
    day = read_day(on)
    if day is None:
        raise BadInput("on", on, "une date, AAAA-MM-JJ")
    return now if day == now.date() else datetime.combine(day, time.max, clock.ZURICH)


def _plain(text: str) -> str:
    """What no address of ours holds is nobody's address: databases differ on how they take a NUL."""
    return text if text.isascii() and text.isprintable() else ""


def _service(version: ServiceVersion, *, on: date) -> dict[str, Any]:
    definition = version.definition
    codes, sentences = version.conditions, catalogue.sentences(version)
    return {
        "slug": version.service.slug,
        "version": version.number,
        "title": version.title,
        "summary": definition["summary"],
        "group": definition["group"],
        "contents": definition["contents"],
        "conditions": [{"code": code, "text": text} for code, text in zip(codes, sentences, strict=True)],
        "subjects": definition["subjects"],
        "fee": _fee(version, on=on),
        "published_at": version.published_at,
        "page": f"{settings.PUBLIC_URL}/prestations/{version.service.slug}/",
    }


def _fee(version: ServiceVersion, *, on: date) -> dict[str, Any] | None:
    try:
        (line,) = quote(version.service.code, title=version.title, postage=None, on=on).lines
    except NoPrice:
        return None
    return {"amount": line.amount.francs, "because": line.because, "reservations": line.reservations}


def _standing(order: Order, *, on: date) -> dict[str, Any]:
    chain = journal.entries(order.reference)
    page = f"{settings.PUBLIC_URL}/suivi/{order.token}/"
    links = {"page": page, "service": f"{settings.PUBLIC_URL}/api/services/{order.version.service.slug}"}
    return {
        "reference": order.reference,
        "service": order.version.service.slug,
        "state": order.state,
        "state_name": order.state_name,
        "is_final": order.state in order.procedure.finals,
        "ordered_on": order.ordered_on,
        "delivery": order.delivery,
        "total": order.total.francs if order.quote_digest else None,
        "lines": [{**line, "amount": Chf(line["amount"]).francs} for line in order.lines],
        "next_step": next_step(order, confirming=is_being_confirmed(order)),
        "clocks": [
            {
                "label": one.label,
                "due_on": one.due_on,
                "length": one.length,
                "is_over": one.is_over,
                "because": [str(passage) for passage in one.basis],
            }
            for one in open_clocks(order, chain, on=on)
        ],
        "history": [
            {"at": one.at, "what": one.what, "by": one.by, "because": [_cited(key) for key in one.basis]}
            for one in happenings(chain)
        ],
        "links": links | ({"receipt": f"{page}quittance.pdf"} if order.paid_at else {}),
    }


def _cited(passage: object) -> str:
    return Ref.parse(passage).cite if isinstance(passage, str) else str(passage)
