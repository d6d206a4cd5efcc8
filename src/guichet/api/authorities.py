"""The directory of the authorities over HTTP: what the page ``/autorites/`` shows, for programs."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from guichet.institutions.competence import competences
from guichet.institutions.models import Office
from guichet.kit import clock

router = Router(tags=["authorities"])


class CompetenceOut(Schema):
    """Something an authority takes, and the passage of the regulation that says so."""

    what: str
    passage: str


class AuthorityOut(Schema):
    """An authority of the regulation on identity documents; ``bfs_number`` is absent for those of the canton."""

    code: str
    name: str
    authority: Office.Authority
    bfs_number: int | None
    address: list[str]
    hours: str
    telephone: str
    competences: list[CompetenceOut]


@router.get("/authorities", response=list[AuthorityOut], summary="Les autorités des documents d'identité")
def directory(request: HttpRequest) -> list[AuthorityOut]:
    """Every authority with address, hours and competences; the communes by their number."""
    competent = competences(clock.today())
    return [
        AuthorityOut(
            code=office.code,
            name=office.name,
            authority=Office.Authority(office.authority),
            bfs_number=office.bfs_number,
            address=office.address_lines,
            hours=office.hours,
            telephone=office.telephone,
            competences=[CompetenceOut(**one._asdict()) for one in competent.get(office.authority, ())],
        )
        for office in Office.objects.exclude(authority="").order_by("bfs_number", "name")
    ]
