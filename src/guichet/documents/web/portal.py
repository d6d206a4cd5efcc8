"""« Vérifier un document »: anybody who was given one, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.documents import verification
from guichet.documents.forms import BearerForm, CodeForm, FileForm
from guichet.documents.verification import Outcome, Verdict
from guichet.kit import limits

# In one minute from one visitor: enough for a person, too little for a program.
MOST_CODES, MOST_FILES = 30, 10

# Beyond the file itself, a form sends a boundary and a few headers.
_MOST_BODY = verification.MOST_BYTES + 64 * 1024


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the code or the file (no query)."""
    asked = "code" in request.GET
    form = CodeForm(request.GET if asked else None)
    if asked and form.is_valid():
        return redirect("documents:code", code=form.cleaned_data["code"])
    page = {"form": form, "code_form": form, "upload": FileForm()}
    return render(request, "documents/start.html", page, status=422 if asked else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code leads to; with a name and a birth date, also whether they are the bearer's."""
    limits.check("verify-code", request, most=MOST_CODES, seconds=60)
    form = BearerForm(request.POST if request.method == "POST" else None)
    valid = form.is_bound and form.is_valid()
    verdict = verification.by_code(code, bearer=form.bearer() if valid else None)
    status = 404 if verdict.outcome is Outcome.UNKNOWN else 422 if form.is_bound and not valid else 200
    shown = {"form": form, "compared": valid, "upload": FileForm()}
    return _answer(request, verdict, shown, status=status)


# Nothing is stored and nobody is signed in, so there is nothing to forge; and checking a token would read the whole
# body before its length could be refused.
@csrf_exempt
@require_POST
@never_cache
def file(request: HttpRequest) -> HttpResponse:
    """Verify an uploaded file: one query for one of ours, a bounded process for another."""
    limits.check("verify-file", request, most=MOST_FILES, seconds=60)
    too_long = int(request.headers.get("Content-Length") or 0) > _MOST_BODY
    form = FileForm({}, {}) if too_long else FileForm(request.POST, request.FILES)
    if too_long:
        form.add_error("file", "Ce fichier est trop grand. Taille maximale : 10 Mo.")
    if not form.is_valid():
        page = {"form": form, "code_form": CodeForm(), "upload": form}
        return render(request, "documents/start.html", page, status=413 if too_long else 422)
    return _answer(request, verification.by_file(form.cleaned_data["file"].read()), {}, status=200)


def _answer(request: HttpRequest, verdict: Verdict, shown: dict[str, object], *, status: int) -> HttpResponse:
    texts = {"verdict": verdict, "outcome_template": f"documents/outcome/{verdict.outcome}.html"}
    return render(request, "documents/verdict.html", texts | shown, status=status)
