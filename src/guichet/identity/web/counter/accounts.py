"""« Comptes »: what the fees of a month gave to whom; for the centre and the department all, for a commune its own."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.documents.web.handing import drawn
from guichet.identity.models import Share
from guichet.identity.operations import papers, sharing, statements
from guichet.identity.operations.papers import name_of_month
from guichet.institutions.models import Office, Role
from guichet.kit import clock
from guichet.kit.components import Cell, Table
from guichet.kit.errors import NotEntitled
from guichet.kit.formats import count

from .forms import CorrectionForm
from .seat import CounterRequest, agent_of, at_counter

_WHOLE_CANTON = (Office.Authority.CENTRE, Office.Authority.DEPARTMENT)
_COLUMNS = ("Commune", "Écritures", "Émolument", "Confédération", "Canton", "Commune : sa part", "À répartir", "État")


def _own_commune(request: CounterRequest) -> int | None:
    """The commune whose accounts this person may see; None for those who see all.

    Raises:
        NotEntitled: these accounts are not theirs.
    """
    office, role = request.seat
    if office.authority in _WHOLE_CANTON:
        return None
    if office.authority == Office.Authority.COMMUNE and role == Role.SUPERVISOR and office.bfs_number:
        return int(office.bfs_number)
    raise NotEntitled("Les comptes sont réservés au centre, au département et aux responsables des communes.")


def _check_may_close(request: CounterRequest) -> None:
    office, role = request.seat
    if office.authority != Office.Authority.CENTRE or role != Role.SUPERVISOR:
        raise NotEntitled("Seule une personne responsable du centre répartit les émoluments et clôt un mois.")


def _may_close(request: CounterRequest) -> bool:
    office, role = request.seat
    return office.authority == Office.Authority.CENTRE and role == Role.SUPERVISOR


@at_counter
@require_safe
def show(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """The totals of a month (``?mois=2026-11``), per commune; the running one without a month."""
    commune = _own_commune(request)
    today = clock.today()
    month = _month(request.GET.get("mois", "")) or sharing.first_of_month(today)
    each = statements.totals(month, commune=commune)
    shown = [one for one in each if one.entries or commune is not None]
    may_close = _may_close(request)
    is_closed = any(one.statement for one in each)
    context = {
        "month": month,
        "name": name_of_month(month),
        "months": [(one, name_of_month(one)) for one in statements.months(until=today)],
        "table": _table(month, shown, with_total=commune is None),
        "is_closed": is_closed,
        "without_entries": len(each) - len(shown),
        "waiting": Share.objects.to_divide().count() if commune is None else 0,
        "differences": statements.differences(month) if commune is None else [],
        "is_canton": commune is None,
        "may_close": may_close,
        "is_closable": may_close and not is_closed and sharing.next_month(month) <= today,
    }
    return render(request, "identity/counter/accounts/month.html", context)


def _table(month: date, each: list[statements.Totals], *, with_total: bool) -> Table:
    rows = [_row(month, one) for one in each]
    if with_total and each:
        rows.append(_row(month, statements.together(each), is_total=True))
    return Table(
        caption=f"Émoluments de {name_of_month(month)}",
        columns=_COLUMNS,
        rows=tuple(rows),
        empty="Aucun émolument n'est inscrit ce mois-là.",
        caption_is_hidden=True,
    )


def _row(month: date, one: statements.Totals, *, is_total: bool = False) -> tuple[Cell, ...]:
    address = "" if is_total else reverse("comptes:statement", args=[f"{month:%Y-%m}", one.commune])
    amounts = (one.fee, one.federal, one.canton, one.commune_part, one.undivided)
    state = "" if is_total else "clos" if one.statement else "ouvert"
    numbers = (str(one.entries), *(amount.francs for amount in amounts))
    return (
        Cell(one.name, address=address),
        *(Cell(number, is_number=True) for number in numbers),
        Cell(state),
    )


@at_counter
@require_safe
def statement(request: CounterRequest, month: str, commune: int, **wiring: Any) -> HttpResponse:
    """The entries of a month for one commune."""
    first, total, entries = _asked(request, month, commune)
    context = {
        "name": name_of_month(first),
        "month": first,
        "total": total,
        "sentence": statements.sentence_of(total),
        "is_intact": total.statement is None or statements.digest_of(entries) == total.statement.digest,
        "entries": entries,
        "may_correct": _may_close(request),
        "missing": statements.missing_of(entries),
    }
    return render(request, "identity/counter/accounts/statement.html", context)


@at_counter
@require_safe
def spreadsheet(request: CounterRequest, month: str, commune: int, **wiring: Any) -> HttpResponse:
    """The same for a spreadsheet."""
    _, total, entries = _asked(request, month, commune)
    headers = {"Content-Disposition": f'attachment; filename="decompte-{month}-{commune}.csv"'}
    return HttpResponse(statements.as_csv(entries, total), content_type="text/csv; charset=utf-8", headers=headers)


@at_counter
@require_safe
def paper(request: CounterRequest, month: str, commune: int, **wiring: Any) -> HttpResponse:
    """The same as a PDF."""
    first, total, entries = _asked(request, month, commune)
    at = total.statement.closed_at if total.statement else clock.now()
    content = papers.statement(entries, total, month=first, on=at.astimezone(clock.ZURICH).date())
    return drawn(content, f"decompte-{month}-{commune}.pdf", at=at)


def _asked(request: CounterRequest, month: str, commune: int) -> tuple[date, statements.Totals, list[Share]]:
    """The statement of an address; not found for a commune that isn't one's own."""
    own, first = _own_commune(request), _month(month)
    if first is None or own not in (None, commune):
        raise Http404
    (total,) = statements.totals(first, commune=commune)
    return first, total, statements.entries_of(first, commune)


@at_counter
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: CounterRequest, month: str, commune: int, share_id: UUID, **wiring: Any) -> HttpResponse:
    """Take an entry back by one of the opposite sign, with its reason; both stay to be seen."""
    _check_may_close(request)
    first, total, entries = _asked(request, month, commune)
    share = next((one for one in entries if one.pk == share_id), None)
    if share is None:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"reason": form.cleaned_data["reason"], "again": form.cleaned_data["again"]}
        opposite = sharing.correct(share, actor=agent_of(request), at=clock.now(), **told)
        written = name_of_month(opposite.month)
        messages.success(request, f"L'écriture de {share.case_reference} est contre-passée en {written}.")
        return redirect("comptes:statement", month=f"{opposite.month:%Y-%m}", commune=commune)
    context = {"form": form, "share": share, "name": name_of_month(first), "month": month, "total": total}
    return render(request, "identity/counter/accounts/correct.html", context, status=422 if form.errors else 200)


@at_counter
@require_POST
def divide(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """Divide what waited for the canton's shares."""
    _check_may_close(request)
    divided, waiting = sharing.resolve(at=clock.now())
    told = count(divided, "émolument réparti", "émoluments répartis")
    messages.info(request, f"{told}, {waiting} à répartir.")
    return redirect("comptes:month")


@at_counter
@require_POST
def close(request: CounterRequest, month: str, **wiring: Any) -> HttpResponse:
    """Close a month that is over."""
    _check_may_close(request)
    first = _month(month)
    if first is None:
        raise Http404
    made = statements.close(first, closed_by=str(request.user.pk), at=clock.now())
    messages.success(request, f"{name_of_month(first).capitalize()} est clos : {count(len(made), 'décompte')}.")
    return redirect(f"{reverse('comptes:month')}?mois={month}")


def _month(written: str) -> date | None:
    """The first day of a month written ``2026-11``; None for anything else."""
    try:
        month = date.fromisoformat(f"{written}-01") if len(written) == 7 else None
    except ValueError:
        return None
    return month if month is not None and 2003 <= month.year < 2200 else None
