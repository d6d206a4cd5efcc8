"""Pages that read a text: its table of contents, an article or a passage, the whole for print. None asks the database."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from guichet.kit import clock
from guichet.kit.components import Crumb
from guichet.kit.passages import address_of
from guichet.law.kernel.provisions import LegalText

from . import akn, linked_data, texts
from .citations import article_of, eli_of, nearest, read_address, text_named
from .days import LawDay, on_a_day, whole_on_a_day

HOME = (Crumb("Accueil", "/"), Crumb("Le droit appliqué", "/droit/"))


@require_safe
def text(request: HttpRequest, text: str) -> HttpResponse:
    """A text: what it is, its table of contents with what each article is on the day, its amendments."""
    shown = _text(text)
    if redirect := _to_the_one_address(request, f"/droit/{shown.name.lower()}/"):
        return redirect
    day = LawDay.asked(request.GET.get("on"), clock.today())
    context = {
        "crumbs": (*HOME, Crumb(shown.name)),
        "text": shown,
        "contents": texts.contents(shown, day.on),
        "day": day,
        "whole": whole_on_a_day(shown, day.on),
        "amendments": shown.amendments.values(),
        "structured": linked_data.of_text(shown),
    }
    return render(request, "portal/law/text.html", context)


@require_safe
def provision(request: HttpRequest, text: str, address: str) -> HttpResponse:
    """An article, or a passage of one: in our words on the left, what Guichet does with it on the right."""
    whole = _text(text)
    ref = nearest(whole, read_address(address))
    if ref is None:
        raise Http404
    if redirect := _to_the_one_address(request, address_of(ref)):
        return redirect
    day = LawDay.asked(request.GET.get("on"), clock.today())
    article = article_of(ref.address)
    before, after = texts.neighbours(whole, article)
    shown = texts.paragraphs(whole, ref.address)
    rows = [(each, on_a_day(whole, each.ref.address, day.on)) for each in shown if each.is_listed]
    context = {
        "crumbs": _crumbs(whole, ref.address, ref.cite, day),
        "text": whole,
        "ref": ref,
        "is_article": article == ref.address,
        "article": whole.ref(article),
        "heading": texts.own_heading(whole, article),
        "trail": whole.trail(article),
        "day": day,
        "first": shown[0],
        "rows": rows,
        "on_the_day": on_a_day(whole, ref.address, day.on),
        "differs": len({state.force for each, state in rows if each.has_rule}) > 1,
        "changes": texts.changes(whole, ref.address),
        "eli": eli_of(ref),
        "before": before,
        "after": after,
        "structured": linked_data.of_provision(whole, ref),
    }
    return render(request, "portal/law/provision.html", context)


@require_safe
def whole(request: HttpRequest, text: str) -> HttpResponse:
    """The whole text in our words, to be printed."""
    shown = _text(text)
    day = LawDay.asked(request.GET.get("on"), clock.today())
    context = {
        "crumbs": (*HOME, Crumb(shown.name, f"/droit/{text}/{day.query}"), Crumb("Version à imprimer")),
        "text": shown,
        "day": day,
        "whole": whole_on_a_day(shown, day.on),
        "body": _body(shown, day.on),
    }
    return render(request, "portal/law/whole.html", context)


@lru_cache(maxsize=16)
def _body(text: LegalText, on: date) -> SafeString:
    """The paragraphs of a whole text on a day, drawn once."""
    articles, open_until_now = [], ()
    for number in text.articles():
        trail = text.trail(number)
        articles.append(
            {
                "cite": text.ref(number).cite,
                "heading": texts.own_heading(text, number),
                "depth": len(trail) + 2,
                "opening": [
                    {"name": each.name, "heading": each.heading, "depth": depth}
                    for depth, each in enumerate(trail, start=2)
                    if each not in open_until_now
                ],
                "rows": [
                    (each, on_a_day(text, each.ref.address, on))
                    for each in texts.paragraphs(text, number)
                    if each.is_listed
                ],
            }
        )
        open_until_now = trail
    return mark_safe(render_to_string("portal/law/whole_body.html", {"articles": articles}))  # noqa: S308 - a template


@require_safe
def akoma_ntoso(request: HttpRequest, text: str) -> HttpResponse:
    """The structure of a text as an Akoma Ntoso document; its paragraphs hold our summaries, and say so."""
    shown = _text(text)
    response = HttpResponse(akn.document(shown), content_type="application/akn+xml; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{shown.name.lower()}.akn.xml"'
    return response


@require_safe
def eli(request: HttpRequest, text: str, address: str = "") -> HttpResponse:
    """An address in the manner of ELI, with or without a day (``/eli/rdid/2014-03-31/art_11``): leads to the page."""
    shown = _text(text)
    first, _, rest = address.strip("/").partition("/")
    day = LawDay.asked(first, clock.today())
    query, place = ("", address) if day.refused or not first else (day.query or f"?on={first}", rest)
    ref = nearest(shown, read_address(place)) if place else None
    if place and ref is None:
        raise Http404
    return HttpResponsePermanentRedirect((address_of(ref) if ref else f"/droit/{shown.name.lower()}/") + query)


def _text(name: str) -> LegalText:
    found = text_named(name)
    if found is None:
        raise Http404
    return found


def _to_the_one_address(request: HttpRequest, canonical: str) -> HttpResponse | None:
    if request.path == canonical:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{canonical}?{query}" if query else canonical)


def _crumbs(text: LegalText, address: str, cite: str, day: LawDay) -> tuple[Crumb, ...]:
    home = f"/droit/{text.name.lower()}/"
    article = article_of(address)
    crumbs = [*HOME, Crumb(text.name, home + day.query)]
    if article != address:
        crumbs.append(Crumb(f"art. {article}", f"{home}{article}/{day.query}"))
    return (*crumbs, Crumb(cite))
