"""Papers as others read them: by Poppler and qpdf, which know nothing of Guichet."""

from __future__ import annotations

from pathlib import Path

from .places import output_of


def text_of(paper: Path) -> str:
    """The words of a paper, one space between them."""
    return " ".join(output_of("pdftotext", str(paper), "-").split())


def check_paper(paper: Path, *sentences: str) -> str:
    """The file is a sound PDF, tagged for readers of the screen, and says these sentences; its words."""
    assert "No syntax or stream encoding errors" in output_of("qpdf", "--check", str(paper))
    told = {name.strip(): value.strip() for name, _, value in (one.partition(":") for one in _lines(paper))}
    assert told["Tagged"] == "yes"
    assert told["Title"]
    words = text_of(paper)
    for sentence in sentences:
        assert sentence in words, f"« {sentence} » is not in: {words}"
    return words


def _lines(paper: Path) -> list[str]:
    return output_of("pdfinfo", str(paper)).splitlines()


def check_seal(paper: Path) -> None:
    """The seal covers the whole file and is valid."""
    said = output_of("pdfsig", "-nocert", str(paper))
    assert "Signature is Valid" in said, said
    assert "Total document signed" in said


def attachments(paper: Path, kept: Path) -> dict[str, bytes]:
    """The files that a paper carries, by name."""
    kept.mkdir(exist_ok=True)
    output_of("pdfdetach", "-saveall", "-o", str(kept), str(paper))
    return {one.name: one.read_bytes() for one in kept.iterdir()}
