"""The gallery of the kit, mounted at ``/kit/`` in the demonstration only."""

from __future__ import annotations

from django.urls import path

from . import gallery

app_name = "kit"

urlpatterns = [
    path("", gallery.index, name="gallery"),
    path("parties/", gallery.parts, name="parts"),
    path("suivi/", gallery.case_page, name="case_page"),
    path("formulaire/", gallery.form, name="form"),
    path("listes/", gallery.lists, name="lists"),
    path("erreurs/<int:status>/", gallery.trouble, name="trouble"),
]
