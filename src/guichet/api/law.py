"""The law over HTTP: every question an operation of its own, procedures replayed from their events."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Router

from guichet.api.schemas import AnswerOut, Catalogue, Problem, ReplayOut
from guichet.kit import clock
from guichet.law import procedures, questions
from guichet.law.kernel.inputs import DAY_PATTERN, INSTANT_SCHEMA, BadInput, UnknownQuestion
from guichet.law.kernel.procedures import Procedure, Transition
from guichet.law.kernel.questions import Question

router = Router(tags=["law"])

_DAY = {"type": "string", "format": "date", "pattern": DAY_PATTERN}
_ASKED = {"description": "Le jour du droit ; aujourd'hui à Genève s'il manque."}
_REFUSALS = {400: Problem, 404: Problem, 422: Problem}


@router.get("/", response=Catalogue, by_alias=True, summary="Toutes les questions et procédures")
def catalogue(request: HttpRequest) -> JsonResponse:
    """Every question with its inputs and sources, and every procedure."""
    described = [procedures.describe(procedure) for procedure in procedures.PROCEDURES.values()]
    return _json({"questions": questions.describe(), "procedures": described})


def _answer(request: HttpRequest, name: str) -> JsonResponse:
    try:
        asked = _body(request)
        if not isinstance(asked, dict):
            raise BadInput("body", type(asked).__name__, "un objet JSON")
        questions.find(name)
        if "question" in asked:
            raise BadInput("question", asked["question"], "la question est dans l'adresse")
        return _json(questions.answer_object({**asked, "question": name}, today=clock.today()).to_json())
    except BadInput as error:
        return _refuse(error)


def _replay(request: HttpRequest, name: str) -> JsonResponse:
    try:
        procedures.find(name)
        asked = _body(request)
        whole = {"events": asked} if isinstance(asked, list) else asked
        return _json(procedures.replay(name, **_course(whole)).to_json())
    except BadInput as error:
        return _refuse(error)


def _course(asked: Any) -> dict[str, Any]:
    """What a replay takes: the events, the day looked at, the reading of suspensions."""
    if not isinstance(asked, dict) or not isinstance(asked.get("events"), list):
        raise BadInput("events", None, "une liste d'événements")
    if extra := sorted(set(asked) - {"events", "on", "suspension"}):
        raise BadInput(extra[0], asked[extra[0]], ["events", "on", "suspension"])
    return {
        "events": asked["events"],
        "on": questions.ON.read(asked["on"], None) if "on" in asked else clock.today(),
        "suspension": procedures.SUSPENSION.read(asked.get("suspension", procedures.SUSPENSION.default), None),
    }


def _body(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadInput("body", None, "du JSON, en UTF-8") from error


def _refuse(error: BadInput) -> JsonResponse:
    return _json(error.to_json(), status=404 if isinstance(error, UnknownQuestion) else 422)


def _json(value: Mapping[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(value, status=status)


def _named(name: str, act: Callable[[HttpRequest, str], JsonResponse]) -> Callable[[HttpRequest], JsonResponse]:
    def operation(request: HttpRequest) -> JsonResponse:
        return act(request, name)

    return operation


def _request_body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _schema_of(question: Question) -> dict[str, Any]:
    facts = questions.known_facts()
    properties = {each.name: {**each.schema(facts), "description": each.meaning} for each in question.inputs}
    for each in question.inputs:
        if each.default is not None:
            properties[each.name]["default"] = each.default
    return {
        "type": "object",
        "properties": {"on": _DAY | _ASKED, **properties},
        "required": [each.name for each in question.inputs if each.required],
        "additionalProperties": False,
    }


def _schema_of_line(line: Transition) -> dict[str, Any]:
    """The event that follows a line of a procedure; facts it does not name belong to the case."""
    facts = {fact.name: {**fact.schema(None), "description": fact.meaning} for fact in line.facts}
    for name, words in line.when.items():
        facts[name]["enum"] = [word for word in words if word is not None]
    return {
        "type": "object",
        "title": line.label,
        "properties": {
            "event": {"type": "string", "enum": [line.act]},
            "at": {"anyOf": [_DAY, INSTANT_SCHEMA], "description": "Un instant avec fuseau, ou une date."},
            "by": {"type": "string", "enum": sorted(line.who)},
            **facts,
        },
        "required": ["event", "at", "by", *(fact.name for fact in line.facts if fact.required)],
    }


def _schema_of_events(procedure: Procedure) -> dict[str, Any]:
    shapes: list[dict[str, Any]] = []
    for each in map(_schema_of_line, procedure.transitions):
        if each not in shapes:
            shapes.append(each)
    events = {"type": "array", "items": {"anyOf": shapes}}
    suspension = procedures.SUSPENSION
    properties = {
        "on": _DAY | _ASKED,
        "events": events,
        "suspension": {
            **suspension.schema(None),
            "default": suspension.default,
            "description": "Lecture des délais pour lesquels aucun texte ne dit s'ils sont suspendus.",
        },
    }
    whole = {"type": "object", "properties": properties, "required": ["events"], "additionalProperties": False}
    return {"oneOf": [events, whole]}


for _question in questions.QUESTIONS.values():
    router.post(
        f"/{_question.name}",
        response={200: AnswerOut, **_REFUSALS},
        by_alias=True,
        operation_id=_question.name.replace(".", "_"),
        summary=_question.title,
        description=f"Sources : {', '.join(ref.cite for ref in _question.sources)}.",
        openapi_extra=_request_body(_schema_of(_question)),
    )(_named(_question.name, _answer))

for _procedure in procedures.PROCEDURES.values():
    router.post(
        f"/procedures/{_procedure.name}",
        response={200: ReplayOut, **_REFUSALS},
        operation_id=f"replay_{_procedure.name.replace('.', '_')}",
        summary=f"Rejouer : {_procedure.title}",
        openapi_extra=_request_body(_schema_of_events(_procedure)),
    )(_named(_procedure.name, _replay))


# Last, so that a known name is never caught here: an unknown one is told the nearest.
@router.post("/procedures/{name}", response=_REFUSALS, include_in_schema=False)
def replay_unknown(request: HttpRequest, name: str) -> JsonResponse:
    """Refuse an unknown procedure with the nearest names."""
    return _replay(request, name)


@router.post("/{name}", response=_REFUSALS, include_in_schema=False)
def ask_unknown(request: HttpRequest, name: str) -> JsonResponse:
    """Refuse an unknown question with the nearest names."""
    return _answer(request, name)
