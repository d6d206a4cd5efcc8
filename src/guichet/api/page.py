"""The API for people: every operation on one page, from its own description, without script."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

_SUBJECTS = {
    "law": "Le droit",
    "orders": "Prestations, conditions, commandes",
    "documents": "Vérifier un document",
    "authorities": "Autorités",
    "health": "Fonctionnement",
}


class Operation(NamedTuple):
    """One operation: its verb, its address, what it does and what it may answer."""

    verb: str
    path: str
    summary: str
    answers: str


class OperationsPage(DocsBase):
    """``/api/``: the list of operations, by subject, with the address of the machine-readable description."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Read the description once more and list it."""
        described: dict[str, list[Operation]] = {title: [] for title in _SUBJECTS.values()}
        for path, verbs in api.get_openapi_schema()["paths"].items():
            for verb, operation in verbs.items():
                answers = ", ".join(str(status) for status in operation["responses"])
                one = Operation(verb.upper(), path, operation["summary"], answers)
                described[_SUBJECTS[operation["tags"][0]]].append(one)
        return render(request, "api/operations.html", {"api": api, "subjects": described})
