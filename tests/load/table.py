"""The bench's table: each figure beside its floor and its goal, and whether the goal is held."""

from __future__ import annotations

from typing import Any, NamedTuple


class Goal(NamedTuple):
    """The « must » of ``docs/performance.md``: a bound on the figure, or on its ratio to the floor."""

    bound: float
    is_ratio: bool = False
    is_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.bound:g}{' ×' if self.is_ratio else ''}"

    def is_held(self, figure: float, ratio: float | None) -> bool:
        """Whether a figure keeps the bound."""
        judged = figure if not self.is_ratio else ratio
        assert judged is not None, "a ratio needs a floor"
        return judged >= self.bound if self.is_least else judged <= self.bound


class Line(NamedTuple):
    """A figure, its floor with the ratio if there is one, and the goal if there is one."""

    what: str
    figure: float
    unit: str
    floor: float | None = None
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor; None without one."""
        return self.figure / self.floor if self.floor else None

    @property
    def is_held(self) -> bool | None:
        """Whether the goal is held; None without one."""
        return self.goal.is_held(self.figure, self.ratio) if self.goal else None

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        against = f"{self.floor:.2f}" if self.floor else ""
        ratio = f"{self.ratio:.2f} ×" if self.ratio else ""
        held = {True: "oui", False: "NON", None: ""}[self.is_held]
        return self.what, f"{self.figure:.2f} {self.unit}".strip(), against, ratio, str(self.goal or ""), held


def lines(found: dict[str, Any]) -> list[Line]:
    """Every line of one database's run."""
    parts = (_journey, _steps, _pieces, _process, _identity, _lists)
    return [line for part in parts for line in part(found)]


def _journey(found: dict[str, Any]) -> list[Line]:
    one, several, floor, driver = found["one"], found["several"], found["floor"], found["driver"]
    notice, per_request = one["notification"], floor["cpu_ms"] / one["requests"]
    delivered = several["delivered_per_second"]
    return [
        Line("commande payée complète : CPU web + worker, sans sceau", one["cpu_ms"], "ms", None, Goal(25)),
        Line("  le même, en Django nu", one["cpu_ms"], "ms", floor["cpu_ms"], Goal(3, is_ratio=True)),
        Line("  dont le web (12 requêtes)", one["cpu_web_ms"], "ms", floor["cpu_ms"]),
        Line("  dont le worker (tâches)", one["cpu_worker_ms"], "ms"),
        Line("  avec le sceau B-LTA : CPU", found["sealed"]["cpu_ms"], "ms", floor["cpu_ms"]),
        Line("  requêtes HTTP", one["requests"], ""),
        Line("  SQL, web + worker", one["sql_web"] + one["sql_worker"], "", 12, Goal(30)),
        Line("  dont le web", one["sql_web"], "", 12),
        Line("  dont le worker", one["sql_worker"], ""),
        Line("  commits", one["commits"], "", 5, Goal(5)),
        Line("  attente p50, un client", one["p50_ms"], "ms", floor["p50_ms"]),
        Line("  attente p95, un client", one["p95_ms"], "ms", floor["p95_ms"]),
        Line("  commandes passées par seconde, 8 clients", several["ordered_per_second"], "/s", floor["rate"]),
        Line("  commandes livrées par seconde, 8 clients", delivered, "/s", floor["rate"], Goal(60, is_least=True)),
        Line("pilote seul : INSERT et COMMIT par seconde", driver["inserts"], "/s"),
        Line("  commits des 8 clients par seconde", delivered * one["commits"], "/s", driver["inserts"]),
        Line("pilote seul : SELECT par clé, par seconde", driver["selects"], "/s"),
        Line("avis de paiement : CPU", notice["cpu_ms"], "ms", per_request, Goal(4)),
        Line("avis de paiement : SQL", notice["sql"], "", 1, Goal(8)),
        Line("avis de paiement : commits", notice["commits"], "", 1, Goal(1)),
    ]


# Our sums against the bare statement of the same sums; a list of many cases against the same list of few.
_SUMS, _GROWTH = Goal(1.5, is_ratio=True), Goal(1.5, is_ratio=True)
# Milliseconds of processor that a page may take: catalogue, form shown, form sent; any other page of portal or desk.
_MOST_MS = {"catalogue": 2.0, "livraison": 2.5, "personne": 2.5, "livraison, envoi": 4.0, "personne, envoi": 4.0}


def _steps(found: dict[str, Any]) -> list[Line]:
    one = found["one"]
    per_request = found["floor"]["cpu_ms"] / one["requests"]
    shown = []
    for step, cost in {**one["steps"], **found["desk"]}.items():
        is_page = "envoi" not in step and step not in ("commencer", "retour du paiement")
        most = _MOST_MS.get(step, 8.0 if is_page else None)
        shown.append(Line(f"{step} : CPU", cost["cpu_ms"], "ms", per_request, Goal(most) if most else None))
        shown.append(Line(f"{step} : SQL", cost["sql"], "", 1, Goal(8) if is_page else None))
    return shown


def _identity(found: dict[str, Any]) -> list[Line]:
    rush, month = found["booking"], found["statements"]
    return [
        Line(
            f"rendez-vous, {rush['clients']} personnes à la fois : réservés",
            rush["booked"],
            "",
            None,
            Goal(rush["clients"], is_least=True),
        ),
        Line("  réservés par seconde", rush["rate"], "/s"),
        Line("  attente p95, refus compris", rush["p95_ms"], "ms"),
        Line(
            f"décompte d'un mois, 45 communes, {month['entries']} émoluments",
            month["totals"],
            "ms",
            month["floor"],
            _SUMS,
        ),
        Line("  les 45 tableaux", month["spreadsheets"], "ms"),
    ]


def _lists(found: dict[str, Any]) -> list[Line]:
    """Each list at each number of cases: its 95th percentile, and its median beside that at the smallest number.

    A page that shows more rows than it had to show there costs more for that alone, one with fewer less: its growth is told,
    not judged.
    """
    shown = []
    sizes = {int(size): pages for size, pages in found["populated"].items()}
    for size, pages in sorted(sizes.items()):
        least = sizes[min(sizes)] if size > min(sizes) else {}
        for page, cost in pages.items():
            shown.append(Line(f"{page}, {size} dossiers : p95", cost["p95_ms"], "ms", None, Goal(50)))
            if least:
                rows, before = cost["rows"], least[page]["rows"]
                what = f"  p50, {rows} lignes" + (f" au lieu de {before}" if rows != before else "")
                goal = _GROWTH if rows == before else None
                shown.append(Line(what, cost["p50_ms"], "ms", least[page]["p50_ms"], goal))
        most = max(pages.values(), key=lambda cost: cost["sql"])
        shown.append(Line(f"SQL d'une liste, {size} dossiers, au plus", most["sql"], "", None, Goal(8)))
    return shown


def _pieces(found: dict[str, Any]) -> list[Line]:
    document, law = found["pieces"]["document"], found["pieces"]["law"]
    sealed = sum(document[name] for name in ("print_ms", "seal_ms", "store_ms"))
    million = f"question de droit avec ses raisons, {law['mixed']} mêlées : CPU"
    return [
        Line("document non scellé : CPU", document["print_ms"], "ms", None, Goal(15)),
        Line("sceau B-LTA : CPU", document["seal_ms"], "ms"),
        Line("document scellé et rangé : CPU", sealed, "ms", document["print_ms"], Goal(45)),
        Line(million, law["mixed_us"], "µs", law["look_up_us"], Goal(10)),
        *[Line(f"  {name}", cost, "µs", law["look_up_us"]) for name, cost in law["us"].items()],
    ]


def _process(found: dict[str, Any]) -> list[Line]:
    first = found["first"]
    return [
        Line("démarrage à froid du web, jusqu'à sa première page", found["cold_s"], "s", found["bare_s"], Goal(1.2)),
        *[
            Line(f"mémoire d'un processus : {name}", size, "MiB", found["bare_mib"], Goal(100))
            for name, size in found["memory"].items()
        ],
        Line("première page et ce qu'elle demande, comme envoyés", first["kib"], "KiB", None, Goal(25)),
        Line("première page : requêtes", first["requests"], "", None, Goal(4)),
    ]


def written(title: str, rows: list[Line]) -> str:
    """The table as text, and how many goals are held."""
    heads = ("", "mesuré", "plancher", "rapport", "but", "tenu")
    cells = [heads, *(row.cells() for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]

    def line(row: tuple[str, ...]) -> str:
        rest = "  ".join(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        return f"{row[0].ljust(widths[0])}  {rest}".rstrip()

    judged = [row.is_held for row in rows if row.is_held is not None]
    return "\n".join([title, *(line(row) for row in cells), f"buts tenus : {sum(judged)} sur {len(judged)}"])
