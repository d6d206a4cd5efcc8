"""The repository cites the texts and says them in its own words: no committed file holds a long run of theirs."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.law.check.sources import official_texts

ROOT = Path(__file__).resolve().parent.parent.parent
# As many words of a source in a row are a quotation.
RUN = 12
READABLE = {".py", ".md", ".html", ".txt", ".toml", ".typ", ".json", ".js", ".css", ".yml", ".in", ".po", ""}
LOST = "\ufffd"
# Titles of acts and names of bodies are not sentences; each counts as one word.
OFFICE = "l'office cantonal de la population et des migrations"
TITLES = (
    "loi sur l'information du public, l'accès aux documents et la protection des données personnelles",
    "commission consultative en matière de protection des données, de transparence et d'archives publiques",
    "préposé cantonal à la protection des données et à la transparence",
    f"perception de diverses taxes, par {OFFICE} et les communes",
    f"conditions générales de vente des prestations en ligne de {OFFICE}",
)


def plain(content: str) -> str:
    """The words, small, with one space between; a letter that is not ASCII is one whose accent may be lost."""
    bare = re.sub(r"<[^>]*>", " ", content)
    letters = "".join(sign if sign.isascii() else LOST if sign.isalpha() or sign == LOST else " " for sign in bare)
    return " ".join(re.findall(rf"[a-z0-9{LOST}]+", letters.lower()))


def words_of(content: str) -> list[str]:
    """The words of a file, each title one word."""
    words = plain(content)
    for title in TITLES:
        words = words.replace(plain(title), "title")
    return words.split()


def runs_of(words: list[str]) -> Iterator[tuple[int, str]]:
    """Every run of as many words, with the place of its first."""
    for place in range(len(words) - RUN + 1):
        yield place, " ".join(words[place : place + RUN])


def quoted(content: str, sources: set[str]) -> list[str]:
    """The runs of a file that are runs of a source."""
    return [run for _, run in runs_of(words_of(content)) if run in sources]


SENTENCE = "Le bateau vert, très à l'étroit, attend au port de la ville depuis l'année passée."


@pytest.mark.parametrize(
    "content",
    [
        SENTENCE,
        SENTENCE.upper().replace("É", "é").replace("È", "è").replace("À", "à"),
        'TEXT = (\n    "Le bateau vert, très à l\'étroit, attend "\n    "au port de la ville depuis l\'année passée."\n)',
        "# Le bateau vert, très à l'étroit,\n# attend au port de la ville depuis l'année passée",
        "<p>Le bateau <strong>vert</strong>, très à l’étroit, attend au port de la ville depuis</p>",
    ],
)
def test_a_sentence_is_found_however_it_is_laid_out(content: str) -> None:
    lost = "".join(sign if sign.isascii() else LOST for sign in SENTENCE)
    sources = {run for _, run in runs_of(words_of(lost))}

    assert quoted(content, sources)
    assert not quoted("Le bateau vert attend au port ; il y est à l'étroit depuis l'année passée.", sources)


def test_the_title_of_an_act_is_no_sentence() -> None:
    sources = {run for _, run in runs_of(words_of(f"Selon la {TITLES[0]}, chacun lit."))}

    assert not quoted(f"La {TITLES[0]} est une {TITLES[0]}.", sources)


def test_no_committed_file_holds_a_long_run_of_an_official_text() -> None:
    sources = {run for path in official_texts().iterdir() for _, run in runs_of(words_of(path.read_text()))}
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name and Path(name).suffix in READABLE]

    assert len(sources) > 10_000
    assert len(files) > 100
    found = {
        str(path.relative_to(ROOT)): runs
        for path in files
        if path.is_file() and "vendor" not in path.parts and (runs := quoted(path.read_text(errors="replace"), sources))
    }
    assert not found, "\n".join(f"{name}: {runs}" for name, runs in found.items())
