"""Addresses of the applicants' pages."""

from django.urls import path

from . import abandoning, journey, returns, tracking

app_name = "identity"

urlpatterns = [
    path("identite/", journey.entrance, name="entrance"),
    path("identite/commencer/", journey.begin, name="begin"),
    path("identite/demande/<str:token>/", tracking.show, name="tracking"),
    path("identite/demande/<str:token>/verification/", journey.review, name="review"),
    path("identite/demande/<str:token>/payer/", tracking.pay, name="pay"),
    path("identite/demande/<str:token>/retirer/", tracking.withdraw, name="withdraw"),
    path("identite/demande/<str:token>/abandonner/", abandoning.application, name="abandon"),
    path("identite/demande/<str:token>/reclamer/", tracking.complain, name="complain"),
    path("identite/demande/<str:token>/reprendre/", journey.adopt, name="adopt"),
    path("identite/demande/<str:token>/autre-enfant/", journey.sibling, name="sibling"),
    path("identite/retour/<str:token>/", returns.ask_back, name="ask_back"),
    path("identite/demande/<str:token>/formule.pdf", tracking.form, name="form"),
    path("identite/demande/<str:token>/opposition.pdf", tracking.objection, name="objection"),
    path("identite/demande/<str:token>/decision/<uuid:decision_id>.pdf", tracking.decision, name="decision"),
    path("identite/demande/<str:token>/quittance.pdf", tracking.receipt, name="receipt"),
    path("identite/demande/<str:token>/<slug:slug>/", journey.step, name="step"),
]
