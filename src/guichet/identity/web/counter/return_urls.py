"""Addresses of restitutions and invitations to renew at the authorities (``/guichets/retours/…``, ``/guichets/changements/…``)."""

from django.urls import path

from . import returns

app_name = "returns"

urlpatterns = [
    path("retours/", returns.index, name="index"),
    path("retours/nouvelle/", returns.intake, name="intake"),
    path("retours/<uuid:request_id>/", returns.decide, name="decide"),
    path("retours/<uuid:request_id>/lettre.pdf", returns.letter, name="letter"),
    path("changements/", returns.notices, name="notices"),
    path("changements/<str:reference>/", returns.notice, name="notice"),
]
