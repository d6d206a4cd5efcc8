"""The diagram of a procedure, drawn on the server as SVG from its table: states in thick frames, acts between them.

An act is a box of its own on the way from its states to its target, so that no label lies on a line. An act possible
in many states names them by number instead of a line from each. Colours come from the style sheet of the pages; what
stands in the file is a light version for the paper and for those who take it away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from guichet.kit.passages import address_of
from guichet.law import procedures, questions
from guichet.law.kernel.clocks import Clock, write_length
from guichet.law.kernel.procedures import Procedure, Transition

from .layout import Arrangement, Box, Line, arrange
from .rows import MOST_LINES_TO_AN_ACT, boxes_of, lines_of, rows_of

WIDTHS = {"state": 172, "act": 184, "stay": 252}
PADDING, LEADING, MARGIN = 9, 17, 12
STAYING = "sans changer d'état"
# Widths of letters in thousandths of their size, rounded up: the server has no font to measure with.
_NARROW, _WIDE = set("ijl.,;:'!|()[]"), set("mwMWÉÈÀ%—")
_WIDTHS = {"narrow": 300, "wide": 900, "capital": 720, "other": 575}
_SIZE, BOLD = 13, 1.1


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of text, each with its class, that lead to one address."""

    lines: tuple[tuple[str, str], ...]
    address: str
    hint: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What stands in a box: one part, or those of the acts it gathers under a ``heading``."""

    kind: str
    parts: tuple[Part, ...]
    heading: str = ""
    is_final: bool = False

    @property
    def height(self) -> float:
        """How high a box must be to hold its lines."""
        gaps = PADDING * (len(self.parts) - 1) + (LEADING + PADDING if self.heading else 0)
        return 2 * PADDING + gaps + LEADING * sum(len(part.lines) for part in self.parts)


@cache
def drawing(name: str, *, alone: bool = False) -> str:
    """The SVG of a procedure: for its page, or ``alone`` as a file of its own.

    In the page it is hidden from screen readers and the keyboard: the list beneath says the same and has its links.

    Raises:
        UnknownQuestion: no such procedure.
    """
    procedure = procedures.find(name)
    words, placed = wordings(procedure), placing(name)
    body = [*_paths(placed), *(_box(words[key], placed, key) for key in words), _start(procedure, placed)]
    return _frame(procedure, placed, "".join(body), alone=alone)


@cache
def placing(name: str) -> Arrangement:
    """Where every state (``state:NAME``) and act (``act:LINE``) of a procedure stands in its diagram."""
    procedure = procedures.find(name)
    rows = rows_of(procedure)
    boxes = [Box(key, rows[key], WIDTHS[each.kind], each.height) for key, each in wordings(procedure).items()]
    return arrange(boxes, list(_lines(procedure)))


def width_of(name: str) -> float:
    """The width of a diagram in pixels."""
    return placing(name).width


def wordings(procedure: Procedure) -> dict[str, Wording]:
    """What stands in each box of the diagram."""
    return {**_states(procedure), **_acts(procedure)}


def _lines(procedure: Procedure) -> Iterable[tuple[str, str]]:
    """Every line of the drawing: states to boxes of acts, these to their target."""
    lines = lines_of(procedure)
    for box, names in boxes_of(procedure).items():
        line = lines[names[0]]
        yield from ((f"state:{state}", box) for state in drawn_sources(line, procedure) if state != line.target)
        yield box, f"state:{line.target}"


def drawn_sources(transition: Transition, procedure: Procedure) -> Sequence[str]:
    """The states from which a line leads to the act; none when it is possible in so many that it names them."""
    sources = [state for state in procedure.states if state in transition.sources]
    return sources if len(sources) <= MOST_LINES_TO_AN_ACT else ()


def _states(procedure: Procedure) -> dict[str, Wording]:
    page = f"/droit/procedures/{procedure.name}/"
    found = {}
    for number, (state, title) in enumerate(procedure.states.items(), start=1):
        lines = tuple(
            ("diagram__state", line) for line in wrap(f"{number}.\N{NO-BREAK SPACE}{title}", WIDTHS["state"], BOLD)
        )
        final = procedure.is_final(state)
        hint = f"{title} : la procédure peut finir ici" if final else title
        part = Part(lines, f"{page}#etat-{state}", hint)
        found[f"state:{state}"] = Wording("state", (part,), is_final=final)
    return found


def _acts(procedure: Procedure) -> dict[str, Wording]:
    lines = lines_of(procedure)
    found = {}
    for box, names in boxes_of(procedure).items():
        gathered = len(names) > 1
        parts = tuple(_act(procedure, name, lines[name], gathered=gathered) for name in names)
        found[box] = Wording("stay" if gathered else "act", parts, STAYING.capitalize() if gathered else "")
    return found


def _act(procedure: Procedure, name: str, line: Transition, *, gathered: bool) -> Part:
    width = WIDTHS["stay" if gathered else "act"]
    lines = [("diagram__act", text) for text in wrap(line.label, width)]
    notes = (write_when(line), "" if gathered else _write_sources(line, procedure))
    lines += [("diagram__note", text) for note in notes if note for text in wrap(note, width)]
    lines += [("diagram__clock", text) for clock in line.opens for text in _write_clock(clock)]
    hint = f"{line.label}, par {', '.join(roles_of(line))} ({', '.join(ref.cite for ref in line.basis)})"
    return Part(tuple(lines), _leads_to(procedure, name, line), hint)


def _write_sources(line: Transition, procedure: Procedure) -> str:
    """What the lines do not show of where an act is possible: many states, or the one that it does not leave."""
    sources = [place for place, state in enumerate(procedure.states, start=1) if state in line.sources]
    if len(sources) > MOST_LINES_TO_AN_ACT:
        return f"depuis {', '.join(map(str, sources))}"
    if line.target not in line.sources:
        return ""
    own = list(procedure.states).index(line.target) + 1
    return f"aussi depuis {own}" if len(sources) > 1 else STAYING


def roles_of(line: Transition) -> list[str]:
    """Who may do it, in French."""
    return [name for role, name in procedures.ROLES.items() if role in line.who]


def write_when(line: Transition) -> str:
    """« étendue : partielle »: the facts that choose this line of its act; nothing where the act has only one."""
    told = []
    for fact in line.facts:
        if fact.name in line.when:
            names = fact.choices(questions.known_facts())
            words = (
                "sans indication" if word is None else names.get(str(word).lower(), str(word))
                for word in line.when[fact.name]
            )
            told.append(f"{fact.meaning}\N{NO-BREAK SPACE}: {', '.join(words)}")
    return " ; ".join(told).lower()


def _leads_to(procedure: Procedure, name: str, line: Transition) -> str:
    """The first passage of ours that founds an act; the act's place in the list when another text does."""
    ours = next((ref for ref in line.basis if not ref.outside), None)
    return address_of(ours) if ours else f"/droit/procedures/{procedure.name}/#{name}"


def _write_clock(clock: Clock) -> list[str]:
    return wrap(f"{clock.title}\N{NO-BREAK SPACE}: {write_length(clock)}", WIDTHS["act"] - 24)


def wrap(text: str, width: float, heavier: float = 1) -> list[str]:
    """A text in lines that a box of this width holds; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.replace(" :", "\N{NO-BREAK SPACE}:").split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) * heavier <= width - 2 * PADDING:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def measure(text: str) -> float:
    """How wide a text is at most, in pixels."""
    kinds = (
        "narrow" if sign in _NARROW else "wide" if sign in _WIDE else "capital" if sign.isupper() else "other"
        for sign in text
    )
    return sum(_WIDTHS[kind] for kind in kinds) * _SIZE / 1000


def _frame(procedure: Procedure, placed: Arrangement, body: str, *, alone: bool) -> str:
    width, height = placed.width + 2 * MARGIN, placed.height + 2 * MARGIN + LEADING
    title = escape(f"Diagramme : {procedure.title}")
    told = f"{len(procedure.states)} états et {len(procedure.transitions)} actes ; la page de la procédure les liste."
    name = f'role="img" aria-label="{title}"' if alone else 'aria-hidden="true" focusable="false"'
    head = f"<title>{title}</title><desc>{escape(told)}</desc>" if alone else ""
    ground = f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>' if alone else ""
    # Sized in the unit of the text around it, so that larger text makes a larger drawing.
    size = f'width="{width / 16:.4g}em" height="{height / 16:.4g}em" viewBox="0 0 {width:g} {height:g}"'
    arrow = (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path class="diagram__head" d="M0 0L8 4L0 8z" fill="#565450"/></marker></defs>'
    )
    body = f'<g transform="translate({MARGIN} {MARGIN + LEADING})">{body}</g>'
    if not alone:
        body = body.replace("<a ", '<a tabindex="-1" ')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" {name} {size} font-size="{_SIZE}" '
        f'font-family="Public Sans, system-ui, Arial, sans-serif">{head}{arrow}{ground}{body}</svg>'
    )


def _paths(placed: Arrangement) -> Iterable[str]:
    """The lines; only those that reach a state carry a head, which says where the act leads."""
    for (_, end), line in placed.lines.items():
        head = ' marker-end="url(#arrow)"' if end.startswith("state:") else ""
        yield f'<path class="diagram__line" fill="none" stroke="#565450" d="{_curve(line)}"{head}/>'


def _curve(line: Line) -> str:
    """Curves between the rows, straight through each row that is passed."""
    x, y = line.start
    parts = [f"M{x:g} {y:g}"]
    for (left, first), (_, last) in (*line.through, (line.end, line.end)):
        if (left, first) != (x, y):
            middle = (y + first) / 2
            parts.append(f"C{x:g} {middle:g} {left:g} {middle:g} {left:g} {first:g}")
        if last != first:
            parts.append(f"V{last:g}")
        x, y = left, last
    return "".join(parts)


def _box(words: Wording, placed: Arrangement, key: str) -> str:
    place = placed.places[key]
    rounded, thick = (2, 2) if words.kind == "state" else (8, 1)
    frames = _rect(place.left, place.top, place.width, place.height, rounded, thick, words.kind)
    if words.is_final:
        frames += _rect(place.left + 4, place.top + 4, place.width - 8, place.height - 8, rounded, 1, "inner")
    middle, top = place.left + place.width / 2, place.top + PADDING
    if words.heading:
        frames += _text("diagram__note", middle, top, words.heading)
        top += LEADING + PADDING
    drawn = []
    for part in words.parts:
        # The frame of a lone part is inside its link, so that a press anywhere on the box follows it.
        inside = "" if words.heading else frames
        drawn.append(_part(part, inside, place.left, middle, top))
        top += LEADING * len(part.lines) + PADDING
    return (frames if words.heading else "") + "".join(drawn)


def _part(part: Part, inside: str, left: float, middle: float, top: float) -> str:
    texts = "".join(_text(kind, middle, top + LEADING * count, text) for count, (kind, text) in enumerate(part.lines))
    opened = next((count for count, (kind, _) in enumerate(part.lines) if kind == "diagram__clock"), None)
    dial = "" if opened is None else _dial(left + 12, top + LEADING * (opened + 0.5))
    return f'<a href="{escape(part.address)}"><title>{escape(part.hint)}</title>{inside}{texts}{dial}</a>'


def _text(kind: str, middle: float, top: float, text: str) -> str:
    weight = ' font-weight="700"' if kind == "diagram__state" else ""
    y = top + LEADING * 0.72
    return f'<text class="{kind}" x="{middle:g}" y="{y:g}" text-anchor="middle"{weight} fill="#1a1a18">{escape(text)}</text>'


def _rect(left: float, top: float, width: float, height: float, rounded: int, thick: int, kind: str) -> str:
    fill = "none" if kind == "inner" else "#fff"
    return (
        f'<rect class="diagram__{kind}-box" x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" '
        f'rx="{rounded}" fill="{fill}" stroke="#1a1a18" stroke-width="{thick}"/>'
    )


def _dial(x: float, y: float) -> str:
    """A small clock face."""
    return (
        f'<g class="diagram__dial" fill="none" stroke="#9b1b30" stroke-width="1.5"><circle cx="{x:g}" cy="{y:g}" r="5.5"/>'
        f'<path d="M{x:g} {y - 3.5:g}V{y:g}H{x + 3:g}"/></g>'
    )


def _start(procedure: Procedure, placed: Arrangement) -> str:
    """The arrow that leads into the first state."""
    place = placed.places[f"state:{procedure.initial}"]
    middle = place.left + place.width / 2
    return (
        f'<path class="diagram__line" fill="none" stroke="#565450" marker-end="url(#arrow)" '
        f'd="M{middle:g} {place.top - LEADING:g}V{place.top:g}"/>'
        f'<circle class="diagram__head" cx="{middle:g}" cy="{place.top - LEADING:g}" r="4" fill="#565450"/>'
    )
