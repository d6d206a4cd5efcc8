"""Addresses of a declaration of loss (``/identite/perte/…``)."""

from django.urls import path

from . import abandoning, losses

app_name = "losses"

urlpatterns = [
    path("", losses.entrance, name="entrance"),
    path("commencer/", losses.begin, name="begin"),
    path("pour/<str:token>/", losses.attach, name="attach"),
    path("<str:token>/", losses.show, name="tracking"),
    path("<str:token>/verification/", losses.review, name="review"),
    path("<str:token>/abandonner/", abandoning.declaration, name="abandon"),
    path("<str:token>/quittance.pdf", losses.receipt, name="receipt"),
    path("<str:token>/attestation.pdf", losses.certificate, name="certificate"),
    path("<str:token>/<slug:slug>/", losses.step, name="step"),
]
