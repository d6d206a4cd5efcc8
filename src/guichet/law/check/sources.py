"""Where copies of the official texts are looked for, and how each is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from guichet.law.check.consolidated import read_consolidated
from guichet.law.check.printed import PrintedText, UnreadableText
from guichet.law.check.terms import read_terms


@dataclass(frozen=True, slots=True)
class Source:
    """One copy: its file, what must be in it (in French, for whoever lacks it), and its reader."""

    file: str
    expected: str
    reader: Callable[[str, str, str], PrintedText]


SOURCES: Mapping[str, Source] = {
    "CGV": Source(
        "cgv-ocpm.txt",
        "les conditions générales de vente des prestations en ligne de l'office, en Markdown",
        read_terms,
    ),
    "RDId": Source(
        "rdid.txt",
        "le règlement B 3 05.03 en texte simple, tel que le recueil officiel le publie, tableau des modifications compris",
        read_consolidated,
    ),
    "LIPAD": Source(
        "lipad.txt",
        "la loi A 2 08 en texte simple, telle que le recueil officiel la publie, tableau des modifications compris",
        read_consolidated,
    ),
}


def read_source(name: str, folder: Path) -> PrintedText:
    """Read the copy of one text.

    Raises:
        UnreadableText: the folder or the file is missing, is not UTF-8 text, or is not that text.
    """
    source = SOURCES[name]
    path = folder / source.file
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnreadableText(f"{path} n'existe pas. Attendu : {source.expected}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableText(
            f"{path} ne peut pas être lu ({_why(error)}). Attendu : {source.expected}, en UTF-8."
        ) from error
    try:
        return source.reader(name, str(path), content)
    except UnreadableText as error:
        raise UnreadableText(f"{error} Attendu : {source.expected}.") from None


def _why(error: Exception) -> str:
    return (error.strerror or "erreur de lecture") if isinstance(error, OSError) else "ce n'est pas du texte UTF-8"
