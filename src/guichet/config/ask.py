"""The command line of the law: ``guichet ask`` and ``guichet replay``. Needs neither a database nor the framework.

Exit status: 0 for any kind of answer, 2 for a bad or missing input, an unknown question or an unreadable file.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from guichet.law import procedures, questions
from guichet.law.kernel.clocks import Suspension
from guichet.law.kernel.inputs import BadInput, Input
from guichet.law.kernel.procedures import Transition
from guichet.law.kernel.replay import Replay
from guichet.law.kernel.wording import write_day, write_moment

from .terminal import BAD, OK, adopt_facts, as_json_line, day_of, refuse, write


def ask(argv: list[str]) -> int:
    """``guichet ask QUESTION name=value… [--on DAY] [--json]``, ``--list`` or ``--batch FILE``; the exit status."""
    parser = argparse.ArgumentParser("guichet ask", description="Poser une question au droit.")
    parser.add_argument("question", nargs="?", help="nom de la question, comme cgv.fee")
    parser.add_argument("inputs", nargs="*", metavar="nom=valeur", help="entrées de la question")
    parser.add_argument("--on", metavar="AAAA-MM-JJ", help="jour du droit (aujourd'hui à Genève)")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")
    parser.add_argument("--list", action="store_true", help="toutes les questions, leurs entrées et leurs sources")
    parser.add_argument(
        "--batch", metavar="FICHIER", help="une question par ligne (JSON), une réponse par ligne ; - : entrée"
    )
    given = parser.parse_intermixed_args(argv)
    if not adopt_facts():
        return BAD
    if given.list:
        return _list(as_json=given.json)
    try:
        on = day_of(given.on)
        if given.batch is not None:
            return _batch(given.batch, on)
        if given.question is None:
            raise BadInput("question", None, list(questions.QUESTIONS))
        inputs = _inputs(given.question, given.inputs)
        answer = questions.answer_object({"question": given.question, "on": on, **inputs}, today=on)
    except BadInput as error:
        return refuse(error, as_json=given.json)
    write(as_json_line(answer.to_json()) if given.json else answer.say())
    return OK


def replay(argv: list[str]) -> int:
    """``guichet replay PROCEDURE EVENTS.json [--on DAY] [--json]`` or ``--list``; the exit status."""
    parser = argparse.ArgumentParser("guichet replay", description="Rejouer une procédure à partir de ses événements.")
    parser.add_argument("procedure", nargs="?", help="nom de la procédure, comme cgv.order")
    parser.add_argument("events", nargs="?", metavar="EVENTS.json", help="liste d'événements ; - : entrée standard")
    parser.add_argument("--on", metavar="AAAA-MM-JJ", help="jour regardé (aujourd'hui à Genève)")
    parser.add_argument(
        "--suspension",
        metavar="apply|ignore",
        default=procedures.SUSPENSION.default,
        help="suspension des délais là où aucun texte ne tranche (ignore)",
    )
    parser.add_argument("--json", action="store_true", help="répondre en JSON")
    parser.add_argument("--list", action="store_true", help="toutes les procédures et leurs événements")
    given = parser.parse_intermixed_args(argv)
    if given.list:
        return _list_procedures(as_json=given.json)
    try:
        if given.procedure is None:
            raise BadInput("procedure", None, list(procedures.PROCEDURES))
        procedures.find(given.procedure)
        suspension = Suspension(procedures.SUSPENSION.read(given.suspension, None))
        result = procedures.replay(given.procedure, _events(given.events), on=day_of(given.on), suspension=suspension)
    except BadInput as error:
        return refuse(error, as_json=given.json)
    write(as_json_line(result.to_json()) if given.json else _tell(result))
    return OK


def _inputs(name: str, pairs: list[str]) -> dict[str, Any]:
    known = {each.name: each for each in questions.find(name).inputs}
    read: dict[str, Any] = {}
    for pair in pairs:
        field, separator, text = pair.partition("=")
        if not separator or field not in known:
            raise BadInput(field, text if separator else None, [f"{known_name}=…" for known_name in known])
        if field in read:
            raise BadInput(field, text, "une seule fois chaque entrée")
        read[field] = known[field].from_text(text)
    return read


def _batch(file: str, today: date) -> int:
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as lines:
            return _answer_lines(lines, today)
    except OSError as error:
        raise BadInput("batch", file, f"un fichier lisible ({error.strerror})") from error


def _answer_lines(lines: BinaryIO, today: date) -> int:
    status = OK
    for line in lines:
        try:
            answer = questions.answer_object(_load(line, "line"), today=today).to_json()
        except BadInput as error:
            answer, status = error.to_json(), BAD
        write(as_json_line(answer))
    return status


def _events(file: str | None) -> list[Any]:
    if file is None:
        raise BadInput("events", None, "un fichier JSON, ou - pour l'entrée standard")
    try:
        written = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadInput("events", file, f"un fichier lisible ({error.strerror})") from error
    events = _load(written, "events")
    if not isinstance(events, list):
        raise BadInput("events", type(events).__name__, "une liste d'événements")
    return events


def _load(written: bytes, field: str) -> Any:
    try:
        return json.loads(written)
    except (ValueError, RecursionError) as error:
        given = written.decode("utf-8", "replace").strip()[:200]
        raise BadInput(field, given, "du JSON, en UTF-8") from error


def _list(*, as_json: bool) -> int:
    described = questions.describe()
    if as_json:
        write(as_json_line({"questions": described, "procedures": _procedures()}))
        return OK
    for question in described:
        write(f"{question['name']}  {question['title']}")
        for each in question["inputs"]:
            accepted = each["accepted"] if isinstance(each["accepted"], str) else " · ".join(each["accepted"])
            write(f"    {each['name']}{_optional(each)} : {accepted}")
        write(f"    sources : {', '.join(source['cite'] for source in question['sources'])}")
    return OK


def _optional(each: dict[str, Any]) -> str:
    if each["required"]:
        return ""
    return " (facultatif)" if each["default"] is None else f" (facultatif, sinon {json.dumps(each['default'])})"


def _list_procedures(*, as_json: bool) -> int:
    if as_json:
        write(as_json_line(_procedures()))
        return OK
    for procedure in procedures.PROCEDURES.values():
        write(f"{procedure.name}  {procedure.title}")
        for each in procedure.transitions:
            basis = ", ".join(ref.cite for ref in each.basis)
            sources = ", ".join(state for state in procedure.states if state in each.sources)
            write(f"    {each.act} : {sources} → {each.target} ({', '.join(sorted(each.who))}) {basis}")
            for fact in each.facts:
                write(f"        {_tell_fact(fact, each)}")
    return OK


def _tell_fact(fact: Input, line: Transition) -> str:
    accepted = line.words(fact.name) or fact.accepted(None)
    optional = "" if fact.required else " (facultatif)"
    return f"{fact.name}{optional} : {accepted if isinstance(accepted, str) else ' · '.join(accepted)}"


def _procedures() -> list[dict[str, Any]]:
    return [procedures.describe(procedure) for procedure in procedures.PROCEDURES.values()]


def _tell(result: Replay) -> str:
    names = result.procedure.states
    lines = [f"État : {names[result.state]}."]
    for taken in result.history:
        basis = ", ".join(ref.cite for ref in taken.transition.basis)
        lines.append(f"{write_day(taken.event.day)} : {taken.transition.done} ({basis})")
    status = {"open": "en cours", "closed": "terminé", "expired": "échu"}
    for clock in result.clocks:
        last_day = write_moment(clock.deadline.until or clock.deadline.last_day)
        lines.append(
            f"Délai « {clock.deadline.clock.title} » : jusqu'au {last_day}, {status[clock.status(result.on)]}."
        )
    lines += [f"Possible : {each.label} ({each.act}, {', '.join(sorted(each.who))})." for each in result.possible]
    for block in result.blocked:
        until = f" Jusqu'au {write_moment(block.until)}." if block.until else ""
        lines.append(f"Exclu : {block.act}. {block.why} ({', '.join(ref.cite for ref in block.basis)}){until}")
    notes = [note for taken in result.history for note in taken.reservations]
    notes += [note for clock in result.clocks for note in clock.deadline.reservations]
    lines += dict.fromkeys(f"Réserve : {note}" for note in notes)
    return "\n".join(lines)
