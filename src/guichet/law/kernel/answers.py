"""What the law can answer: six kinds, a closed set, each with its reasons; never a bare value.

`match` on the classes is exhaustive: a type checker refuses a forgotten kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, ClassVar, TypeAlias, TypeVar, overload

from guichet.law.kernel.addresses import Ref, distinct
from guichet.law.kernel.money import Chf
from guichet.law.kernel.wording import enumerate_in_french, write_date, write_moment

Kind = TypeVar("Kind", bound="_Answer")


class NotDecided(Exception):  # noqa: N818 - the law has an answer, only not the one that was needed
    """A decided answer was needed and the law gave another kind; ``answer`` says which, and why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.say())
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a date or a sum, in French, with what it rests on and the day or amount reached."""

    text: str
    basis: tuple[Ref, ...] = ()
    reached: date | Chf | None = None

    def to_json(self) -> dict[str, Any]:
        """``text``, ``reached`` and ``basis`` as the public contract writes them."""
        return {
            "text": self.text,
            "reached": plain(self.reached),
            "basis": [ref.to_json() for ref in self.basis],
        }


class Steps(Sequence[Step]):
    """Steps written on first reading: most answers are used for their value, and French sentences cost time."""

    __slots__ = ("_steps", "_write")

    def __init__(self, write: Callable[[], tuple[Step, ...]]) -> None:
        self._write = write
        self._steps: tuple[Step, ...] | None = None

    def _written(self) -> tuple[Step, ...]:
        if self._steps is None:
            self._steps = self._write()
        return self._steps

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Step]: ...
    def __getitem__(self, index: int | slice) -> Step | Sequence[Step]:
        return self._written()[index]

    def __len__(self) -> int:
        return len(self._written())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._written() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._written())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the six kinds share: the passages that decided, the steps, and what a careful jurist would add."""

    kind: ClassVar[str] = ""

    because: tuple[Ref, ...] = ()
    steps: Sequence[Step] = ()
    reservations: tuple[str, ...] = ()
    question: str = ""
    on: date | None = None

    def to(self: Kind, question: str, on: date) -> Kind:
        """The same answer, naming the question it answers and the day of law."""
        fresh = object.__new__(type(self))
        # dataclasses.replace would do, at three times the cost of the whole decision.
        for name in _COPIED[type(self)]:  # type: ignore[index]  # every subclass is a member of Answer
            object.__setattr__(fresh, name, getattr(self, name))
        object.__setattr__(fresh, "question", question)
        object.__setattr__(fresh, "on", on)
        return fresh

    def require(self) -> Mapping[str, Any]:
        """The decided value.

        Raises:
            NotDecided: any other kind; the caller has no value to fall back on.
        """
        raise NotDecided(self)  # type: ignore[arg-type]  # every subclass is a member of Answer

    def to_json(self) -> dict[str, Any]:
        """The object of the public contract: plain values only, amounts and dates as strings."""
        return {
            "question": self.question,
            "on": self.on.isoformat() if self.on else None,
            "kind": self.kind,
            **self._particulars(),
            "because": [ref.to_json() for ref in self.because],
            "steps": [step.to_json() for step in self.steps],
            "reservations": list(self.reservations),
        }

    def say(self) -> str:
        """The answer as a French sentence with its passages; reservations follow, one a line."""
        cited = enumerate_in_french([ref.cite for ref in self.because])
        sentence = f"{self.sentence} ({cited})." if cited else f"{self.sentence}."
        return "\n".join([sentence, *(f"Réserve : {reservation}" for reservation in self.reservations)])

    def _particulars(self) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def sentence(self) -> str:
        """The answer itself in French, without its passages and its full stop."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(_Answer):
    """The law decides: ``value`` holds what was asked, ``phrase`` the French sentence with the names of the values."""

    kind: ClassVar[str] = "decided"

    value: Mapping[str, Any]
    phrase: str

    def require(self) -> Mapping[str, Any]:
        return self.value

    def _particulars(self) -> dict[str, Any]:
        return {"value": {name: plain(value) for name, value in self.value.items()}}

    @property
    def sentence(self) -> str:
        return self.phrase.format(**{name: _spoken(value) for name, value in self.value.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred(_Answer):
    """The law sends the matter to another authority (« les cas non prévus sont tranchés par … »)."""

    kind: ClassVar[str] = "referred"

    authority: str

    def _particulars(self) -> dict[str, Any]:
        return {"to": self.authority}

    @property
    def sentence(self) -> str:
        return f"La question est tranchée par {self.authority}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(_Answer):
    """An open norm: a person must weigh, by the criteria listed."""

    kind: ClassVar[str] = "assessment"

    by: str
    criteria: tuple[str, ...] = ()

    def _particulars(self) -> dict[str, Any]:
        return {"by": self.by, "criteria": list(self.criteria)}

    @property
    def sentence(self) -> str:
        criteria = f", selon : {enumerate_in_french(self.criteria)}" if self.criteria else ""
        return f"Cela demande une appréciation de {self.by}{criteria}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(_Answer):
    """Our sources do not hold the wording of that day; ``before`` is the day from which they do."""

    kind: ClassVar[str] = "unknown"

    before: date

    def _particulars(self) -> dict[str, Any]:
        return {"before": self.before.isoformat()}

    @property
    def sentence(self) -> str:
        return f"Le texte applicable avant le {write_date(self.before)} ne figure pas dans nos sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotInForce(_Answer):
    """The passage does not apply on that day: not yet (``since``), no longer (``until``, last day in force)."""

    kind: ClassVar[str] = "not_in_force"

    since: date | None = None
    until: date | None = None

    def _particulars(self) -> dict[str, Any]:
        ends = {"from": self.since, "until": self.until}
        return {name: day.isoformat() for name, day in ends.items() if day}

    @property
    def sentence(self) -> str:
        parts = [f"depuis le {write_date(self.since)}"] if self.since else []
        parts += [f"jusqu'au {write_date(self.until)}"] if self.until else []
        return f"Cette règle n'est pas en vigueur ce jour-là : elle s'applique {' et '.join(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideSources(_Answer):
    """Another text decides, and it is not among our sources; ``missing`` names it."""

    kind: ClassVar[str] = "outside_sources"

    missing: str

    def _particulars(self) -> dict[str, Any]:
        return {"missing": self.missing}

    @property
    def sentence(self) -> str:
        return f"Nos sources ne permettent pas de répondre : il faudrait {self.missing}"


Answer: TypeAlias = Decided | Referred | Assessment | Unknown | NotInForce | OutsideSources
KINDS: tuple[type[Answer], ...] = (Decided, Referred, Assessment, Unknown, NotInForce, OutsideSources)
_COPIED = {kind: tuple(field.name for field in fields(kind) if field.name not in {"question", "on"}) for kind in KINDS}


def first_undecided(*answers: Answer) -> Answer | None:
    """The first answer that is not decided, carrying the reasons of those before it: unknown never enters arithmetic."""
    for place, answer in enumerate(answers):
        if not isinstance(answer, Decided):
            return replace(answer, because=reasons(answers[: place + 1]))
    return None


def reasons(answers: Iterable[Answer]) -> tuple[Ref, ...]:
    """The passages of all the answers, each once."""
    return distinct(*(answer.because for answer in answers))


def plain(value: Any) -> Any:
    """A value as JSON writes it."""
    if isinstance(value, Chf):
        return value.francs
    if isinstance(value, date):
        return value.isoformat()
    return value


def _spoken(value: Any) -> str:
    """A value as a French sentence holds it."""
    if isinstance(value, date):
        return write_moment(value)
    return str(value)
