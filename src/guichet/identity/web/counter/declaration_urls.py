"""Addresses of the declarations at the authorities (``/guichets/declarations/…``)."""

from django.urls import path

from . import declarations

app_name = "declarations"

urlpatterns = [
    path("", declarations.index, name="index"),
    path("nouvelle/", declarations.intake, name="intake"),
    path("verifier/", declarations.check, name="check"),
    path("retrouve/", declarations.found, name="found"),
    path("<str:reference>/", declarations.case, name="case"),
    path("<str:reference>/quittance.pdf", declarations.receipt, name="receipt"),
    path("<str:reference>/attestation.pdf", declarations.certificate, name="certificate"),
    path("<str:reference>/rattacher/", declarations.tie, name="tie"),
    path("<str:reference>/<str:act>/", declarations.act, name="act"),
]
