"""Write docs/interpretations/, one file for each reading chosen, from the records of the law core.

``python -m tools.interpretations`` writes them; a test fails when one is not current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from guichet.law import questions
from guichet.law.kernel.interpretations import Interpretation

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "interpretations"
UNSIGNED = (
    "Personne encore : chaque réponse qui repose sur cette lecture porte une réserve, jusqu'à la signature d'un juriste "
    "de l'office."
)


def markdown(each: Interpretation) -> str:
    """The whole file of an interpretation, in French."""
    outside = "hors de nos sources"
    passages = (f"{ref.cite} ({outside})" if ref.outside else ref.cite for ref in each.passages)
    letters = (f"{chr(ord('a') + place)}. {reading}" for place, reading in enumerate(each.considered))
    standing = f"signée par {each.signed_by}" if each.signed_by else "non signée"
    parts = (
        f"# Interprétation n° {each.number}",
        f"Statut : retenue, {standing}. Ce fichier est tiré du cœur de droit (`python -m tools.interpretations`).",
        "## Passage",
        f"{' ; '.join(passages)}.",
        "## Doute",
        each.doubt,
        "## Lectures possibles",
        "\n".join(letters),
        "## Lecture retenue",
        f"Retenu : {each.reading}",
        each.reason,
        "## Qui en répond",
        f"{each.signed_by}." if each.signed_by else UNSIGNED,
        f"Ce qui repose sur elle est sur sa page : `/droit/interpretations/{each.name}/`.",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def main() -> None:
    """Write every file; a record that lacks what its file needs stops the run, so that nothing typed is lost."""
    for each in questions.INTERPRETATIONS:
        if not each.considered:
            sys.exit(f"interpretation {each.number} does not say which readings were considered")
    for each in questions.INTERPRETATIONS:
        (FOLDER / f"{each.name}.md").write_text(markdown(each))


if __name__ == "__main__":
    main()
