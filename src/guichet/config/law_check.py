"""``guichet law-check``: the core held against copies of the official texts. Needs neither database nor framework.

Exit status: 0 when nothing differs, 1 when something does, 2 when a copy is missing or unreadable.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from guichet.law.check.comparing import Difference, compare
from guichet.law.check.inventory import Inventory, whole_core
from guichet.law.check.printed import UnreadableText
from guichet.law.check.screens import naming, screens
from guichet.law.check.sources import SOURCES, read_source

SAME, DIFFERENT, BAD = 0, 1, 2


def law_check(argv: list[str]) -> int:
    """``guichet law-check --texts FOLDER``; the exit status."""
    parser = argparse.ArgumentParser("guichet law-check", description="Comparer le droit codé aux textes officiels.")
    files = ", ".join(source.file for source in SOURCES.values())
    parser.add_argument("--texts", metavar="DOSSIER", default="", help=f"dossier des textes officiels : {files}")
    given = parser.parse_args(argv)
    if not given.texts:
        sys.stderr.write(f"law-check : indiquez le dossier des textes officiels (--texts DOSSIER) : {files}.\n")
        return BAD
    core, status = whole_core(), SAME
    for name in SOURCES:
        try:
            printed = read_source(name, Path(given.texts))
        except UnreadableText as error:
            sys.stderr.write(f"{name} : {error}\n")
            status = BAD
            continue
        found = compare(printed, core)
        if found:
            status = max(status, DIFFERENT)
        sys.stdout.write(_summary(name, len(printed.passages), len(printed.amendments), len(found)))
        sys.stdout.writelines(_written(each, core) for each in found)
    return status


def _summary(name: str, passages: int, amendments: int, differences: int) -> str:
    verdict = "aucune différence" if not differences else f"{differences} différence{'s' if differences > 1 else ''}"
    return f"{name} : {passages} passages, {amendments} modifications ; {verdict}.\n"


def _written(difference: Difference, core: Inventory) -> str:
    rests, files = difference.rests_on_it(core), naming(difference.about, screens())
    about, sides = difference.about.cite, f"le texte a {difference.official} ; le logiciel a {difference.ours}"
    lines = (
        f"{about}, {difference.subject} : {sides}.",
        f"    Reposent sur ce passage : {', '.join(rests)}." if rests else "    Aucune règle ne repose sur ce passage.",
        f"    Le nomment : {', '.join(files)}." if files else "    Aucun écran ni lettre ne le nomme.",
    )
    return "\n".join(lines) + "\n"
