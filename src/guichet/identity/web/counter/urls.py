"""Addresses of the authorities' cases (``/guichets/…``)."""

from __future__ import annotations

from django.urls import path, re_path

from . import acts, case, heard, worklist

app_name = "guichets"

_CASE = r"^(?P<reference>PID-[0-9A-Z]{8}-[0-9A-Z])/"

urlpatterns = [
    path("", worklist.show, name="worklist"),
    path("autorite/", heard.choose, name="choose"),
    path("entendu/", heard.heard, name="heard"),
    re_path(rf"{_CASE}$", case.show, name="case"),
    re_path(rf"{_CASE}journal/$", case.chain, name="chain"),
    re_path(rf"{_CASE}notification/$", acts.notification, name="notification"),
    re_path(rf"{_CASE}difference$", acts.difference, name="difference"),
    re_path(rf"{_CASE}quittances/(?P<receipt_id>[0-9a-f-]{{36}})$", case.receipt, name="receipt"),
    re_path(rf"{_CASE}opposition\.pdf$", case.objection, name="objection"),
    re_path(rf"{_CASE}donnees/$", acts.data, name="data"),
    re_path(rf"{_CASE}donnees/(?P<kind>[a-z_]+)$", acts.datum, name="datum"),
    re_path(rf"{_CASE}documents/(?P<document_id>[0-9a-f-]{{36}})$", case.document, name="document"),
    re_path(rf"{_CASE}actes/(?P<act>[a-z_]+)/$", acts.act, name="act"),
]
