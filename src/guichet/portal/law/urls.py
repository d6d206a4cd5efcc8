"""Addresses under ``/droit/``; a passage has the address that its citation gives it (`guichet.portal.law.citations`)."""

from __future__ import annotations

from django.urls import path

from . import charts, reading, views

app_name = "law"

urlpatterns = [
    path("", views.index, name="index"),
    path("questions/<str:name>/", views.question, name="question"),
    path("questions/<str:name>/reponse.json", views.answer, name="answer"),
    path("procedures/<str:name>/", charts.procedure, name="procedure"),
    path("procedures/<str:name>/diagramme.svg", charts.picture, name="diagram"),
    path("interpretations/", views.interpretations, name="interpretations"),
    path("interpretations/<str:name>/", views.interpretation, name="interpretation"),
    path("<str:text>/", reading.text, name="text"),
    path("<str:text>/imprimer/", reading.whole, name="whole"),
    path("<str:text>/akn.xml", reading.akoma_ntoso, name="akn"),
    path("<str:text>/<path:address>/", reading.provision, name="provision"),
]
