"""The effect of a reform as a drawing: an SVG of its own, whose title and description say what its bars show."""

from __future__ import annotations

from xml.etree import ElementTree

from guichet.reform.effect import Effect, LineEffect

_WIDTH, _LABELS, _BAR, _GAP, _TOP = 960, 300, 18, 22, 64
_SCALE = _WIDTH - _LABELS - 180
# Told apart by their words; the colours have a contrast of more than 3 to 1 with white and with one another.
_BEFORE, _AFTER, _TEXT = "#8a8f98", "#12436d", "#0b0c0c"


def draw(effect: Effect) -> str:
    """Two bars a line, today's amount above the reformed one, each with its amount written beside it."""
    height = _TOP + len(effect.lines) * (2 * _BAR + _GAP) + 16
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_WIDTH} {height}",
            "width": str(_WIDTH),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "title description",
            "font-family": "sans-serif",
            "font-size": "14",
            "lang": "fr",
        },
    )
    ElementTree.SubElement(svg, "title", {"id": "title"}).text = f"Effet d'une réforme de {effect.question}"
    ElementTree.SubElement(svg, "desc", {"id": "description"}).text = _describe(effect)
    _rectangle(svg, 0, 0, _WIDTH, height, "#ffffff")
    _text(svg, 16, 26, f"Effet d'une réforme de {effect.question}", size="18")
    _text(svg, 16, 48, f"Total : {effect.before} aujourd'hui, {effect.after} après la réforme.")
    most = max((max(line.before, line.after).centimes for line in effect.lines), default=0) or 1
    for place, line in enumerate(effect.lines):
        _draw_line(svg, line, _TOP + place * (2 * _BAR + _GAP), most)
    return ElementTree.tostring(svg, encoding="unicode") + "\n"


def _draw_line(svg: ElementTree.Element, line: LineEffect, top: int, most: int) -> None:
    _text(svg, 16, top + 14, line.ref.cite)
    _text(svg, 16, top + 32, f"{line.cases} cas")
    for row, (amount, name, colour) in enumerate(
        ((line.before, "aujourd'hui", _BEFORE), (line.after, "après", _AFTER))
    ):
        width = round(_SCALE * amount.centimes / most)
        _rectangle(svg, _LABELS, top + row * _BAR, width, _BAR - 2, colour)
        _text(svg, _LABELS + width + 8, top + row * _BAR + 13, f"{amount} {name}")


def _describe(effect: Effect) -> str:
    lines = [f"{line.ref.cite} : {line.cases} cas, de {line.before} à {line.after}" for line in effect.lines]
    return " ; ".join([*lines, f"total : de {effect.before} à {effect.after}"]) + "."


def _rectangle(svg: ElementTree.Element, x: int, y: int, width: int, height: int, colour: str) -> None:
    place = {"x": str(x), "y": str(y), "width": str(width), "height": str(height), "fill": colour}
    ElementTree.SubElement(svg, "rect", place)


def _text(svg: ElementTree.Element, x: int, y: int, written: str, *, size: str = "14") -> None:
    place = {"x": str(x), "y": str(y), "fill": _TEXT, "font-size": size}
    ElementTree.SubElement(svg, "text", place).text = written
