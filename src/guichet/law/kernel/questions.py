"""A question the law answers: a name, typed inputs, the passages it relies on, and the rule."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.inputs import BadInput, Input
from guichet.law.kernel.money import Chf
from guichet.law.kernel.tables import Table

Rule = Callable[[date, Any, Mapping[str, Any]], Answer]


@dataclass(frozen=True, slots=True)
class Figures:
    """The table of amounts a question reads, and the point of it that its typed inputs mean on a day of law.

    What a reform of these amounts would do can then be computed for a whole file of cases.
    """

    table: Table[Chf]
    point: Callable[[date, Mapping[str, Any]], tuple[Hashable, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the public contract; ``title`` is the question in French, ``figures`` the amounts it can be reformed by."""

    name: str
    title: str
    inputs: tuple[Input, ...]
    sources: tuple[Ref, ...]
    rule: Rule
    figures: Figures | None = None

    def read(self, given: Mapping[str, Any], facts: Any) -> dict[str, Any]:
        """The typed inputs; an optional one that is absent has its default.

        Raises:
            BadInput: an input is missing, unknown to the question, or not acceptable.
        """
        read: dict[str, Any] = {}
        for each in self.inputs:
            value = given.get(each.name)
            if value is not None:
                read[each.name] = each.read(value, facts)
            elif each.required or each.name in given:
                raise each.refuse(None, facts)
            else:
                read[each.name] = each.default
        if len(given) > len(self.inputs) or not read.keys() >= given.keys():
            extra = next(name for name in given if name not in read)
            raise BadInput(
                extra, given[extra], [each.name for each in self.inputs] or "aucune entrée pour cette question"
            )
        return read
