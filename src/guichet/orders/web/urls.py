"""Addresses of the catalogue, the order form, tracking and the terms."""

from django.urls import path

from . import catalogue, journey, terms, tracking

app_name = "orders"

urlpatterns = [
    path("prestations/", catalogue.index, name="catalogue"),
    path("prestations/<slug:slug>/", catalogue.service, name="service"),
    path("prestations/<slug:slug>/commander/", catalogue.begin, name="begin"),
    path("commande/<str:token>/personne/", journey.person, name="person"),
    path("commande/<str:token>/livraison/", journey.delivery, name="delivery"),
    path("commande/<str:token>/verification/", journey.review, name="review"),
    path("commande/<str:token>/payer/", journey.pay, name="pay"),
    path("commande/<str:token>/annuler/", journey.cancel, name="cancel"),
    path("commande/<str:token>/modifier/", journey.reopen, name="reopen"),
    path("commande/<str:token>/reprendre/", journey.adopt, name="adopt"),
    path("suivi/<str:token>/", tracking.show, name="tracking"),
    path("suivi/<str:token>/document.pdf", tracking.document, name="document"),
    path("suivi/<str:token>/decision.pdf", tracking.decision, name="decision"),
    path("suivi/<str:token>/quittance.pdf", tracking.receipt, name="receipt"),
    path("suivi/<str:token>/commander-a-nouveau/", tracking.again, name="again"),
    path("retrait/", tracking.access, name="access"),
    path("conditions/", terms.index, name="terms"),
    path("conditions/<str:sha256>/", terms.edition, name="edition"),
]
