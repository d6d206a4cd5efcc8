"""Refusals as the API writes them: one shape for what was typed wrongly, one for what the office's rules forbid."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from guichet.kit.errors import Refused
from guichet.law.kernel.inputs import BadInput

from .schemas import Passage, Problem

# Pydantic's words for what is wrong with a value, as a French programmer's colleague would say it.
_ACCEPTED = {
    "missing": "une valeur",
    "string_type": "un texte",
    "string_too_short": "un texte de {min_length} caractère(s) au moins",
    "string_too_long": "un texte de {max_length} caractères au plus",
    "string_pattern_mismatch": "un texte de la forme {pattern}",
    "extra_forbidden": "seuls les champs décrits",
    "model_attributes_type": "un objet JSON",
    "dict_type": "un objet JSON",
}


class Said(Schema):
    """A refusal in words: ``code`` for the program, ``message`` for the person."""

    code: str
    message: str
    because: list[Passage] = []


class RefusalOut(Schema):
    """What the office's rules forbid, or what does not exist."""

    error: Said


# What any operation may answer besides its result.
BAD_INPUT: dict[int, Any] = {400: Problem, 422: Problem}
NOT_FOUND: dict[int, Any] = {404: RefusalOut}
TOO_MANY: dict[int, Any] = {429: RefusalOut}


def install(api: NinjaAPI) -> None:
    """Answer every refusal in JSON, in French, with nothing of what was typed."""

    def refused(request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
        assert isinstance(error, Refused)
        because = [ref.to_json() for ref in error.basis]
        said = {"error": {"code": error.code, "message": error.message, "because": because}}
        answer = api.create_response(request, said, status=error.status)
        if error.status == 429:  # noqa: PLR2004 - HTTP's own number
            answer["Retry-After"] = "60"
        return answer

    def invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
        assert isinstance(error, ValidationError)
        return api.create_response(request, {"error": _first(error.errors)}, status=422)

    def unacceptable(request: HttpRequest, error: BadInput | type[BadInput]) -> HttpResponse:
        assert isinstance(error, BadInput)
        return api.create_response(request, error.to_json(), status=422)

    def unreadable(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
        assert isinstance(error, HttpError)
        refusal = {"error": {"field": "body", "given": None, "accepted": "du JSON, en UTF-8"}}
        return api.create_response(request, refusal, status=error.status_code)

    def missing(request: HttpRequest, error: Http404 | type[Http404]) -> HttpResponse:
        said = {"error": {"code": "not_found", "message": "Cela n'existe pas.", "because": []}}
        return api.create_response(request, said, status=404)

    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(BadInput, unacceptable)
    api.add_exception_handler(HttpError, unreadable)
    api.add_exception_handler(Http404, missing)


def _first(errors: list[Any]) -> dict[str, Any]:
    """The first thing that is wrong: where, and what is accepted there; never the value itself."""
    wrong = errors[0]
    place = [str(part) for part in wrong["loc"] if part not in ("body", "query", "path", "asked")]
    accepted = _ACCEPTED.get(wrong["type"], "une autre valeur : voir la description de l'API")
    return {"field": ".".join(place) or "body", "given": None, "accepted": accepted.format_map(_Bounds(wrong))}


class _Bounds(dict[str, Any]):
    """The bounds that an error speaks of, by name."""

    def __init__(self, wrong: dict[str, Any]) -> None:
        super().__init__(wrong.get("ctx") or {})

    def __missing__(self, name: str) -> str:
        return "…"
