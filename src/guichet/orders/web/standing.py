"""Where an order stands, in words: what is owed next, and the periods that run with the way they are counted."""

from __future__ import annotations

from datetime import date

from guichet.casework.models import Entry
from guichet.kit.components import OpenClock, Why
from guichet.kit.formats import long_date
from guichet.law.kernel.answers import Decided
from guichet.law.kernel.clocks import run
from guichet.law.questions import ask
from guichet.orders.models import Decision, Delivery, Order
from guichet.payments.outcome import Outcome, outcome_of

_NEXT = {
    "submitted": "Vous payez la commande, ou vous l'annulez.",
    "validated": "Le prestataire de paiement confirme l'encaissement ; rien à faire de votre part.",
    "paid": "L'office établit le document.",
    "examination": "Un agent de l'office examine votre commande.",
    "granted": "Le document est en cours d'établissement.",
}
# What the worker or the provider moves on by itself, mostly within seconds: the page follows it.
MOVING = ("validated", "paid")
# A payment whose end isn't known yet may still make such an order definitive (CGV 3/1).
_CONFIRMABLE = ("submitted", "cancelled")


def going_on(order: Order) -> str:
    """The name of the page on which an order is continued: of a draft, its review once every step is filled in."""
    if order.state != "draft":
        return "orders:tracking"
    return "orders:review" if order.bearer and order.delivery else "orders:person"


def is_being_confirmed(order: Order) -> bool:
    """Whether a payment of the order is being confirmed, so that nobody must pay (1 query while that can be)."""
    return order.state in _CONFIRMABLE and outcome_of(order.reference) is Outcome.CONFIRMING


def next_step(order: Order, *, confirming: bool) -> str:
    """Who must act next; empty when nothing is owed any more. ``confirming`` is what ``is_being_confirmed`` says."""
    if confirming:
        return "L'organisme de paiement dit ce qu'il en est ; rien à faire de votre part."
    if order.state == "issued":
        return (
            "L'office remet le document à la poste."
            if order.delivery == Delivery.POST
            else "Le document va être mis à disposition."
        )
    return _NEXT.get(order.state, "")


def open_clocks(order: Order, chain: list[Entry], *, on: date) -> list[OpenClock]:
    """The periods that run for an order on a day: the indicative delivery, or the time to appeal a refusal.

    What is made at once and downloaded waits for no post (CGV 3/4); it does once an agent has to examine it.
    """
    is_at_once = order.delivery == Delivery.DOWNLOAD and order.state in MOVING
    if order.due_on is not None and order.ordered_on is not None and not is_at_once:
        return [_delivery(order, order.ordered_on, on)]
    if order.state == "refused":
        return _appeal(order, on)
    return []


def _delivery(order: Order, ordered_on: date, on: date) -> OpenClock:
    answer = ask("cgv.delivery_window", on=ordered_on, ordered_on=ordered_on)
    if not isinstance(answer, Decided):
        return OpenClock("Livraison", None, "délai indicatif", why=Why.of(answer))
    earliest, latest = answer.value["earliest"], answer.value["latest"]
    length = f"entre le {long_date(earliest)} et le {long_date(latest)} (7 à 14 jours ouvrables, délai indicatif)"
    return OpenClock("Livraison", latest, length, basis=answer.because, why=Why.of(answer), is_over=latest < on)


def _appeal(order: Order, on: date) -> list[OpenClock]:
    """The time to appeal, counted anew from the notification, as the page explains it."""
    decision = Decision.objects.filter(case_reference=order.reference).first()
    if decision is None or decision.notified_on is None:
        return []
    (appeal,) = order.procedure.transition("service_refused").opens
    deadline = run(appeal, decision.notified_on)
    why = Why(
        "Le délai court dès le lendemain de la notification.", deadline.steps, appeal.basis, deadline.reservations
    )
    length = f"{appeal.length} jours dès la notification"
    over = deadline.last_day < on
    return [OpenClock(appeal.title, deadline.last_day, length, basis=appeal.basis, why=why, is_over=over)]
