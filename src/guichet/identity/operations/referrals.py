"""What the regulation does not foresee is decided by the department (art. 12 al. 2 RDId), and serves as a precedent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from guichet.casework.acts import Actor, take
from guichet.identity.models import DepartmentRuling, IdentityApplication, IdentityDecision, Precedent, Referral
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.kit.formats import numeric_date, short_date
from guichet.kit.writing import insert_new
from guichet.law.kernel.addresses import Ref
from guichet.law.procedures import RDID_APPLICATION

from . import deciding
from .due import set_due_date

MOST_FOUND = 50
MOST_ALIKE = 5
_LEAST_NAME = 3
_PATTERNS: Mapping[str, str] = {
    "un numéro AVS": r"\b756[.\s]?\d{4}[.\s]?\d{4}[.\s]?\d{2}\b",
    "une référence de dossier": r"\b[A-Z]{3}-[0-9A-Z]{8}-[0-9A-Z]\b",
    "une adresse électronique": r"\S+@\S+\.\S+",
    "un numéro de téléphone": r"(?:\+41|\b0)[\s.]?\d{2}[\s.]?\d{3}[\s.]?\d{2}[\s.]?\d{2}\b",
    "un numéro de document": r"\b[A-Z]\d{7}\b",
}


class PrecedentNote(NamedTuple):
    """A precedent as its author writes it."""

    title: str
    question: str
    facts: str
    reasons: str
    keywords: str
    articles: tuple[str, ...]

    @property
    def text(self) -> str:
        """Everything that is typed."""
        return "\n".join((self.title, self.question, self.facts, self.reasons, self.keywords))


def refer(application: IdentityApplication, *, question: str, agent: Actor, at: datetime) -> Referral:
    """Put a question to the department: the application waits for its ruling.

    Raises:
        NotAllowedNow: the application isn't at the counter any more.
    """
    with transaction.atomic():
        take("referred_to_department", application, actor=agent, at=at)
        # A demand that was withdrawn and a question that stayed behind don't meet again: the procedure ends there.
        return Referral.objects.create(
            application=application, question=question.strip(), referred_at=at, referred_by=agent.name
        )


def decide(
    referral: Referral, ruling: str, *, reasons: str, agent: Actor, signatory: str, at: datetime
) -> IdentityDecision | None:
    """The department's ruling: the application goes on, or is refused by a formal decision with a letter and a remedy.

    Raises:
        Refused: no such ruling, or no reasons.
        NotAllowedNow: it is decided already, or the demand was withdrawn.
    """
    if ruling not in DepartmentRuling.values:
        raise Refused("Dites si la demande suit son cours ou si elle est refusée.")
    if not deciding.LEAST_REASONS <= len(reasons.strip()) <= deciding.MOST_REASONS:
        raise Refused("Motivez la décision en une phrase au moins (20 caractères).")
    application = referral.application
    with transaction.atomic():
        take("department_decided", application, actor=agent, at=at, facts={"ruling": ruling})
        referral.ruling, referral.reasons = ruling, reasons.strip()
        referral.decided_at, referral.decided_by = at, agent.name
        referral.save(update_fields=["ruling", "reasons", "decided_at", "decided_by"])
        decision = None
        if ruling == DepartmentRuling.REFUSE:
            decision = _refusal(application, reasons=reasons.strip(), agent=agent, signatory=signatory, at=at)
        set_due_date(application, at)
    return decision


def _refusal(
    application: IdentityApplication, *, reasons: str, agent: Actor, signatory: str, at: datetime
) -> IdentityDecision:
    decision = IdentityDecision.objects.create(
        application=application,
        act="department_decided",
        ground="",
        reasons=reasons,
        decided_at=at,
        decided_by=UUID(agent.name),
        signatory=signatory,
    )
    deciding.write_letter.enqueue(str(decision.pk))
    return decision


def articles() -> dict[str, str]:
    """The passages of the regulation that a note may name: those on which the acts of an application rest."""
    refs = {ref for line in RDID_APPLICATION.transitions for ref in line.basis if ref.text == "RDId"}
    return {f"{ref.text}:{ref.address}": ref.cite for ref in sorted(refs, key=_place)}


def _place(ref: Ref) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", ref.address)], ref.address


def normalised(text: str) -> str:
    """Small letters without accents, everything between words one space: how notes are searched."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def personal_data_in(note: PrecedentNote, application: IdentityApplication) -> list[str]:
    """What in a note would tell whose case it was, in French; empty when nothing was found.

    Sought are the data of this application (names, birth date, lines of the address, mail address) and whatever has the
    form of a number that names somebody. A person reads the note all the same: this finds forms, not allusions.
    """
    found = [what for what, pattern in _PATTERNS.items() if re.search(pattern, note.text, re.ASCII)]
    words = f" {normalised(note.text)} "
    names = [part for part in normalised(application.name or "").split() if len(part) >= _LEAST_NAME]
    found += ["le nom de la personne"] * any(f" {part} " in words for part in names)
    found += ["l'adresse de la personne"] * any(f" {line} " in words for line in _lines(application.address))
    born = application.born_on
    if born is not None:
        days = (born.isoformat(), numeric_date(born), short_date(born), f"{born.day}.{born.month}.{born.year}")
        found += ["la date de naissance de la personne"] * any(f" {normalised(day)} " in words for day in days)
    return found


def _lines(address: Any) -> Iterable[str]:
    """The parts of a postal address that say where somebody lives: those with a number and a street, normalised."""
    parts: Sequence[Any] = list(address.values()) if isinstance(address, dict) else list(address or ())
    lines = (normalised(str(part)) for part in parts if part)
    return [line for line in lines if re.search(r"[a-z]{3}", line) and " " in line]


def publish(referral: Referral, note: PrecedentNote, *, agent: Actor, at: datetime) -> Precedent:
    """Publish a decision of the department as a precedent for all authorities.

    Raises:
        NotAllowedNow: the case isn't decided, or its note is published already.
        Refused: the note holds personal data, or names no passage.
    """
    if referral.decided_at is None:
        raise NotAllowedNow("Le département n'a pas encore tranché ce cas.")
    application = referral.application
    found = personal_data_in(note, application)
    if found:
        raise Refused(f"La note ne peut pas être publiée : elle contient {', '.join(found)}.")
    known = articles()
    if not note.articles or set(note.articles) - set(known):
        raise Refused("Choisissez au moins un article sur lequel la décision repose.")
    cited = " ".join(f"{known[key]} {key}" for key in note.articles)
    labels = f"{application.get_request_display()} {application.get_reason_display()}"
    precedent = Precedent(
        referral=referral,
        request=application.request,
        reason=application.reason,
        title=note.title.strip(),
        question=note.question.strip(),
        facts=note.facts.strip(),
        ruling=referral.ruling,
        reasons=note.reasons.strip(),
        articles=list(note.articles),
        keywords=note.keywords.strip(),
        words=normalised(f"{note.text} {cited} {labels}"),
        decided_on=day_of(referral.decided_at),
        published_at=at,
        published_by=agent.name,
    )
    if not insert_new([precedent]):
        raise NotAllowedNow("Cette décision est déjà publiée comme précédent.")
    return precedent


def search(text: str = "", *, article: str = "", reason: str = "") -> list[Precedent]:
    """The notes that hold every word of ``text``, cite an article and are about a reason, the latest first (1 query).

    One more than are shown at most, so that the caller knows whether there are others.
    """
    found = Precedent.objects.order_by("-decided_on", "id")
    for word in normalised(text[:200]).split()[:8]:
        found = found.filter(words__contains=word)
    if article:
        found = found.filter(words__contains=f"{normalised(article)} ")
    if reason:
        found = found.filter(reason=reason)
    return list(found[: MOST_FOUND + 1])


def matching(application: IdentityApplication) -> list[Precedent]:
    """The latest notes about the same request for the same reason: what to read before asking (1 query)."""
    alike = Precedent.objects.filter(request=application.request, reason=application.reason)
    return list(alike.order_by("-decided_on", "id")[:MOST_ALIKE])
