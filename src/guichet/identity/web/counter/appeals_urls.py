"""Addresses of the appeals (``/guichets/recours/…``)."""

from __future__ import annotations

from django.urls import path, re_path

from . import appeals

app_name = "recours"

_CASE = r"^(?P<reference>PID-[0-9A-Z]{8}-[0-9A-Z])/"

urlpatterns = [
    path("", appeals.index, name="index"),
    re_path(rf"{_CASE}$", appeals.show, name="case"),
    re_path(rf"{_CASE}dossier/$", appeals.make, name="make"),
    re_path(rf"{_CASE}dossier/(?P<document_id>[0-9a-f-]{{36}})$", appeals.document, name="document"),
]
