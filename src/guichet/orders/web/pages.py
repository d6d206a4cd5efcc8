"""What the pages of an order show: price, review, where it stands, what happened, what is next."""

from __future__ import annotations

from datetime import date

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from guichet.casework.models import Entry
from guichet.kit.components import Happening, Price, PriceLine, Row
from guichet.kit.formats import short_date
from guichet.kit.quotes import Line, NoPrice, Quote
from guichet.law.procedures import CGV_ORDER
from guichet.orders import operations
from guichet.orders.forms import RELATIONS
from guichet.orders.models import Delivery, Order, Postage, Subject
from guichet.payments.words import note_of

_ROLES = {
    "applicant": "vous",
    "clerk": "l'office",
    "supervisor": "l'office",
    "system": "le système de l'office",
    "provider": "le prestataire de paiement",
}


def price_of(order: Order, *, on: date) -> Price | None:
    """« Ce que vous payez »: the frozen lines of a submitted order, else today's; None while it can't be told."""
    if order.quote_digest:
        lines = tuple(_shown(Line.kept(line)) for line in order.lines)
        return Price(lines=lines, note="TVA incluse.")
    try:
        quoted: Quote = operations.quote_of(order, on=on)
    except NoPrice:
        return None
    note = "TVA incluse." if order.delivery else "TVA incluse. Frais d'envoi selon votre choix."
    return _of_quote(quoted, note=note)


def new_price(order: Order, *, on: date) -> Price | None:
    """« Ce que vous payez » of an order that waits to be paid, once the tariff isn't any more what was agreed to."""
    try:
        quoted = operations.changed_price(order, on=on) if order.state == "submitted" else None
    except NoPrice:
        return None
    return _of_quote(quoted, note="TVA incluse. Tarif d'aujourd'hui.") if quoted else None


def _of_quote(quoted: Quote, *, note: str) -> Price:
    return Price(lines=tuple(_shown(line) for line in quoted.lines), note=note)


def _shown(line: Line) -> PriceLine:
    return line.shown(_reason(line.kind))


def _reason(kind: str) -> str:
    if kind == "fee":
        return "La taxe est fixée par le règlement et perçue d'avance, TVA comprise."
    return "Les frais d'envoi sont à votre charge, sauf la lettre standard en courrier B, gratuite."


_LABELS = (
    ("official_name", "Nom"),
    ("first_names", "Prénoms"),
    ("born_on", "Date de naissance"),
    ("avs_number", "Numéro AVS"),
    ("died_on", "Date du décès"),
    ("relation", "Votre lien avec la personne"),
    ("applicant_name", "Vos nom et prénoms"),
    ("interest", "Votre intérêt"),
    ("departs_on", "Date de départ"),
    ("destination", "Destination"),
    ("email", "Adresse électronique"),
)


def review_rows(order: Order) -> list[Row]:
    """Every value typed, each with « modifier » (CGV 3/3)."""
    person, delivery = f"/commande/{order.token}/personne/", f"/commande/{order.token}/livraison/"
    answers = order.answer("person")
    rows = [Row("Document", order.version.title), Row("Le document portera le nom de", order.bearer or "", person)]
    if order.person_id is None and order.subject != Subject.DECEASED:
        rows.append(Row("Vous commandez", Subject(order.subject).label, person))
    rows += [Row(label, _written(name, answers[name]), person) for name, label in _LABELS if answers.get(name)]
    rows.append(Row("Livraison", capfirst(Delivery(order.delivery).label), delivery))
    if order.delivery == Delivery.POST:
        rows.append(Row("Courrier", capfirst(Postage(order.postage).label), delivery))
        rows.append(Row("Adresse d'envoi", _lines(order.address or []), delivery))
    return rows


def _lines(lines: list[str]) -> SafeString:
    return format_html_join("", "{}<br>", ((line,) for line in lines))


def _written(name: str, value: str) -> str:
    if name == "relation":
        return dict(RELATIONS).get(value, value)
    return short_date(date.fromisoformat(value)) if name.endswith("_on") else value


_OTHER_ACTS = {
    "draft_begun": "La commande a été commencée.",
    "draft_adopted": "La commande a été reprise dans un compte.",
    "data_copied": "Les données d'une commande précédente ont été reprises.",
    "payment_started": "La page de paiement a été ouverte chez le partenaire.",
    "payment_voided": "Un montant réservé a été libéré sans débit.",
    "person_identified": "La personne a été retrouvée dans le registre.",
    "decision_posted": "La décision a été remise à la poste.",
    "decision_notified": "La décision a été notifiée.",
    "letter_posted": "La lettre a été remise à la poste.",
    "document_opened": "Le document a été ouvert.",
    "message_received": "Un message a été reçu.",
}
_INTERNAL_ACTS = {
    "note_written": "Une note interne a été écrite.",
    "payment_incident_opened": "Un incident de paiement a été ouvert.",
    "payment_incident_resolved": "L'incident de paiement a été résolu.",
    "payment_asked_again": "Le prestataire de paiement a été interrogé à nouveau.",
    "payment_release_ordered": "La libération du montant réservé a été ordonnée.",
}
# What the adapter hands to the payment partner (CGV 9/2), as the person reads it.
_SENT = {
    "reference": "référence du paiement",
    "amount": "montant",
    "description": "intitulé de la commande",
    "language": "langue",
}


def happenings(chain: list[Entry], *, internal: bool = False) -> list[Happening]:
    """The journal as its timeline tells it; internal acts only for the office."""
    told = []
    for entry in chain:
        sentence = _told(entry, internal=internal)
        if sentence is None:
            continue
        by = entry.actor if internal and entry.role in ("clerk", "supervisor") else _ROLES.get(entry.role, entry.role)
        told.append(Happening(entry.at, sentence, by=by, basis=tuple(entry.basis), note=_note(entry)))
    return told


def _told(entry: Entry, *, internal: bool) -> str | None:
    """The French sentence for an act, with its full stop; None for an act that only makes sense to the system, or to the office."""
    for transition in CGV_ORDER.transitions:
        if transition.act == entry.act:
            return transition.done
    return _OTHER_ACTS.get(entry.act) or (_INTERNAL_ACTS.get(entry.act) if internal else None)


def _note(entry: Entry) -> str:
    """What was handed to the payment partner, which the person may always see (CGV 9/2); else what payments adds."""
    if entry.act != "payment_started":
        return note_of(entry.act, entry.facts)
    return f"Transmis au partenaire : {', '.join(_SENT[name] for name in entry.facts['sent'] if name in _SENT)}."
