"""Addresses of the department's desk and of the precedents (``/guichets/departement/``, ``/guichets/precedents/``)."""

from __future__ import annotations

from django.urls import path, re_path

from . import department, precedents

app_name = "departement"

_CASE = r"^departement/(?P<reference>PID-[0-9A-Z]{8}-[0-9A-Z])/"

urlpatterns = [
    path("departement/", department.index, name="index"),
    re_path(rf"{_CASE}$", department.case, name="case"),
    re_path(rf"{_CASE}precedent/$", department.note, name="note"),
    path("precedents/", precedents.search, name="precedents"),
    path("precedents/<uuid:precedent_id>/", precedents.show, name="precedent"),
]
