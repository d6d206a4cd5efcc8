"""Addresses of the accounts (``/guichets/comptes/…``)."""

from __future__ import annotations

from django.urls import path

from . import accounts

app_name = "comptes"

urlpatterns = [
    path("", accounts.show, name="month"),
    path("repartir/", accounts.divide, name="divide"),
    path("<str:month>/clore/", accounts.close, name="close"),
    path("<str:month>/<int:commune>/", accounts.statement, name="statement"),
    path("<str:month>/<int:commune>/ecritures/<uuid:share_id>/", accounts.correct, name="correct"),
    path("<str:month>/<int:commune>/decompte.csv", accounts.spreadsheet, name="csv"),
    path("<str:month>/<int:commune>/decompte.pdf", accounts.paper, name="pdf"),
]
