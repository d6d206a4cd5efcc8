"""« Mon compte »: the level explained, the way to a verified account, who read one's data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guichet.kit import clock
from guichet.kit.components import Cell, Table
from guichet.kit.formats import count, instant
from guichet.people import register
from guichet.people.accounts import matching, operations
from guichet.people.accounts.forms import LetterCodeForm, VerificationForm
from guichet.people.models import Account, Reading, VerificationCode

from .resume import signed_in, typed_before

READINGS_PER_PAGE = 25


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """« Mon compte » (2 queries beyond the session and the account)."""
    account = cast("Account", request.user)
    waiting = None if account.is_verified else VerificationCode.objects.of(account).live(clock.now()).first()
    return render(request, "people/accounts/home.html", {"account": account, "waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Ask for the letter; the answer is the same whether the register knows the person or not."""
    account, at = cast("Account", request.user), clock.now()
    if account.is_verified:
        return redirect("account_home")
    kept = None if request.method == "POST" else typed_before(request, at=at)
    form = VerificationForm(request.POST if request.method == "POST" else kept)
    if request.method == "POST" and form.is_valid():
        person = matching.person_meant(form.claim(), reader=operations.holder(account), at=at)
        operations.request_verification(account, person, at=at)
        return redirect("account_verify_code")
    return render(request, "people/accounts/ask_for_code.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def enter_code(request: HttpRequest) -> HttpResponse:
    """Type the code of the letter."""
    account, at = cast("Account", request.user), clock.now()
    form = LetterCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.verify(account, typed=form.cleaned_data["code"], at=at)
        except operations.WrongCode as wrong:
            form.add_error("code", _wrong(wrong))
        else:
            messages.success(request, "Votre compte est vérifié.")
            return redirect("account_home")
    waiting = VerificationCode.objects.of(account).live(at).first()
    return render(request, "people/accounts/enter_code.html", {"form": form, "waiting": waiting})


def _wrong(wrong: operations.WrongCode) -> str:
    if wrong.tries_left == 0:
        return f"{wrong.message} C'était le dernier essai : demandez une nouvelle lettre."
    return f"{wrong.message} Il vous reste {count(wrong.tries_left, 'essai')}."


@require_safe
@signed_in
def readings(request: HttpRequest) -> HttpResponse:
    """Who read one's data in the register, when and why (for verified accounts)."""
    account = cast("Account", request.user)
    found = register.reads_of(account.person) if account.person is not None else ()
    page = Paginator(found, READINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"account": account, "page": page, "readings": _table(page.object_list)}
    return render(request, "people/accounts/readings.html", context)


def _table(shown: Iterable[Reading]) -> Table:
    rows = [(Cell(instant(one.at)), Cell(one.by), Cell(one.reason), Cell(one.case_reference or "–")) for one in shown]
    return Table(
        "Lectures de mes données, les plus récentes d'abord",
        ("Quand", "Par qui", "Pourquoi", "Dossier"),
        rows,
        caption_is_hidden=True,
    )
