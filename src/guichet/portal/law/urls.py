"""Addresses under ``/droit/``; a passage has the address that its citation gives it."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "law"

urlpatterns = [
    path("", views.index, name="index"),
    path("questions/<str:name>/", views.question, name="question"),
    path("procedures/<str:name>/", views.procedure, name="procedure"),
    path("interpretations/", views.interpretations, name="interpretations"),
    path("<slug:text>/", views.text, name="text"),
    path("<slug:text>/<path:address>/", views.provision, name="provision"),
]
