"""Addresses under ``/verifier/``."""

from __future__ import annotations

from django.urls import path

from .web import portal

app_name = "documents"

urlpatterns = [
    path("", portal.start, name="start"),
    path("fichier/", portal.file, name="file"),
    path("<str:code>/", portal.code, name="code"),
]
