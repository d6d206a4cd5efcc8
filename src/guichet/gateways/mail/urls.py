"""Addresses of the demonstration's mailbox, under ``/courrier/``."""

from __future__ import annotations

from django.urls import path

from . import web

urlpatterns = [
    path("", web.inbox, name="mail_inbox"),
    path("<int:number>/", web.message, name="mail_message"),
    path("lettre/<str:key>/", web.letter, name="mail_letter"),
]
