"""The answer of the law as the OpenAPI description shows it: one schema for each kind, told apart by ``kind``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, RootModel


class Passage(Schema):
    """A passage that decided."""

    text: str
    address: str
    cite: str
    known_from: date | None
    outside: bool = False
    source: str = ""


class StepTaken(Schema):
    """One step on the way to a date or a sum."""

    text: str
    reached: str | None
    basis: list[Passage]


class _Answer(Schema):
    question: str
    on: date
    because: list[Passage]
    steps: list[StepTaken]
    reservations: list[str]


class DecidedAnswer(_Answer):
    """The law decides."""

    kind: Literal["decided"]
    value: dict[str, Any]


class ReferredAnswer(_Answer):
    """The law sends the matter to an authority."""

    kind: Literal["referred"]
    to: str


class AssessmentAnswer(_Answer):
    """A person must weigh."""

    kind: Literal["assessment"]
    by: str
    criteria: list[str]


class UnknownAnswer(_Answer):
    """The wording of that day is not in our sources."""

    kind: Literal["unknown"]
    before: date


class NotInForceAnswer(_Answer):
    """The passage does not apply on that day."""

    kind: Literal["not_in_force"]
    since: date | None = Field(None, alias="from")
    until: date | None = None


class OutsideSourcesAnswer(_Answer):
    """Another text, not held here, decides."""

    kind: Literal["outside_sources"]
    missing: str


AnyAnswer = Annotated[
    DecidedAnswer | ReferredAnswer | AssessmentAnswer | UnknownAnswer | NotInForceAnswer | OutsideSourcesAnswer,
    Field(discriminator="kind"),
]


class AnswerOut(RootModel[AnyAnswer]):
    """An answer of the law, of one of six kinds."""


class Refusal(Schema):
    """What was refused: the field, what was given, what is accepted."""

    field: str
    given: Any
    accepted: str | list[str]


class Problem(Schema):
    """A bad or missing input, or an unknown name."""

    error: Refusal


class InputOut(Schema):
    """One input of a question."""

    name: str
    meaning: str
    required: bool
    default: bool | int | str | None = Field(description="Ce que vaut une entrée facultative absente.")
    accepted: str | list[str]
    shape: dict[str, Any] = Field(alias="schema", description="JSON Schema")


class QuestionOut(Schema):
    """A question, its inputs and the passages it relies on."""

    name: str
    title: str
    inputs: list[InputOut]
    sources: list[Passage]


class Catalogue(Schema):
    """Every question and every procedure."""

    questions: list[QuestionOut]
    procedures: list[dict[str, Any]]


class ReplayOut(Schema):
    """Where a case stands: state, history, clocks, what is possible and what is blocked."""

    procedure: str
    on: date
    state: str
    history: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    possible: list[dict[str, Any]]
    blocked: list[dict[str, Any]]
