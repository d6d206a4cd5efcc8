"""The catalogue: services read from a file, published as versions, withdrawn; orders under way keep theirs (CGV 2/2)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from guichet.kit.errors import Refused
from guichet.kit.memory import Remembered

from .eligibility import CONDITIONS, SENTENCES
from .models import Service, ServiceVersion, Subject

PACKAGED = Path(__file__).parent / "data" / "services.toml"
_TEXTS = {"slug", "code", "title", "summary", "group", "document_title", "hint", "source"}
_LISTS = {"conditions", "contents", "subjects"}


class BadCatalogue(Refused):
    """The file doesn't describe services as it should; nothing of it was published."""

    code = "bad_catalogue"


class Withdrawn(Refused):
    """The service isn't on offer (any more): new orders are refused, those under way continue (CGV 2/2)."""

    code = "withdrawn"
    status = 410


def load(path: Path, *, at: datetime) -> list[ServiceVersion]:
    """Publish a new version of every service whose definition in ``path`` changed; the versions published.

    Raises:
        BadCatalogue: an unknown or missing key, a wrong type, an unknown condition: nothing is published.
    """
    definitions = [_checked(d, place) for place, d in enumerate(tomllib.loads(path.read_text())["service"], start=1)]
    with transaction.atomic():
        published = [v for place, d in enumerate(definitions) if (v := _publish(d, place=place, at=at))]
    _versions.forget()
    return published


def _checked(definition: dict[str, Any], place: int) -> dict[str, Any]:
    where = f"Prestation {place} ({definition.get('slug', 'sans « slug »')})"
    if wrong := set(definition) ^ (_TEXTS | _LISTS):
        raise BadCatalogue(f"{where} : clé manquante ou inconnue : {', '.join(sorted(wrong))}.")
    for key, value in definition.items():
        right = isinstance(value, str) if key in _TEXTS else _is_list_of_texts(value)
        if not right:
            raise BadCatalogue(
                f"{where} : « {key} » doit être {'un texte' if key in _TEXTS else 'une liste de textes'}."
            )
    _known(definition["conditions"], CONDITIONS, f"{where} : condition")
    _known(definition["subjects"], Subject.values, f"{where} : bénéficiaire")
    return definition


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _known(given: Iterable[str], accepted: Iterable[str], what: str) -> None:
    for code in given:
        if code not in accepted:
            raise BadCatalogue(f"{what} « {code} » inconnue ; sont connues : {', '.join(sorted(accepted))}.")


def _publish(definition: dict[str, Any], *, place: int, at: datetime) -> ServiceVersion | None:
    service, created = Service.objects.update_or_create(
        slug=definition["slug"], defaults={"code": definition["code"], "place": place}
    )
    latest = None if created else service.versions.order_by("-number").first()
    if latest is not None and latest.withdrawn_at is None:
        if latest.definition == definition:
            return None
        ServiceVersion.objects.filter(pk=latest.pk).update(withdrawn_at=at)
    number = latest.number + 1 if latest else 1
    return ServiceVersion.objects.create(service=service, number=number, published_at=at, definition=definition)


def withdraw(slug: str, *, at: datetime) -> bool:
    """Take a service off the catalogue from ``at``; False if it was not on offer. Orders under way continue."""
    withdrawn = ServiceVersion.objects.on_offer(at).filter(service__slug=slug).update(withdrawn_at=at)
    _versions.forget()
    return bool(withdrawn)


def on_offer(at: datetime) -> list[ServiceVersion]:
    """The services one can order at ``at``, in the order of the catalogue (1 query)."""
    return list(ServiceVersion.objects.on_offer(at).select_related("service").order_by("service__place", "id"))


def version_on_offer(slug: str, *, at: datetime) -> ServiceVersion:
    """The version of a service that one can order at ``at``.

    Raises:
        Withdrawn: there is none.
    """
    version = ServiceVersion.objects.on_offer(at).select_related("service").filter(service__slug=slug).first()
    if version is None:
        raise Withdrawn(
            "Cette prestation n'est pas (ou plus) proposée. Les commandes déjà passées sont traitées jusqu'à leur issue."
        )
    return version


def _asked(at: datetime) -> Mapping[UUID, ServiceVersion]:
    return {version.pk: version for version in on_offer(at)}


_versions = Remembered(_asked)


def shown(at: datetime) -> list[ServiceVersion]:
    """What the catalogue's pages show: ``on_offer`` as of a few seconds ago at most (no query, mostly)."""
    return [version for version in _versions.at(at).values() if version.is_on_offer(at)]


def is_shown(service: Service, *, at: datetime) -> bool:
    """Whether the catalogue shows a version of this service: it can be ordered (again)."""
    return any(version.service_id == service.pk for version in shown(at))


def version_shown(slug: str, *, at: datetime) -> ServiceVersion:
    """The version of a service to show and to begin with; beginning asks again whether it is on offer.

    Raises:
        Withdrawn: there is none.
    """
    known = next((version for version in shown(at) if version.service.slug == slug), None)
    return known or version_on_offer(slug, at=at)


def edition(version_id: UUID, *, at: datetime) -> ServiceVersion | None:
    """A version with its service, if it is one of those shown; None for an older one, to be read when needed."""
    return _versions.at(at).get(version_id)


def sentences(version: ServiceVersion) -> list[str]:
    """The conditions of a version in French, as its page lists them."""
    return [SENTENCES[code] for code in version.conditions]
