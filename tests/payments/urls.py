"""The addresses of the payments room alone, wired to whatever counter the running test has put here."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import include, path

WIRING: dict[str, Any] = {}

urlpatterns = [
    path("paiement/", include("guichet.payments.urls"), {"wiring": WIRING}),
    path("bureau/incidents/", include("guichet.payments.desk_urls"), {"wiring": WIRING}),
    path("compte/connexion/", lambda request: HttpResponse("Connexion"), name="account_login"),
    path("compte/deconnexion/", lambda request: HttpResponse("Déconnexion"), name="account_logout"),
]

handler404 = "guichet.kit.views.page_not_found"
