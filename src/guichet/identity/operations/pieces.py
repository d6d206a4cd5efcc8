"""Biometric data: taken at the counter, looked at, kept encrypted, and destroyed once the document exists (LDI 14)."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageFilter, ImageStat

from guichet.casework.acts import SYSTEM, Actor, record
from guichet.documents import store
from guichet.identity.models import Biometric, BiometricKind, CancelledDocument, IdentityApplication
from guichet.kit.errors import NotAllowedNow, Refused

LARGEST_FILE = 5_000_000
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG")
LEAST_SIDE = {BiometricKind.PHOTO: 400}
# 4 by 6 cm (RDId 3/2), and the 35 by 45 mm that photographers cut for passports.
PROPORTIONS, TOLERANCE = (4 / 6, 35 / 45), 0.02
LEAST_SHARPNESS = 6.0
# From which age a datum is taken, as the federal ordinance has it: signature 7, prints 12.
FROM_AGE: Mapping[BiometricKind, int] = {
    BiometricKind.PHOTO: 0,
    BiometricKind.LEFT_INDEX: 12,
    BiometricKind.RIGHT_INDEX: 12,
    BiometricKind.SIGNATURE: 7,
}
HEIGHT_FROM = 14
OPEN_STATES = ("open",)


@dataclass(frozen=True, slots=True)
class Look:
    """What a machine sees of an image: hints for the person who accepts it, never a verdict."""

    width: int
    height: int
    hints: tuple[str, ...]


def age_on(born: date, day: date) -> int:
    """Completed years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def wanted(application: IdentityApplication, *, on: date) -> tuple[BiometricKind, ...]:
    """The data to take of this person at the age of that day: for a card alone the photograph, otherwise all of its age."""
    age = age_on(application.born_on, on) if application.born_on else 0
    if application.request == "identity_card":
        return (BiometricKind.PHOTO,)
    return tuple(kind for kind, least in FROM_AGE.items() if age >= least)


def takes_height(application: IdentityApplication, *, on: date) -> bool:
    """Whether the height of this person is noted at the age of that day."""
    return application.born_on is not None and age_on(application.born_on, on) >= HEIGHT_FROM


def look_at(content: bytes, kind: BiometricKind) -> Look:
    """Open an image as a stranger's file and say what is to be seen.

    Raises:
        Refused: it is too large, or no image that can be read.
    """
    if len(content) > LARGEST_FILE:
        raise Refused("Ce fichier est trop grand : 5 Mo au plus.")
    try:
        return _look(content, kind)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - whatever a hostile file makes of the decoder, it is no image
        raise Refused("Ce fichier n'est pas une image JPEG ou PNG lisible.") from None


def _look(content: bytes, kind: BiometricKind) -> Look:
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        # The size its header says, before a point of it is decoded.
        if image.width * image.height > MOST_PIXELS:
            raise Refused("Cette image compte trop de points : réduisez-la avant de l'envoyer.")
        image.load()
        return Look(image.width, image.height, _hints(image, kind))


def _hints(image: Image.Image, kind: BiometricKind) -> tuple[str, ...]:
    if kind is not BiometricKind.PHOTO:
        return ()
    hints = []
    proportion = image.width / image.height
    if all(abs(proportion - one) > TOLERANCE for one in PROPORTIONS):
        hints.append("La proportion n'est ni celle de 4 sur 6 cm ni celle de 35 sur 45 mm.")
    if image.width < LEAST_SIDE[kind]:
        hints.append(f"La résolution est faible : {image.width} sur {image.height} points.")
    edges = image.convert("L").resize((200, 300)).filter(ImageFilter.FIND_EDGES)
    if ImageStat.Stat(edges.crop((2, 2, 198, 298))).stddev[0] < LEAST_SHARPNESS:
        hints.append("La photographie paraît floue.")
    return tuple(hints)


def capture(
    application: IdentityApplication, kind: BiometricKind, content: bytes, *, agent: Actor, at: datetime
) -> Look:
    """Keep a datum in the place of the one before; the journal keeps that it was taken, not what it is.

    Raises:
        Refused: the file is no image.
        NotAllowedNow: the application is not open at the counter, or the person has not appeared yet.
    """
    look = look_at(content, kind)
    # Before the transaction: the store waits for the disk. What a kill leaves there no row names: it is swept.
    digest = store.put(content)
    with transaction.atomic():
        locked = IdentityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if locked.state not in OPEN_STATES or not (locked.appeared_on or locked.dispensation):
            raise NotAllowedNow("Les données se prennent au guichet, une fois la présence enregistrée.")
        before = Biometric.objects.filter(application=application, kind=kind, purged_at=None)
        stale = [one.digest for one in before if one.digest != digest]
        before.update(purged_at=at, digest="")
        # Whoever accepted the data has not seen this one: they are accepted anew before anything is approved.
        IdentityApplication.objects.filter(pk=application.pk).update(checked_by=None)
        Biometric.objects.create(application=application, kind=kind, digest=digest, captured_at=at)
        record("datum_taken", application, actor=agent, at=at, facts={"kind": str(kind)})
    application.checked_by = None
    _destroy(stale)
    return look


def held(application: IdentityApplication) -> dict[BiometricKind, Biometric]:
    """The data in hand, by kind (1 query)."""
    rows = Biometric.objects.filter(application=application, purged_at=None)
    return {BiometricKind(row.kind): row for row in rows}


def named(digests: Collection[str]) -> set[str]:
    """Which of these digests of the store are those of data in hand (1 query)."""
    return set(Biometric.objects.filter(digest__in=digests, purged_at=None).values_list("digest", flat=True))


def content_of(application: IdentityApplication, kind: BiometricKind, *, agent: Actor, at: datetime) -> bytes:
    """The bytes of a datum for the agent who looks at it; the reading is journalled.

    Raises:
        Refused: none is in hand.
    """
    row = held(application).get(kind)
    if row is None:
        raise Refused("Cette donnée n'est pas, ou plus, au dossier.")
    record("datum_seen", application, actor=agent, at=at, facts={"kind": str(kind)})
    return store.get(row.digest)


def check_taken(application: IdentityApplication, act: str, *, on: date) -> None:
    """All that must be in hand before the data are accepted.

    Raises:
        NotAllowedNow: it is the other act for this document, or something is still to be taken.
    """
    is_card = application.request == "identity_card"
    if is_card != (act == "photo_accepted"):
        line = application.procedure.transition(act)
        raise NotAllowedNow(f"Cet acte n'est pas celui de ce document. {line.guard}", basis=line.basis)
    lacking = missing(application, held(application), on=on)
    if lacking:
        raise NotAllowedNow(lacking, basis=application.procedure.transition(act).basis)


def missing(application: IdentityApplication, taken: Collection[str], *, on: date) -> str:
    """What is still to be taken beside these kinds, as a sentence; empty once all is in hand."""
    lacking = [kind.label for kind in wanted(application, on=on) if kind not in taken]
    return f"Il manque encore : {', '.join(lacking)}." if lacking else ""


def purge(application_id: UUID, *, at: datetime) -> int:
    """Destroy the biometric data and the old document's number of an application that needs them no more.

    How many data were destroyed. Safe to do again after a kill at any point: a row keeps its digest until its bytes are
    gone, and the minutes are written with the last of the rows.
    """
    rows = list(Biometric.objects.filter(application=application_id, purged_at=None))
    for row in rows:
        _destroy([row.digest], but=application_id)
    with transaction.atomic():
        done = Biometric.objects.filter(pk__in=[row.pk for row in rows], purged_at=None).update(purged_at=at, digest="")
        numbers = CancelledDocument.objects.filter(application=application_id, purged_at=None).update(
            number=None, purged_at=at
        )
        application = IdentityApplication.objects.get(pk=application_id)
        IdentityApplication.objects.filter(pk=application_id, purged_at=None).update(purged_at=at)
        if done or numbers:
            facts = {"data": done, "numbers": numbers}
            line = application.procedure.transition("document_issued")
            record("data_destroyed", application.reference, actor=SYSTEM, at=at, facts=facts, basis=line.basis)
    return done


def _destroy(digests: list[str], *, but: UUID | None = None) -> None:
    """Destroy contents that no other application holds: the store keeps the same bytes once."""
    for digest in digests:
        others = Biometric.objects.filter(digest=digest, purged_at=None)
        if but is not None:
            others = others.exclude(application=but)
        if digest and not others.exists():
            store.delete(digest)
