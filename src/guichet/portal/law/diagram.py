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
from .rows import MOST_LINES_TO_AN_ACT, lines_of, rows_of

STATE_WIDTH, ACT_WIDTH, PADDING, LEADING, MARGIN = 172, 184, 9, 17, 12
# Widths of letters in thousandths of their size, rounded up: the server has no font to measure with.
_NARROW, _WIDE = set("ijl.,;:'!|()[]"), set("mwMWÉÈÀ%—")
_WIDTHS = {"narrow": 300, "wide": 900, "capital": 720, "other": 575}
_SIZE, BOLD = 13, 1.1


@dataclass(frozen=True, slots=True)
class Wording:
    """The lines of text of a box, each with its class, and where a press on it leads."""

    kind: str
    lines: tuple[tuple[str, str], ...]
    address: str
    hint: str
    is_final: bool = False

    @property
    def height(self) -> float:
        """How high a box must be to hold its lines."""
        return 2 * PADDING + LEADING * len(self.lines)


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
    rows, sizes = rows_of(procedure), {"state": STATE_WIDTH, "act": ACT_WIDTH}
    boxes = [Box(key, rows[key], sizes[each.kind], each.height) for key, each in wordings(procedure).items()]
    return arrange(boxes, list(_lines(procedure)))


def width_of(name: str) -> float:
    """The width of a diagram in pixels."""
    return placing(name).width


def wordings(procedure: Procedure) -> dict[str, Wording]:
    """What stands in each box of the diagram."""
    return {**_states(procedure), **_acts(procedure)}


def _lines(procedure: Procedure) -> Iterable[tuple[str, str]]:
    """Every line of the drawing: states to acts, acts to their target."""
    for name, line in lines_of(procedure).items():
        yield from (
            (f"state:{state}", f"act:{name}") for state in drawn_sources(line, procedure) if state != line.target
        )
        yield f"act:{name}", f"state:{line.target}"


def drawn_sources(transition: Transition, procedure: Procedure) -> Sequence[str]:
    """The states from which a line leads to the act; none when it is possible in so many that it names them."""
    sources = [state for state in procedure.states if state in transition.sources]
    return sources if len(sources) <= MOST_LINES_TO_AN_ACT else ()


def _states(procedure: Procedure) -> dict[str, Wording]:
    page = f"/droit/procedures/{procedure.name}/"
    found = {}
    for number, (state, title) in enumerate(procedure.states.items(), start=1):
        lines = tuple(
            ("diagram__state", line) for line in wrap(f"{number}.\N{NO-BREAK SPACE}{title}", STATE_WIDTH, BOLD)
        )
        final = procedure.is_final(state)
        hint = f"{title} : la procédure peut finir ici" if final else title
        found[f"state:{state}"] = Wording("state", lines, f"{page}#etat-{state}", hint, final)
    return found


def _acts(procedure: Procedure) -> dict[str, Wording]:
    found = {}
    for name, each in lines_of(procedure).items():
        lines = [("diagram__act", line) for line in wrap(each.label, ACT_WIDTH)]
        notes = [*filter(None, [write_when(each), _write_sources(each, procedure)])]
        lines += [("diagram__note", line) for note in notes for line in wrap(note, ACT_WIDTH)]
        lines += [("diagram__clock", line) for clock in each.opens for line in _write_clock(clock)]
        hint = f"{each.label}, par {', '.join(roles_of(each))} ({', '.join(ref.cite for ref in each.basis)})"
        found[f"act:{name}"] = Wording("act", tuple(lines), _leads_to(procedure, name, each), hint)
    return found


def _write_sources(line: Transition, procedure: Procedure) -> str:
    """What the lines do not show of where an act is possible: many states, or the one that it does not leave."""
    sources = [place for place, state in enumerate(procedure.states, start=1) if state in line.sources]
    if len(sources) > MOST_LINES_TO_AN_ACT:
        return f"depuis {', '.join(map(str, sources))}"
    if line.target not in line.sources:
        return ""
    own = list(procedure.states).index(line.target) + 1
    return f"aussi depuis {own}" if len(sources) > 1 else "sans changer d'état"


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
    return wrap(f"Délai\N{NO-BREAK SPACE}: {write_length(clock)}", ACT_WIDTH - 24)


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
        middle = (y + first) / 2
        parts.append(f"C{x:g} {middle:g} {left:g} {middle:g} {left:g} {first:g}")
        if last != first:
            parts.append(f"V{last:g}")
        x, y = left, last
    return "".join(parts)


def _box(words: Wording, placed: Arrangement, key: str) -> str:
    place = placed.places[key]
    rounded, thick = (2, 2) if words.kind == "state" else (8, 1)
    frames = [_rect(place.left, place.top, place.width, place.height, rounded, thick, words.kind)]
    if words.is_final:
        frames.append(_rect(place.left + 4, place.top + 4, place.width - 8, place.height - 8, rounded, 1, "inner"))
    middle = place.left + place.width / 2
    lines = []
    for count, (kind, text) in enumerate(words.lines):
        y = place.top + PADDING + LEADING * count + LEADING * 0.72
        weight = ' font-weight="700"' if kind == "diagram__state" else ""
        lines.append(
            f'<text class="{kind}" x="{middle:g}" y="{y:g}" text-anchor="middle"{weight} fill="#1a1a18">{escape(text)}</text>'
        )
    opened = next((count for count, (kind, _) in enumerate(words.lines) if kind == "diagram__clock"), None)
    if opened is not None:
        lines.append(_dial(place.left + 12, place.top + PADDING + LEADING * (opened + 0.5)))
    hint = f"<title>{escape(words.hint)}</title>"
    return f'<a href="{escape(words.address)}">{hint}{"".join(frames)}{"".join(lines)}</a>'


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
