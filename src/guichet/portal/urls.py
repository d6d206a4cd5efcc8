"""The portal's own addresses, mounted at the root."""

from __future__ import annotations

from django.urls import path

from .web import authorities, following, health, message, pages

app_name = "portal"

urlpatterns = [
    path("", pages.home, name="home"),
    path("protection-des-donnees/", pages.data_protection, name="data_protection"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("contact/", pages.contact, name="contact"),
    path("contact/message/", message.write, name="message"),
    path("contact/message/envoye/", message.received, name="message_received"),
    path("a-propos/", pages.about, name="about"),
    path("autorites/", authorities.directory, name="authorities"),
    path("autorites/<slug:code>/", authorities.authority, name="authority"),
    path("suivi/", following.find, name="find"),
    path("mes-demarches/", following.mine, name="mine"),
    path("sante/", health.show, name="health"),
]
