"""How far each decision is from being final (art. 13 RDId), and the file that the court is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices

from guichet.casework import journal
from guichet.casework.acts import Actor, record
from guichet.casework.jobs import job
from guichet.casework.models import Entry, OutboxMessage
from guichet.casework.outbox import compose
from guichet.documents import operations as documents
from guichet.documents.contents import Fact, Report, Section, Verification
from guichet.documents.models import IssuedDocument
from guichet.documents.office import issuer
from guichet.identity.models import CourtRuling, IdentityApplication, IdentityDecision
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.formats import instant, short_date
from guichet.law.kernel.procedures import ROLES

from .deciding import TITLES, grounds
from .telling import to_the_court

COURT_FILE = "court-file"
COURT_FILE_TITLE = "Dossier pour la chambre administrative"
_OPEN = ("refused", "revoked")
_APPEALED = ("refusal_appealed", "withdrawal_appealed")
_FINAL = ("closed", "void")
_DELIVERED_AS = {"mail": "courriel", "letter": "courrier postal"}


class Finality(TextChoices):
    """How far a decision is from being final."""

    UNNOTIFIED = "unnotified", "notification attendue"
    OPEN = "open", "recours ouvert"
    ELAPSED = "elapsed", "délai passé, à constater"
    APPEALED = "appealed", "recours pendant"
    FINAL = "final", "définitive"
    SET_ASIDE = "set_aside", "annulée ou remplacée"


def finality(decision: IdentityDecision, *, on: date) -> Finality:
    """Where a decision that ``decisions`` gave stands on a day: the day of the last day itself is still open."""
    if decision.return_request_id is not None:
        return _finality_of_return(decision, on=on)
    state = decision.application.state
    if decision.is_overtaken or state not in (*_OPEN, *_APPEALED, *_FINAL):  # type: ignore[attr-defined]  # annotated
        return Finality.SET_ASIDE
    if state in _APPEALED:
        return Finality.APPEALED
    if state in _FINAL:
        return Finality.FINAL
    if decision.appeal_by is None:
        return Finality.UNNOTIFIED
    return Finality.OPEN if on <= decision.appeal_by else Finality.ELAPSED


def _finality_of_return(decision: IdentityDecision, *, on: date) -> Finality:
    """A decision on a restitution moves no application: it is final once its time has run, or the court upheld it."""
    if decision.judgment:
        return Finality.FINAL if decision.judgment == CourtRuling.UPHELD else Finality.SET_ASIDE
    if decision.appealed_on is not None:
        return Finality.APPEALED
    if decision.appeal_by is None:
        return Finality.UNNOTIFIED
    return Finality.OPEN if on <= decision.appeal_by else Finality.FINAL


def decisions(office: Office) -> QuerySet[IdentityDecision]:
    """The decisions that an authority follows, the latest first: the centre all, the department its own, others none."""
    later = IdentityDecision.objects.on_the_application().filter(
        Q(decided_at__gt=OuterRef("decided_at")), application=OuterRef("application_id")
    )
    rows = IdentityDecision.objects.select_related("application__office").annotate(is_overtaken=Exists(later))
    if office.authority == Office.Authority.DEPARTMENT:
        rows = rows.filter(act="department_decided")
    elif office.authority != Office.Authority.CENTRE:
        rows = rows.none()
    return rows.order_by("-decided_at", "-id")


def only(rows: QuerySet[IdentityDecision], wanted: str, *, on: date) -> QuerySet[IdentityDecision]:
    """Those decisions that stand so on a day; all of them for a word that is no state."""
    known = (*_OPEN, *_APPEALED, *_FINAL)
    returned = Q(return_request__isnull=False)
    untouched = returned & Q(appealed_on=None)
    current = ~returned & Q(is_overtaken=False)
    running = current & Q(application__state__in=_OPEN)
    conditions = {
        Finality.UNNOTIFIED: (running | untouched) & Q(appeal_by=None),
        Finality.OPEN: (running | untouched) & Q(appeal_by__gte=on),
        Finality.ELAPSED: running & Q(appeal_by__lt=on),
        Finality.APPEALED: (current & Q(application__state__in=_APPEALED))
        | (returned & Q(appealed_on__isnull=False, judgment="")),
        Finality.FINAL: (current & Q(application__state__in=_FINAL))
        | (untouched & Q(appeal_by__lt=on))
        | Q(judgment=CourtRuling.UPHELD),
        Finality.SET_ASIDE: (~returned & (Q(is_overtaken=True) | ~Q(application__state__in=known)))
        | Q(judgment=CourtRuling.SET_ASIDE),
    }
    return rows.filter(conditions[Finality(wanted)]) if wanted in Finality.values else rows


def title_of(decision: IdentityDecision) -> str:
    """What the decision is called."""
    return TITLES.get(decision.act, decision.act)


def court_files(case_reference: str) -> QuerySet[IssuedDocument]:
    """The files made for the court in a case, the latest first."""
    return IssuedDocument.objects.of_case(case_reference).filter(kind=COURT_FILE).order_by("-version")


@job(lease_seconds=120, alarm_at=4)
def make_court_file(application_id: str, role: str, account_id: str, *, at: datetime) -> Callable[[], object] | None:
    """Make and seal the file for the court, with the journal and the sealed decisions in it; written in the journal."""
    application = IdentityApplication.objects.select_related("office").filter(pk=application_id).first()
    if application is None:
        return None
    chain = journal.entries(application.reference)
    office = Office.objects.filter(authority=role).first()
    content = court_file(application, chain, office=office, verification=documents.new_verification(), at=at)
    attached = {"journal.json": journal_as_json(chain), **_sealed_decisions(application)}
    ready = documents.prepare(content, title=COURT_FILE_TITLE, issued_at=at, attachments=attached)
    agent = Actor(role, account_id)
    before = court_files(application.reference).first()

    def commit() -> None:
        kept = documents.keep(
            ready, case_reference=application.reference, kind=COURT_FILE, actor=agent, at=at, supersedes=before
        )
        facts = {"document": kept.digest, "version": kept.version}
        record("court_file_made", application.reference, actor=agent, at=at, facts=facts)

    return commit


def journal_as_json(chain: Sequence[Entry]) -> bytes:
    """The journal as it is chained, every field that a digest covers, so that anybody can verify it."""
    names = (
        "case_reference",
        "seq",
        "act",
        "role",
        "actor",
        "source",
        "target",
        "facts",
        "basis",
        "previous",
        "digest",
    )
    told = [{"at": journal.at_utc(one.at), **{name: getattr(one, name) for name in names}} for one in chain]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _sealed_decisions(application: IdentityApplication) -> dict[str, bytes]:
    """The sealed letters of the decisions, by file name."""
    issued = IssuedDocument.objects.of_case(application.reference).filter(kind__startswith="decision")
    rows = enumerate(issued.order_by("issued_at", "id"), start=1)
    return {f"decision-{number}.pdf": documents.content_of(document) for number, document in rows}


def court_file(
    application: IdentityApplication,
    chain: Sequence[Entry],
    *,
    office: Office | None = None,
    verification: Verification,
    at: datetime,
) -> Report:
    """What the court is told: the decisions with their reasons, how they were notified, the pieces, the journal.

    Biometric data and numbers of documents are no part of it.
    """
    return Report(
        issuer=issuer(office),
        title=COURT_FILE_TITLE,
        reference=application.reference,
        facts=_facts(application),
        sections=(
            *_decided(application),
            *_referred(application),
            _notified(application, chain),
            _pieces(application),
            _documents(application),
            _journal(chain),
        ),
        issued_on=day_of(at),
        verification=verification,
    )


def _facts(application: IdentityApplication) -> tuple[Fact, ...]:
    born = application.born_on
    office = application.office.name if application.office else ""
    lodged = f"{short_date(day_of(application.lodged_at))}, {office}" if application.lodged_at else office
    facts = (
        Fact(label="Personne", value=application.name or ""),
        Fact(label="Date de naissance", value=born or ""),
        Fact(label="Demande", value=f"{application.get_request_display()}, {application.get_reason_display()}"),
        Fact(label="Déposée", value=lodged),
        Fact(label="État", value=application.state_name),
        Fact(label="Voie de droit", value="art. 13 RDId"),
    )
    return tuple(fact for fact in facts if fact.value)


def _decided(application: IdentityApplication) -> list[Section]:
    found = []
    for one in application.decisions.order_by("decided_at", "id"):
        ground = f"Motif : {grounds(one.act)[one.ground]}." if one.ground else ""
        notified = f"Notifiée le {short_date(one.notified_on)}" if one.notified_on else "Notification non enregistrée"
        until = f" ; recours jusqu'au {short_date(one.appeal_by)} compris." if one.appeal_by else "."
        decided = f"Rendue le {short_date(day_of(one.decided_at))} par {one.signatory}. {notified}{until}"
        appealed = f"Recours déposé le {short_date(one.appealed_on)}." if one.appealed_on else ""
        judged = f"Jugement : {one.get_judgment_display()}." if one.judgment else ""
        told = tuple(sentence for sentence in (decided, ground, one.reasons, appealed, judged) if sentence)
        found.append(Section(title=f"Décision : {title_of(one)}", paragraphs=told))
    return found


def _referred(application: IdentityApplication) -> list[Section]:
    rows = application.referrals.filter(decided_at__isnull=False).order_by("referred_at")
    return [
        Section(
            title="Question soumise au département (art. 12 al. 2 RDId)",
            paragraphs=(one.question, f"Décision du département : {one.get_ruling_display()}.", one.reasons),
        )
        for one in rows
    ]


def _notified(application: IdentityApplication, chain: Sequence[Entry]) -> Section:
    recorded = [
        (
            instant(one.at),
            "Notification enregistrée",
            f"remise le {short_date(date.fromisoformat(one.facts['notified_on']))}",
        )
        for one in chain
        if one.act == "decision_notified"
    ]
    messages = OutboxMessage.objects.filter(case_reference=application.reference).order_by("owed_at", "id")
    sent = [
        (
            instant(one.sent_at) if one.sent_at else "non envoyé",
            _DELIVERED_AS.get(one.channel, one.channel).capitalize(),
            compose(one)[0],
        )
        for one in messages
    ]
    rows = tuple(recorded + sent)
    none = () if rows else ("Aucune notification n'est enregistrée à ce jour.",)
    columns = ("Quand", "Par quelle voie", "Quoi")
    return Section(title="Preuves de notification", paragraphs=none, headings=columns, rows=rows, wide=2)


def _pieces(application: IdentityApplication) -> Section:
    seen = application.pieces.order_by("seen_at", "id")
    rows = tuple((str(number), one.label, instant(one.seen_at), one.words) for number, one in enumerate(seen, start=1))
    none = () if rows else ("Aucune pièce n'a été produite.",)
    columns = ("N°", "Pièce", "Vue", "Ce qu'elle établit")
    return Section(title="Pièces produites", paragraphs=none, headings=columns, rows=rows, wide=3)


def _documents(application: IdentityApplication) -> Section:
    issued = IssuedDocument.objects.of_case(application.reference).exclude(kind=COURT_FILE).order_by("issued_at", "id")
    rows = tuple((one.title, instant(one.issued_at), f"{one.digest[:32]} {one.digest[32:]}") for one in issued)
    none = () if rows else ("Aucun document n'a été établi dans ce dossier.",)
    columns = ("Document", "Établi", "Empreinte SHA-256")
    return Section(title="Documents du dossier", paragraphs=none, headings=columns, rows=rows, wide=2)


def _journal(chain: Sequence[Entry]) -> Section:
    rows = tuple(
        (str(one.seq), instant(one.at), to_the_court(one), ROLES.get(one.role, one.role), one.digest[:16])
        for one in chain
    )
    breaks = journal.verify(chain[0].case_reference) if chain else []
    told = tuple(breaks) or ("Chaque inscription contient l'empreinte de la précédente ; la chaîne est intacte.",)
    return Section(
        title="Journal",
        paragraphs=(*told, "Le journal entier est joint à ce document (journal.json), avec les décisions scellées."),
        headings=("N°", "Quand", "Acte", "Par", "Empreinte"),
        rows=rows,
        wide=2,
    )
