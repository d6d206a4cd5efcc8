"""Boxes in rows and the lines between them, placed so that lines cross little and never run through a box.

The layered method of Sugiyama, Tagawa and Toda (1981): a line that passes a row gets a narrow place of its own in it; rows are
ordered by the middle of their neighbours; places are then moved towards their neighbours, kept apart by the widths.
Everything is decided by the order given, so that the same boxes are always drawn the same way. Lengths are pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

BETWEEN_BOXES, BETWEEN_ROWS, LANE = 16, 40, 14
MOST_PORT_STEP = 22
SWEEPS, PULLS = 16, 60
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """What is placed: its name, the row it stands in (0 at the top), its size."""

    name: str
    row: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stands: its left upper corner and its size."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line from a box to a box: its ends and, between them, the stretches where it runs straight through a row."""

    start: Point
    end: Point
    through: tuple[tuple[Point, Point], ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where everything stands, and the size of the whole."""

    places: Mapping[str, Place]
    lines: Mapping[tuple[str, str], Line]
    width: float
    height: float


@dataclass(eq=False, slots=True)
class _Node:
    """A box, or the place that a line takes in a row it passes."""

    row: int
    width: float
    height: float = 0
    x: float = 0
    upper: list[_Node] = field(default_factory=list)
    lower: list[_Node] = field(default_factory=list)

    @property
    def is_lane(self) -> bool:
        return not self.height


def arrange(boxes: Sequence[Box], lines: Sequence[tuple[str, str]]) -> Arrangement:
    """Place the boxes; each line is a pair of names of boxes in different rows, drawn from the first to the second."""
    nodes = {box.name: _Node(box.row, box.width, box.height) for box in boxes}
    rows: list[list[_Node]] = [[] for _ in range(1 + max(box.row for box in boxes))]
    for node in nodes.values():
        rows[node.row].append(node)
    chains = {line: _chain(nodes[line[0]], nodes[line[1]], rows) for line in dict.fromkeys(lines)}
    rows = _order(rows)
    _spread(rows)
    tops = _tops(rows)
    places = {
        name: Place(node.x - node.width / 2, tops[node.row][0], node.width, node.height) for name, node in nodes.items()
    }
    drawn = {line: _draw(chain, tops) for line, chain in chains.items()}
    width = max(node.x + node.width / 2 for row in rows for node in row)
    return Arrangement(places, drawn, width, tops[-1][1])


def _chain(start: _Node, end: _Node, rows: list[list[_Node]]) -> list[_Node]:
    """The nodes a line passes, start and end included; lanes are added to the rows between."""
    step = 1 if end.row > start.row else -1
    lanes = [_Node(row, LANE) for row in range(start.row + step, end.row, step)]
    for lane in lanes:
        rows[lane.row].append(lane)
    chain = [start, *lanes, end]
    downwards = chain if step > 0 else chain[::-1]
    for above, below in zip(downwards, downwards[1:], strict=False):
        above.lower.append(below)
        below.upper.append(above)
    return chain


def _order(rows: list[list[_Node]]) -> list[list[_Node]]:
    """Each row ordered so that lines cross as little as the sweeps find; the best of all orders met."""
    best, fewest = [list(row) for row in rows], _crossings(rows)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for row in rows if down else rows[::-1]:
            _sort_by_neighbours(row, rows, (lambda node: node.upper) if down else (lambda node: node.lower))
        _swap(rows)
        if (crossings := _crossings(rows)) < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _positions(rows: list[list[_Node]]) -> dict[_Node, int]:
    return {node: place for row in rows for place, node in enumerate(row)}


def _sort_by_neighbours(row: list[_Node], rows: list[list[_Node]], neighbours: Callable[[_Node], list[_Node]]) -> None:
    position = _positions(rows)
    middle = {
        node: sum(position[one] for one in near) / len(near) if (near := neighbours(node)) else float(place)
        for place, node in enumerate(row)
    }
    row.sort(key=lambda node: middle[node])


def _swap(rows: list[list[_Node]]) -> None:
    """Exchange neighbours of a row wherever that removes crossings, until no exchange does."""
    for _ in range(SWEEPS):
        position, improved = _positions(rows), False
        for row in rows:
            for place in range(len(row) - 1):
                left, right = row[place], row[place + 1]
                if _gain(left, right, position) > 0:
                    row[place], row[place + 1] = right, left
                    position[left], position[right] = place + 1, place
                    improved = True
        if not improved:
            return


def _gain(left: _Node, right: _Node, position: Mapping[_Node, int]) -> int:
    """How many crossings an exchange of two neighbours removes."""
    gain = 0
    for ours, theirs in ((left.upper, right.upper), (left.lower, right.lower)):
        for one in ours:
            for other in theirs:
                gain += (position[one] > position[other]) - (position[one] < position[other])
    return gain


def _crossings(rows: list[list[_Node]]) -> int:
    position, found = _positions(rows), 0
    for row in rows:
        ends = [position[below] for node in row for below in sorted(node.lower, key=lambda one: position[one])]
        found += sum(before > after for place, after in enumerate(ends) for before in ends[:place])
    return found


def _spread(rows: list[list[_Node]]) -> None:
    """Give each node its middle: near its neighbours, apart from those of its row; the leftmost box begins at 0."""
    for row in rows:
        _keep_apart(row, [(0.0, 1)] * len(row))
    for pull in range(PULLS):
        # First each row follows the one before it, so that all come under each other; then both sides count.
        both = pull >= PULLS // 2
        down = pull % 2 == 0
        for row in rows if down else rows[::-1]:
            _keep_apart(row, [_wish(node, both=both, down=down) for node in row])
    first = min(node.x - node.width / 2 for row in rows for node in row)
    for row in rows:
        for node in row:
            node.x = round(node.x - first, 1)


def _wish(node: _Node, *, both: bool, down: bool) -> tuple[float, float]:
    """Where a node would like its middle to be, and how strongly."""
    near = [*node.upper, *node.lower] if both else node.upper if down else node.lower
    if not near:
        return node.x, 0.1
    # Lanes pull hard at each other, so that long lines run straight.
    weights = [8 if node.is_lane and one.is_lane else 1 for one in near]
    total = sum(weights)
    return sum(weight * one.x for weight, one in zip(weights, near, strict=True)) / total, total


def _keep_apart(row: list[_Node], wishes: list[tuple[float, float]]) -> None:
    """The middles nearest to the wishes that keep the order and the distances: pooled neighbours share their mean."""
    offsets, reach = [], 0.0
    for place, node in enumerate(row):
        if place:
            reach += (row[place - 1].width + node.width) / 2 + BETWEEN_BOXES
        offsets.append(reach)
    # (mean, weight, members) of each run of neighbours that touch.
    pools: list[tuple[float, float, int]] = []
    for (wish, weight), offset in zip(wishes, offsets, strict=True):
        pools.append((wish - offset, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, heavy, size), (before, other, members) = pools.pop(), pools.pop()
            pools.append(((mean * heavy + before * other) / (heavy + other), heavy + other, size + members))
    moved = [mean for mean, _, size in pools for _ in range(size)]
    for node, start, offset in zip(row, moved, offsets, strict=True):
        node.x = start + offset


def _tops(rows: list[list[_Node]]) -> list[tuple[float, float]]:
    """The upper and lower edge of each row."""
    edges, top = [], 0.0
    for row in rows:
        height = max((node.height for node in row), default=0)
        edges.append((top, top + height))
        top += height + BETWEEN_ROWS
    return edges


def _draw(chain: list[_Node], tops: list[tuple[float, float]]) -> Line:
    start, *lanes, end = chain
    down = end.row > start.row
    through = [((lane.x, tops[lane.row][not down]), (lane.x, tops[lane.row][down])) for lane in lanes]
    return Line(_port(start, chain[1], tops), _port(end, chain[-2], tops), tuple(through))


def _port(node: _Node, other: _Node, tops: list[tuple[float, float]]) -> Point:
    """Where a line touches its box: lines on one side stand apart, in the order of where they lead."""
    below = other.row > node.row
    near = sorted(node.lower if below else node.upper, key=lambda one: one.x)
    step = min(MOST_PORT_STEP, node.width * 0.8 / len(near))
    x = node.x + (near.index(other) - (len(near) - 1) / 2) * step
    return round(x, 1), tops[node.row][0] + (node.height if below else 0)
