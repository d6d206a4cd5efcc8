"""Addresses of the desk (``/bureau/…``)."""

from __future__ import annotations

from django.urls import include, path

from guichet.payments.web import desk as incidents

from .templatetags.desk import case_link
from .web import acts, case, diary, home, jobs, person, post, register, worklist
from .web.seat import at_desk

app_name = "desk"

_CASE = "commandes/<str:reference>/"
_SHELL = {"desk_base": "desk/base.html", "case_link": case_link}

# The pages of payments in the desk's shell, behind the desk's own door: a role in another office doesn't open them.
_incidents = (
    [
        path("", at_desk(incidents.incidents), name="list"),
        path("<uuid:incident_id>/", at_desk(incidents.incident), name="detail"),
        path("<uuid:incident_id>/decision", at_desk(incidents.decide), name="decide"),
        path("<uuid:incident_id>/question", at_desk(incidents.ask), name="ask"),
    ],
    "incidents",
)

urlpatterns = [
    path("", home.home, name="home"),
    path("commandes/", worklist.show, name="worklist"),
    path("filtres/", worklist.keep, name="keep_filter"),
    path("filtres/<uuid:filter_id>/supprimer", worklist.forget, name="forget_filter"),
    path(_CASE, case.show, name="case"),
    path(f"{_CASE}note", case.write_note, name="note"),
    path(f"{_CASE}journal/", case.chain, name="chain"),
    path(f"{_CASE}quittance", case.receipt, name="receipt"),
    path(f"{_CASE}documents/<uuid:document_id>", case.document, name="document"),
    path(f"{_CASE}personne/", person.search, name="person"),
    path(f"{_CASE}personne/designer", person.designate, name="designate"),
    path(f"{_CASE}examen", acts.examine, name="examine"),
    path(f"{_CASE}accord", acts.grant, name="grant"),
    path(f"{_CASE}envoi", acts.posted, name="posted"),
    path(f"{_CASE}refus/", acts.refusal, name="refusal"),
    path(f"{_CASE}correction/", acts.correction, name="correction"),
    path(f"{_CASE}notification/", acts.notification, name="notification"),
    path("a-poster/", post.index, name="post"),
    path("a-poster/apercu", post.preview, name="post_preview"),
    path("a-poster/lots", post.make, name="make_batch"),
    path("a-poster/lots/<uuid:batch_id>/", post.show, name="batch"),
    path("a-poster/lots/<uuid:batch_id>/impression", post.print_out, name="print_batch"),
    path("a-poster/lots/<uuid:batch_id>/poste", post.mark, name="mark_batch"),
    path("a-poster/lots/<uuid:batch_id>/defaire", post.undo, name="undo_batch"),
    path("incidents/", include(_incidents), _SHELL),
    path("taches/", jobs.index, name="jobs"),
    path("taches/apercu", jobs.preview, name="jobs_preview"),
    path("taches/reprise", jobs.retry, name="retry_jobs"),
    path("registre/", register.search, name="register"),
    path("registre/<uuid:person_id>/", register.person, name="register_person"),
    path("journal/", diary.show, name="diary"),
]
