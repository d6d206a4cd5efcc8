"""The application form: an entrance, one question a page, the answer of the law, a review of every value, the lodging."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.casework.retention import DRAFTS_KEPT_DAYS
from guichet.identity.forms.lodging import ConfirmForm, linked_reason
from guichet.identity.models import IdentityApplication
from guichet.identity.operations import lodging
from guichet.identity.operations.lodging import AlreadyUnderWay, Incomplete
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow
from guichet.kit.ids import secret_token
from guichet.people.accounts.web.owned import account_of, start_key_of, typed

from .answer import price_of, told
from .guard import open_for_applications, with_application
from .pages import review_rows, tariff
from .steps import QUESTIONS, REVIEW, Step, commune_name, neighbours, obstacle_of, way_of

_STEPS = {step.slug: step for step in QUESTIONS}


@require_safe
def entrance(request: HttpRequest, **wiring: Any) -> HttpResponse:
    """What one needs, for whom, what it costs, and the button to begin."""
    motif = request.GET.get("motif", "")
    context = {
        "start_key": secret_token(),
        "tariff": tariff(clock.today()),
        "motif": motif if linked_reason(motif) else "",
    }
    return render(request, "identity/portal/entrance.html", context)


@require_POST
@open_for_applications
def begin(request: HttpRequest, **wiring: Any) -> HttpResponse:
    """Begin an application; the page's own key makes a double click one draft."""
    account = account_of(request)
    account_id = account.pk if account else None
    reason = linked_reason(request.POST.get("motif", ""))
    application = lodging.start(account_id=account_id, start_key=start_key_of(request), at=clock.now(), reason=reason)
    return redirect("identity:step", token=application.token, slug=QUESTIONS[0].slug)


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_applications
@with_application
def step(request: HttpRequest, application: IdentityApplication, slug: str, **wiring: Any) -> HttpResponse:
    """One question of the form, or the answer page."""
    if slug not in _STEPS:
        raise Http404
    if application.state != "draft":
        return redirect("identity:tracking", token=application.token)
    shown = _STEPS[slug](request, application, at=clock.now())
    elsewhere = _out_of_turn(application, slug)
    if elsewhere:
        return redirect("identity:step", token=application.token, slug=elsewhere)
    form = shown.form(typed(request))
    if request.method == "POST" and form.is_valid():
        shown.save(form)
        return redirect("identity:step", token=application.token, slug=_next(application, slug))
    return _page(request, shown, form)


def _out_of_turn(application: IdentityApplication, slug: str) -> str:
    """The page that must come first: what is in the way of the application, or what the answer needs; empty if none."""
    on = clock.today()
    slugs = [step.slug for step in QUESTIONS]
    if slugs.index(slug) > slugs.index("domicile") and obstacle_of(application, on=on):
        return "domicile"
    if slugs.index(slug) < slugs.index("reponse"):
        return ""
    try:
        lodging.check_complete(application, on=on)
    except Incomplete as missing:
        return "" if missing.step == "livraison" else missing.step
    return ""


def _next(application: IdentityApplication, slug: str) -> str:
    """The page after a step, or the step itself while something is in the way there."""
    on = clock.today()
    if slug in ("personne", "domicile") and obstacle_of(application, on=on):
        return "domicile"
    return neighbours(application, slug, on=on)[1]


def _page(request: HttpRequest, shown: Step, form: Any) -> HttpResponse:
    application, on = shown.application, clock.today()
    context = {
        **_frame(application, shown.slug),
        "form": form,
        "step": shown,
        "is_first_try": not form.errors,
        "told": told(application, on=on) if shown.slug == "reponse" else None,
        **(_twin(application) if shown.slug == "reponse" else {}),
        "commune": commune_name(application),
    }
    return render(request, f"identity/portal/{shown.template}.html", context, status=422 if form.errors else 200)


def _twin(application: IdentityApplication) -> dict[str, Any]:
    """The application of the same person that is under way, and whether this visitor's account may open it."""
    found = lodging.twin(application)
    is_mine = found is not None and found.account_id is not None and found.account_id == application.account_id
    return {"twin": found, "is_mine": is_mine}


def _frame(application: IdentityApplication, slug: str) -> dict[str, Any]:
    """What every page of the form shows around its question."""
    on = clock.today()
    way = way_of(application, on=on)
    slugs = [each for each, _ in way]
    number = slugs.index(slug) + 1 if slug in slugs else 1
    before, _ = neighbours(application, slug, on=on)
    return {
        "application": application,
        "number": number,
        "of": len(way),
        "label": dict(way).get(slug, ""),
        "kept_days": DRAFTS_KEPT_DAYS,
        "back": f"/identite/demande/{application.token}/{before}/" if before else "/identite/",
        "price": price_of(application, on=on) if application.request and application.born_on else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_applications
@with_application
def review(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """Every value once more, and the button that lodges."""
    if application.state != "draft":
        return redirect("identity:tracking", token=application.token)
    at, on = clock.now(), clock.today()
    elsewhere = _missing(request, application)
    if elsewhere:
        return redirect("identity:step", token=application.token, slug=elsewhere)
    form = ConfirmForm(typed(request))
    is_refused = False
    if request.method == "POST" and form.is_valid():
        try:
            lodging.lodge(application, at=at)
        except AlreadyUnderWay:
            is_refused = True
        except NotAllowedNow:
            # Of a double click, the second finds it lodged.
            if application.state == "draft":
                raise
        if not is_refused:
            return redirect("identity:tracking", token=application.token)
    status = 409 if is_refused else 422 if form.errors else 200
    context = {
        **_frame(application, REVIEW[0]),
        "form": form,
        "rows": review_rows(application),
        "told": told(application, on=on),
        **_twin(application),
    }
    return render(request, "identity/portal/review.html", context, status=status)


def _missing(request: HttpRequest, application: IdentityApplication) -> str:
    on = clock.today()
    if obstacle_of(application, on=on):
        return "domicile"
    try:
        lodging.check_complete(application, on=on)
    except Incomplete as missing:
        messages.warning(request, missing.message)
        return missing.step
    return ""


@require_POST
@open_for_applications
@with_application
def adopt(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """Continue a guest's draft from one's account."""
    account = account_of(request)
    if account is not None:
        lodging.adopt(application, account_id=account.pk, at=clock.now())
    return redirect("identity:step", token=application.token, slug="personne")


@require_POST
@open_for_applications
@with_application
def sibling(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """Begin the application of another child, with the answers that hold for both."""
    begun = lodging.start_sibling(application, start_key=start_key_of(request), at=clock.now())
    return redirect("identity:step", token=begun.token, slug="personne")
