"""One request to the simulator and the answer to it, before any byte is written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import parse_qs

JSON = "application/json; charset=utf-8"


class Call(NamedTuple):
    """One HTTP request; header names are lower-case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    def parameters(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(self.query, keep_blank_values=True).items()}

    def form(self) -> dict[str, str]:
        fields = parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[-1] for name, values in fields.items()}


@dataclass(frozen=True)
class Answer:
    """What is said and how it reaches the caller: ``delivery`` is whole, reset, truncated, drip or drip_headers."""

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    delivery: str = "whole"
    seconds: float = 0.0
    fields: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, status: int, fields: dict[str, Any] | list[Any]) -> Answer:
        kept = fields if isinstance(fields, dict) else {}
        return cls(status, json.dumps(fields, ensure_ascii=False).encode(), fields=kept)

    def with_fields(self, fields: dict[str, Any]) -> Answer:
        return replace(self, body=json.dumps(fields, ensure_ascii=False).encode(), fields=fields)

    @property
    def error_name(self) -> str:
        return str(self.fields.get("ErrorName", ""))


RESET = Answer(0, delivery="reset")
