"""The pictures of the walk (``docs/journeys/``): taken by the journeys themselves when ``GUICHET_WALK=1`` asks for them."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Page

from .visitor import Visitor

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "journeys" / "images"
COLOURS = 64
SHEET_WIDTH = 420


def is_wanted() -> bool:
    """An ordinary run of the tests leaves the pictures as they are."""
    return os.environ.get("GUICHET_WALK") == "1"


def picture(visitor: Visitor, name: str) -> None:
    """Keep what the visitor sees now."""
    if is_wanted():
        _keep(_seen(visitor), name)


def page_picture(page: Page, name: str) -> None:
    """Keep what a page of the law shows now."""
    if is_wanted():
        page.set_viewport_size({"width": 1100, "height": 1000})
        _keep(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), name)


def paper(file: Path, name: str) -> None:
    """Keep the first page of a document, as it is printed."""
    if is_wanted():
        _keep(_sheet(file), name)


def page_and_paper(visitor: Visitor, file: Path, name: str) -> None:
    """Keep the page, and laid over its lower right corner the document that came of it."""
    if not is_wanted():
        return
    page, sheet = _seen(visitor), _sheet(file)
    page.paste(sheet, (page.width - sheet.width - 24, page.height - min(sheet.height, page.height - 160)))
    _keep(ImageOps.expand(page, 1, "#d3d0c8"), name)


def _seen(visitor: Visitor) -> Image.Image:
    visitor.page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    return Image.open(io.BytesIO(visitor.page.screenshot())).convert("RGB")


def _sheet(file: Path) -> Image.Image:
    drawn = subprocess.run(
        ["pdftoppm", "-r", "110", "-f", "1", "-l", "1", "-png", file], capture_output=True, check=True
    )
    sheet = Image.open(io.BytesIO(drawn.stdout)).convert("RGB")
    height = round(sheet.height * SHEET_WIDTH / sheet.width)
    return ImageOps.expand(sheet.resize((SHEET_WIDTH, height), Image.Resampling.LANCZOS), 1, "#8a867f")


def _keep(image: Image.Image, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)
