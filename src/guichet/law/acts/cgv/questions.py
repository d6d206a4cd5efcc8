"""The questions `cgv.*` as the public contract lists them: inputs, passages relied on, and the rule that answers."""

from __future__ import annotations

from guichet.law.acts.cgv import rules
from guichet.law.acts.cgv.corpus import CGV
from guichet.law.kernel.inputs import Boolean, Choice, Day, Instant, Word
from guichet.law.kernel.questions import Question
from guichet.law.terms.passages import FEE_REGULATION

_SERVICE = Word(name="service", meaning="Prestation", words=rules.services)
_OPTION = Word(name="option", meaning="Envoi", words=rules.postage_options)

QUESTIONS = (
    Question(
        "cgv.law_day",
        "Le droit de quel jour s'applique à une commande ?",
        (
            Instant(name="ordered_at", meaning="Instant de la commande"),
            Instant(name="payment_validated_at", meaning="Instant de la validation du paiement", required=False),
        ),
        CGV.refs("2/4"),
        rules.law_day,
    ),
    Question(
        "cgv.may_cancel",
        "La commande peut-elle encore être annulée ?",
        (Boolean(name="payment_validated", meaning="Le paiement est-il validé ?"),),
        CGV.refs("3/1"),
        rules.may_cancel,
    ),
    Question(
        "cgv.refund_due",
        "La taxe est-elle remboursée ?",
        (Choice(name="reason", meaning="Motif", options=rules.RefundReason, names=rules.REFUND_REASONS),),
        CGV.refs("3/1", "3/5", "5/2"),
        rules.refund_due,
    ),
    Question(
        "cgv.delivery_window",
        "Quand le document arrive-t-il par la poste ?",
        (Day(name="ordered_on", meaning="Jour de la commande"),),
        CGV.refs("3/4"),
        rules.delivery_window,
    ),
    Question(
        "cgv.fee", "Combien coûte une prestation ?", (_SERVICE,), (*CGV.refs("5/1", "5/3"), FEE_REGULATION), rules.fee
    ),
    Question("cgv.postage", "Combien coûte l'envoi ?", (_OPTION,), CGV.refs("5/4"), rules.postage),
    Question(
        "cgv.total",
        "Combien faut-il payer en tout ?",
        (_SERVICE, _OPTION),
        (*CGV.refs("3/2", "5/1", "5/3", "5/4"), FEE_REGULATION),
        rules.total,
    ),
)
