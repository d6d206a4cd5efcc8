"""Addresses of the payments room that the payer's browser and the provider call."""

from django.urls import path

from .web import portal

app_name = "payments"

urlpatterns = [
    path("retour/<str:secret>", portal.returned, name="returned"),
    path("avis/<str:secret>/<str:ending>", portal.notified, name="notified"),
]
