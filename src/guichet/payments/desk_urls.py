"""Addresses of the payment incidents, to be included in the desk's (``bureau/incidents/``)."""

from django.urls import path

from .web import desk

app_name = "incidents"

urlpatterns = [
    path("", desk.incidents, name="list"),
    path("<uuid:incident_id>/", desk.incident, name="detail"),
    path("<uuid:incident_id>/decision", desk.decide, name="decide"),
    path("<uuid:incident_id>/question", desk.ask, name="ask"),
]
