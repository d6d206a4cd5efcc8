"""Addresses of the people room: ``/compte/…``."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("compte/", include("guichet.people.accounts.urls"))]
