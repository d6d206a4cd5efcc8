"""Looking somebody up in the residents' register outside of a case: with a reason, and on the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from guichet.desk.casefile import names_of
from guichet.desk.forms import PersonSearchForm, ReasonForm
from guichet.desk.record import rows_of, stays_of
from guichet.desk.web.seat import DeskRequest, at_desk, posted_to, reader_of
from guichet.kit import clock
from guichet.kit.errors import NotYours
from guichet.people.models import Person
from guichet.people.register import extract, find, reads_of

_READINGS_SHOWN = 50


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """Find people; criteria travel in the request's body, and the search is logged without them."""
    form = PersonSearchForm(posted_to(request))
    found = None
    if request.method == "POST" and form.is_valid():
        found = find(**form.criteria, reader=reader_of(request), at=clock.now())
    context = {"form": form, "found": found}
    return render(request, "desk/register/search.html", context, status=422 if form.errors else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: DeskRequest, person_id: UUID, **wiring: Any) -> HttpResponse:
    """One person's record: first the reason, then the data and who read them before."""
    form = ReasonForm(posted_to(request))
    if request.method != "POST" or not form.is_valid():
        if not Person.objects.filter(pk=person_id).exists():
            raise NotYours("Cette personne ne figure pas au registre.")
        context: dict[str, Any] = {"form": form}
        return render(request, "desk/register/reason.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"]
    shown = extract(person_id, reader=reader_of(request), reason=reason, case_reference=None, at=clock.now())
    reads = list(reads_of(Person(pk=person_id))[:_READINGS_SHOWN])
    names = names_of((read.reader for read in reads), at=clock.now())
    context = {
        "person": shown,
        "rows": rows_of(shown),
        "stays": stays_of(shown),
        "reads": [(read, names.get(read.reader, read.by)) for read in reads],
        "reason": reason,
    }
    return render(request, "desk/register/person.html", context)
