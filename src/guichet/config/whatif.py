"""The command line of reforms: ``guichet whatif``. Needs neither a database nor the framework.

Exit status: 0 when every row was counted, 2 for a bad argument, an unreadable file, or rows left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from guichet.law import questions
from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.money import Chf
from guichet.law.kernel.questions import Figures, Question
from guichet.reform.cases import BadRow, read_cases
from guichet.reform.chart import draw
from guichet.reform.effect import Effect, effect_of

from .terminal import BAD, OK, adopt_facts, as_json_line, day_of, refuse, write

_FRANCS = re.compile(r"(\d{1,12})(\.\d{2})?", re.ASCII)
KINDS = {
    "referred": "renvoyés à une autorité",
    "assessment": "à apprécier",
    "unknown": "sous un texte que nos sources n'ont pas",
    "not_in_force": "hors de la validité du texte",
    "outside_sources": "réglés par un autre texte",
}


def whatif(argv: list[str]) -> int:
    """``guichet whatif QUESTION ADDRESS=FRANCS… --cases FILE [--on DAY] [--chart FILE.svg] [--json]``; the exit status."""
    parser = argparse.ArgumentParser(
        "guichet whatif", description="Mesurer l'effet d'un changement de montants sur un fichier de cas."
    )
    parser.add_argument("question", nargs="?", help="question dont les montants changent, comme rdid.fee")
    parser.add_argument("reform", nargs="*", metavar="adresse=francs", help="nouveau montant, comme 11/1/1/a=150")
    parser.add_argument(
        "--cases",
        metavar="FICHIER",
        help="un cas par ligne : CSV avec en-tête (entrées de la question, on) ou objets JSON ; - : entrée",
    )
    parser.add_argument("--on", metavar="AAAA-MM-JJ", help="jour du droit des cas qui n'en ont pas (aujourd'hui)")
    parser.add_argument("--chart", metavar="FICHIER.svg", help="écrire aussi un graphique")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")
    given = parser.parse_intermixed_args(argv)
    if not adopt_facts():
        return BAD
    try:
        question, figures = _reformable(given.question)
        reform, on = _reform(given.reform, figures), day_of(given.on)
        with _opened(given.cases) as lines:
            cases = read_cases(lines, question, figures, on=on)
        effect = effect_of(question.name, figures.table, reform, cases)
        if given.chart is not None:
            _write_chart(given.chart, effect)
    except BadInput as error:
        return refuse(error, as_json=given.json)
    return _answer(effect, cases.left_out, as_json=given.json)


def _reformable(name: str | None) -> tuple[Question, Figures]:
    reformable = [each.name for each in questions.QUESTIONS.values() if each.figures]
    if name is None:
        raise BadInput("question", None, reformable)
    question = questions.find(name)
    if question.figures is None:
        raise BadInput("question", name, reformable)
    return question, question.figures


def _reform(pairs: Sequence[str], figures: Figures) -> Mapping[str, Chf]:
    known = list(dict.fromkeys(line.address for line in figures.table.lines))
    reform: dict[str, Chf] = {}
    for pair in pairs:
        address, _, written = pair.partition("=")
        francs = _FRANCS.fullmatch(written)
        if address not in known:
            raise BadInput(address, pair, [f"{each}=…" for each in known])
        if francs is None:
            raise BadInput(address, written, "un montant en francs, comme 150 ou 150.00")
        if address in reform:
            raise BadInput(address, written, "une seule fois chaque adresse")
        reform[address] = Chf.parse(f"{francs[1]}{francs[2] or '.00'}")
    if not reform:
        raise BadInput("reform", None, [f"{each}=…" for each in known])
    return reform


@contextmanager
def _opened(file: str | None) -> Iterator[BinaryIO]:
    if file is None:
        raise BadInput("cases", None, "un fichier CSV ou JSONL, ou - pour l'entrée standard")
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as lines:
            yield lines
    except OSError as error:
        raise BadInput("cases", file, f"un fichier lisible ({error.strerror})") from error


def _write_chart(file: str, effect: Effect) -> None:
    try:
        Path(file).write_text(draw(effect), encoding="utf-8")
    except OSError as error:
        raise BadInput("chart", file, f"un fichier où écrire ({error.strerror})") from error


def _answer(effect: Effect, left_out: Sequence[BadRow], *, as_json: bool) -> int:
    if as_json:
        write(as_json_line({**effect.to_json(), "left_out": [row.to_json() for row in left_out]}))
    else:
        write(_tell(effect))
        for row in left_out:
            write(row.say(), sys.stderr)
    return BAD if left_out else OK


def _tell(effect: Effect) -> str:
    lines = [f"Réforme de {effect.question} :"]
    lines += [f"    {address} : {old} → {new}" for address, (old, new) in effect.changes.items()]
    for line in effect.lines:
        lines.append(f"{line.ref.cite} : {line.cases} cas, {line.before} → {line.after} ({_signed(line.difference)})")
    lines += [f"Cas {KINDS[kind]} : {count}" for kind, count in effect.undecided.items()]
    difference = _signed(effect.after - effect.before)
    lines.append(f"Total : {effect.cases} cas, {effect.before} → {effect.after} ({difference})")
    return "\n".join(lines)


def _signed(amount: Chf) -> str:
    return f"+{amount}" if amount > Chf(0) else str(amount)
