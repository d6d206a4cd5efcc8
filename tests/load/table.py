"""The bench's table: each figure beside what it is compared with."""

from __future__ import annotations

from typing import Any, NamedTuple


class Line(NamedTuple):
    """A figure, its floor with the ratio if there is one, and the goal (``docs/performance.md``)."""

    what: str
    figure: float
    unit: str
    floor: float | None = None
    goal: str = ""

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        ratio = f"{self.figure / self.floor:.1f} ×" if self.floor else ""
        against = f"{self.floor:.2f}" if self.floor else ""
        return self.what, f"{self.figure:.2f} {self.unit}".strip(), against, ratio, self.goal


def lines(found: dict[str, Any]) -> list[Line]:
    """Every line of one database's run."""
    one, several, floor = found["one"], found["several"], found["floor"]
    steps, document, law = one["steps"], found["pieces"]["document"], found["pieces"]["law"]
    per_request = floor["cpu_ms"] / one["requests"]
    shown = [
        Line("commande payée complète : CPU web + worker, sans sceau", one["cpu_ms"], "ms", floor["cpu_ms"], "≤ 3 ×"),
        Line("  dont le web (12 requêtes)", one["cpu_web_ms"], "ms", floor["cpu_ms"]),
        Line("  dont le worker (tâches)", one["cpu_worker_ms"], "ms"),
        Line("  avec le sceau B-LTA : CPU", found["sealed"]["cpu_ms"], "ms", floor["cpu_ms"]),
        Line("  requêtes HTTP", one["requests"], ""),
        Line("  SQL, web", one["sql_web"], "", 12),
        Line("  SQL, worker", one["sql_worker"], ""),
        Line("  commits", one["commits"], ""),
        Line("  attente p50, un client", one["p50_ms"], "ms", floor["p50_ms"]),
        Line("  attente p95, un client", one["p95_ms"], "ms", floor["p95_ms"]),
        Line("  commandes passées par seconde, 8 clients", several["ordered_per_second"], "/s", floor["rate"]),
        Line("  commandes livrées par seconde, 8 clients", several["delivered_per_second"], "/s", floor["rate"]),
        Line("avis de paiement : CPU", one["notification"]["cpu_ms"], "ms", per_request, "≤ 8 SQL"),
        Line("avis de paiement : SQL", one["notification"]["sql"], "", 1, "≤ 8 SQL"),
    ]
    for step, cost in {**steps, **found["desk"]}.items():
        shown.append(Line(f"{step} : CPU", cost["cpu_ms"], "ms", per_request))
        shown.append(Line(f"{step} : SQL", cost["sql"], "", 1, "≤ 8" if "envoi" not in step else ""))
    for size, pages in found.get("populated", {}).items():
        shown += [Line(f"{page}, {size} commandes : p95", cost["p95_ms"], "ms") for page, cost in pages.items()]
    if "booking" in found:
        rush = found["booking"]
        shown.append(Line(f"rendez-vous, {rush['clients']} personnes à la fois : réservés", rush["booked"], ""))
        shown.append(Line("  réservés par seconde", rush["rate"], "/s"))
        shown.append(Line("  attente p95, refus compris", rush["p95_ms"], "ms"))
    shown += [
        Line("document non scellé : CPU", document["print_ms"], "ms", None, "≤ 15"),
        Line("sceau B-LTA : CPU", document["seal_ms"], "ms"),
        Line(
            "document scellé et rangé : CPU",
            sum(document[n] for n in ("print_ms", "seal_ms", "store_ms")),
            "ms",
            None,
            "≤ 45",
        ),
        Line("question de droit, mélange : CPU", law["mixed_us"], "µs", None, "≤ 10"),
        *[Line(f"  {name}", cost, "µs") for name, cost in law["us"].items()],
        Line("démarrage à froid du web", found["cold_s"], "s", None, "≤ 1.2"),
        *[
            Line(f"mémoire d'un processus : {name}", size, "MiB", None, "≤ 100")
            for name, size in found["memory"].items()
        ],
        Line("première page, gzip, polices comprises", found["first"]["kib"], "KiB", None, "≤ 25"),
        Line("première page : requêtes", found["first"]["requests"], "", None, "≤ 4"),
    ]
    return shown


def written(title: str, rows: list[Line]) -> str:
    """The table as text."""
    cells = [("", "mesuré", "plancher", "rapport", "but"), *(row.cells() for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(5)]

    def line(row: tuple[str, ...]) -> str:
        rest = "  ".join(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        return f"{row[0].ljust(widths[0])}  {rest}".rstrip()

    return "\n".join([title, *(line(row) for row in cells)])
