"""Typst as the office's printer: PDF/A-3a and PDF/UA-1 at once, the same bytes for the same content and instant.

The content travels as JSON text, never as code: a name like ``#evil`` is printed, not run. Typst refuses to compile
what would break either standard (a picture without alternative text, a document without title), so that a document
which exists is one that was made by the rules.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import segno

from .contents import Content, as_json

if TYPE_CHECKING:
    import pikepdf
    import typst

DATA_NAME = "donnees.json"
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]

_HERE = Path(__file__).parent
_MIME = {".json": "application/json", ".xml": "application/xml", ".txt": "text/plain", ".pdf": "application/pdf"}
_one_at_a_time = threading.Lock()


class CannotRender(Exception):  # noqa: N818 - says what happened
    """The content cannot be printed by its template; the cause names the template, never the content."""


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the process: fonts and parsed templates stay in memory (7 ms instead of 14 a document)."""
    import typst  # noqa: PLC0415 - 7 MiB that only a process that prints should hold

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])
    return typst.Compiler(root=str(_HERE / "typst"), font_paths=fonts, ignore_system_fonts=True)


def _qr(address: str) -> str:
    """The QR code of an address as SVG; level M survives a fold and a coffee stain.

    The mask is fixed: any of the eight can be read, and trying all of them costs as much as printing the page.
    """
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=3).save(out, kind="svg", border=0, xmldecl=False, svgclass=None)
    return out.getvalue().decode()


def _attached(files: Mapping[str, bytes]) -> list[dict[str, object]]:
    """The files to embed, as Typst takes them: text where it is text, numbers otherwise."""
    entries: list[dict[str, object]] = []
    for name, content in files.items():
        try:
            carried: str | list[int] = content.decode()
        except UnicodeDecodeError:
            carried = list(content)
        described = "Données du document, lisibles par une machine" if name == DATA_NAME else name
        mime = _MIME.get(Path(name).suffix, "application/octet-stream")
        entries.append({"name": name, "content": carried, "mime": mime, "description": described})
    return entries


def render(
    template: str,
    content: Content,
    *,
    issued_at: datetime,
    attachments: Mapping[str, bytes] | None = None,
    embed_data: bool = True,
    data: bytes | None = None,
) -> bytes:
    """The document as an unsealed PDF/A-3a and PDF/UA-1.

    ``issued_at`` becomes the creation date; ``embed_data`` embeds the content itself as ``donnees.json`` (relation
    *Data*), the other ``attachments`` as supplements. ``data`` is the content ``as_json`` where the caller has it.

    Raises:
        CannotRender: the template refused the content.
    """
    import typst  # noqa: PLC0415 - see _compiler

    if content.template != template:
        raise CannotRender(f"{type(content).__name__} is not the content of the template {template}")
    data = as_json(content) if data is None else data
    files = {DATA_NAME: data} if embed_data else {}
    files.update(attachments or {})
    payload = json.loads(data)
    payload["attached"] = _attached(files)
    payload["qr"] = _qr(content.verification.address) if content.verification else ""
    source = _HERE / "typst" / f"{template}.typ"
    with _one_at_a_time:
        try:
            made = _compiler().compile(
                input=str(source),
                format="pdf",
                sys_inputs={"payload": json.dumps(payload)},
                pdf_standards=list(STANDARDS),
                timestamp=int(issued_at.timestamp()),
            )
        except typst.TypstError as error:
            raise CannotRender(f"{template}: {error.message}") from None
    if not isinstance(made, bytes):
        raise CannotRender(f"{template}: no document came out")
    return made


def merge(pdfs: Sequence[bytes]) -> bytes:
    """One PDF for the printer, the documents in their order (letter, then document, for each envelope).

    It is for paper only: seals and embedded files stay with the originals in the store.
    """
    import pikepdf  # noqa: PLC0415 - 9 MiB and a tenth of a second that only a print batch should pay

    batch = pikepdf.new()
    for content in pdfs:
        with pikepdf.open(io.BytesIO(content)) as part:
            for page in part.pages:
                _only_paper(page)
            batch.pages.extend(part.pages)
    out = io.BytesIO()
    batch.save(out, deterministic_id=True)
    return out.getvalue()


def _only_paper(page: pikepdf.Page) -> None:
    """Leave what is printed: links, fields and structure would point into a document that stays behind."""
    for key in {"/Annots", "/StructParents"} & set(page.obj.keys()):
        del page.obj[key]
