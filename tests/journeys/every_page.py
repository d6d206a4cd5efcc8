"""A page of each kind of the identity room with something on it, and how every other address is told from a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.urls import get_resolver, reverse

from guichet.identity.models import IdentityApplication, ObjectionWay, RenewalNotice, Slot
from guichet.identity.operations import booking, deciding, lodging, objections, referrals, timetable
from guichet.identity.rights import applicant
from guichet.identity.web.portal.losses import QUESTIONS as LOSS_QUESTIONS
from guichet.identity.web.portal.steps import QUESTIONS
from guichet.kit import clock
from guichet.kit.clock import day_of
from guichet.people.models import Account
from tests.identity.builders import CHILD, GENEVA, a_draft, an_application, the_authorities
from tests.identity.counter import deed, done, photographed
from tests.identity.loss_builders import a_draft as a_loss
from tests.identity.loss_builders import declared, recorded
from tests.identity.returns import asked
from tests.identity.shares import booked
from tests.identity.test_appointments import GUEST
from tests.identity.test_appointments_opening import an_opening
from tests.identity.test_precedents import NOTE, REASONS
from tests.identity.test_renewing import deliver
from tests.people.register.builders import amelie

ROOMS = (
    *("identity", "losses", "appointments"),
    *("guichets", "declarations", "returns", "comptes", "recours", "departement"),
)
NOTHING = {
    "token": "t",
    "reference": "PID-7K2M9XQA-4",
    "kind": "photo",
    "act": "fee_paid",
    "month": "2026-11",
    **dict.fromkeys(("appointment_id", "closure_id", "opening_id"), "01a21633-ae08-79d0-83eb-50a107362481"),
}
BUTTON = "only a button leads there: it does something and goes back to a page"
HEARD = "one line, by which a script asks whether the counter would be heard"
FILE = "a file for another program, examined by its own tests"
NO_PAGE = {
    **dict.fromkeys(("identity:begin", "identity:adopt", "identity:sibling", "identity:complain"), BUTTON),
    **dict.fromkeys(("losses:begin", "appointments:wait", "appointments:answer", "appointments:walk_in"), BUTTON),
    **dict.fromkeys(("appointments:mark", "appointments:reopen", "appointments:renew_feed"), BUTTON),
    **dict.fromkeys(("guichets:difference", "guichets:datum", "declarations:act", "declarations:tie"), BUTTON),
    **dict.fromkeys(
        ("declarations:found", "comptes:divide", "comptes:close", "recours:make", "guichets:choose"), BUTTON
    ),
    **dict.fromkeys(("identity:form", "identity:receipt", "losses:receipt", "losses:certificate"), FILE),
    **dict.fromkeys(("appointments:file", "appointments:feed", "guichets:receipt", "guichets:document"), FILE),
    **dict.fromkeys(("declarations:receipt", "declarations:certificate", "comptes:csv", "comptes:pdf"), FILE),
    **dict.fromkeys(("recours:document", "returns:letter", "identity:decision"), FILE),
    **dict.fromkeys(("identity:objection", "guichets:objection"), FILE),
    "guichets:heard": HEARD,
}


class Shown(NamedTuple):
    """A page: the name of its route, its address, and the authority whose agent sees it; none for the public."""

    route: str
    address: str
    authority: str = ""


def routes() -> set[str]:
    """The names of all addresses of identity documents, the people's and the authorities'."""
    spaces = get_resolver().namespace_dict
    return {f"{room}:{name}" for room in ROOMS for name in spaces[room][1].reverse_dict if isinstance(name, str)}


def address_of(route: str) -> str:
    """An address of a route, of something that isn't there."""
    room, name = route.split(":")
    ((_, names),) = get_resolver().namespace_dict[room][1].reverse_dict.getlist(name)[0][0]
    return reverse(route, kwargs={one: NOTHING[one] for one in names})


def _shown(route: str, *args: Any, of: str = "", more: str = "") -> Shown:
    return Shown(route, reverse(route, args=args) + more, of)


def pages(agents: dict[str, Account]) -> list[Shown]:
    """Pages with something on them, at the present instant; the agents are the members of their authorities."""
    at = clock.now()
    return [
        *_others(),
        *_applying(at),
        *_declaring(at),
        *_coming(agents, at),
        *_counter(agents, at),
        *_deciding(agents, at),
    ]


def _applying(at: datetime) -> Iterator[Shown]:
    child = {"born_on": CHILD, "bearer": "child", "parents": "separated", "name": "Lou Perret"}
    told = {"email": "parent@exemple.ch", "address": ["Lou Perret", "Rue du Lac 3", "1207 Genève"]}
    draft = a_draft(at=at, request="both", **child)
    lodging.save_step(draft, "residence", {"swiss": "yes", "residence": "canton", "commune": str(GENEVA)}, at=at)
    lodging.save_step(draft, "delivery", {"email": told["email"]}, at=at, **told)
    yield _shown("identity:entrance")
    for step in QUESTIONS:
        yield _shown("identity:step", draft.token, step.slug)
    yield _shown("identity:review", draft.token)
    lodged = an_application(at=at, name="Nadia Favre", reason="renewal")
    yield _shown("identity:tracking", lodged.token)
    yield _shown("identity:withdraw", lodged.token)
    yield _shown("identity:abandon", draft.token)
    opposed = an_application(at=at, **(child | {"name": "Léa Perret"}))
    objections.record(
        opposed, way=ObjectionWay.FORM, on=day_of(at), words="Luc Perret", actor=applicant(opposed), at=at
    )
    yield _shown("identity:tracking", opposed.token)
    yield _shown("guichets:case", opposed.reference, of="commune")
    yield _shown("identity:pay", an_application(at=at, name="Ada Favre").token)
    yield _shown("losses:attach", an_application(at=at, name="Ida Favre", reason="loss").token)


def _declaring(at: datetime) -> Iterator[Shown]:
    yield _shown("losses:entrance")
    draft = a_loss(at=at)
    for question in LOSS_QUESTIONS:
        yield _shown("losses:step", draft.token, question.slug)
    yield _shown("losses:review", draft.token)
    yield _shown("losses:abandon", draft.token)
    yield _shown("losses:tracking", recorded(at=at, name="Rose Favre").token)
    waiting = declared(at=at, name="Lise Favre")
    yield _shown("declarations:case", waiting.reference, of="police")
    for route in ("declarations:index", "declarations:intake", "declarations:check"):
        yield _shown(route, of="police")


def _coming(agents: dict[str, Account], at: datetime) -> Iterator[Shown]:
    free, comes = an_application(at=at, name="Max Favre"), an_application(at=at, name="Zoé Favre")
    soon, later = (_slot(free, at + timedelta(days=days)) for days in (3, 5))
    booking.book([comes], soon, actor=GUEST, at=at)
    yield _shown("appointments:show", comes.token)
    yield _shown("appointments:choose", free.token)
    yield _shown("appointments:confirm", free.token, later.pk)
    yield _shown("appointments:cancel", comes.token)
    day = soon.starts_at.astimezone(clock.ZURICH).date()
    yield _shown("appointments:agenda", of="commune", more=f"?jour={day}")
    closed = day + timedelta(days=9)
    told: dict[str, Any] = {"actor": deed("became_final", agents["commune"]).agent, "at": at}
    timetable.close(the_authorities()["commune"], from_on=closed, until_on=closed, reason="formation", **told)
    yield _shown("appointments:closures", of="commune")
    yield _shown("appointments:feed_address", of="commune")
    span = an_opening(the_authorities()["commune"])
    yield _shown("appointments:openings", of="commune")
    yield _shown("appointments:add_opening", of="commune")
    yield _shown("appointments:change_opening", span.pk, of="commune")
    yield _shown("appointments:end_opening", span.pk, of="commune")


def _slot(application: IdentityApplication, at: datetime) -> Slot:
    return Slot.objects.create(office=application.office, starts_at=at, minutes=20, capacity=2)


def _counter(agents: dict[str, Account], at: datetime) -> Iterator[Shown]:
    clerk = agents["commune"]
    card = done(an_application(at=at, name="Noé Favre"), clerk, "appearance_recorded", at=at)
    photographed(card, clerk)
    yield _shown("guichets:worklist", of="commune")
    yield _shown("guichets:case", card.reference, of="commune")
    yield _shown("guichets:chain", card.reference, of="commune")
    yield _shown("guichets:data", card.reference, of="commune")
    yield _shown("guichets:data", an_application(at=at, name="Eva Favre").reference, of="commune")
    yield _shown("guichets:act", an_application(at=at, name="Ève Favre").reference, "appearance_recorded", of="commune")
    for act in ("photo_accepted", "fee_paid", "fee_exempted", "further_document_requested", "referred_to_department"):
        yield _shown("guichets:act", card.reference, act, of="commune")
    share = booked(at=at, name="Luc Favre")
    yield _shown("comptes:month", of="centre")
    yield _shown("comptes:statement", f"{at:%Y-%m}", GENEVA, of="commune")
    yield _shown("comptes:correct", f"{at:%Y-%m}", share.commune, share.pk, of="centre")


def _deciding(agents: dict[str, Account], at: datetime) -> Iterator[Shown]:
    passport = an_application(at=at, name="Éva Favre", request="passport")
    yield _shown("guichets:act", passport.reference, "application_refused", of="centre")
    refused = an_application(at=at, name="Guy Favre", request="passport")
    told = {"ground": "not_entitled", "reasons": REASONS, "signatory": "Anne Favre"}
    agent = deed("became_final", agents["centre"]).agent
    deciding.decide(refused, "application_refused", agent=agent, at=at, **told)
    yield _shown("guichets:notification", refused.reference, of="centre")
    yield _shown("recours:index", of="centre")
    yield _shown("recours:case", refused.reference, of="centre")
    yield _shown("departement:case", _referred("Jo Favre", agents, at).reference, of="department")
    yield _shown("departement:note", _ruled("Jan Favre", agents, at).reference, of="department")
    by = deed("department_decided", agents["department"]).agent
    published = referrals.publish(_ruled("Ari Favre", agents, at).referrals.get(), NOTE, agent=by, at=at)
    yield _shown("departement:index", of="department")
    yield _shown("departement:precedents", of="commune", more="?mots=adresse")
    yield _shown("departement:precedent", published.pk, of="commune")


def _referred(name: str, agents: dict[str, Account], at: datetime) -> IdentityApplication:
    return done(an_application(at=at, name=name), agents["commune"], "referred_to_department", at=at)


def _ruled(name: str, agents: dict[str, Account], at: datetime) -> IdentityApplication:
    application = _referred(name, agents, at)
    by = deed("department_decided", agents["department"]).agent
    referrals.decide(application.referrals.get(), "proceed", reasons=REASONS, agent=by, signatory="Anne Favre", at=at)
    return application


def _others() -> Iterator[Shown]:
    deliver(amelie())
    deliver(amelie(official_name="Rochat-Blanc"))
    yield _shown("returns:notices", of="centre")
    yield _shown("returns:notice", RenewalNotice.objects.get().reference, of="centre")
    waiting = asked()
    yield _shown("identity:ask_back", waiting.application.token)
    yield _shown("returns:index", of="commune")
    yield _shown("returns:intake", of="commune")
    yield _shown("returns:decide", waiting.pk, of="commune")
