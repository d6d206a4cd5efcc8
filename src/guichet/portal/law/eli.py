"""Addresses in the manner of the European Legislation Identifier; each leads to the page of its passage."""

from __future__ import annotations

from django.urls import path

from .reading import eli

urlpatterns = [path("<str:text>", eli), path("<str:text>/<path:address>", eli)]
