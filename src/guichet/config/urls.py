"""Every address of Guichet, room by room; addresses are French, as people read them."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from .later import later
from .wiring import URL_KWARGS

urlpatterns = [
    path("", include("guichet.portal.urls")),
    path("", include("guichet.orders.web.urls"), URL_KWARGS),
    path("", include("guichet.identity.web.appointment_urls")),
    path("identite/perte/", include("guichet.identity.web.portal.loss_urls")),
    path("guichets/", include("guichet.identity.web.counter.return_urls")),
    path("guichets/declarations/", include("guichet.identity.web.counter.declaration_urls")),
    path("", include("guichet.identity.web.portal.urls"), URL_KWARGS),
    path("paiement/", include("guichet.payments.urls"), URL_KWARGS),
    path("verifier/", include("guichet.documents.urls")),
    path("compte/", include("guichet.people.accounts.urls")),
    path("bureau/", include("guichet.desk.urls"), URL_KWARGS),
    path("guichets/comptes/", include("guichet.identity.web.counter.accounts_urls"), URL_KWARGS),
    path("guichets/recours/", include("guichet.identity.web.counter.appeals_urls"), URL_KWARGS),
    path("guichets/", include("guichet.identity.web.counter.department_urls"), URL_KWARGS),
    path("guichets/", include("guichet.identity.web.counter.urls"), URL_KWARGS),
    path("droit/", include("guichet.portal.law.urls")),
    path("eli/", include("guichet.portal.law.eli")),
    later("api/", "guichet.api.urls", "api"),
]

if settings.DEMO:
    urlpatterns += [
        path("courrier/", include("guichet.gateways.mail.urls")),
        path("kit/", include("guichet.kit.urls")),
    ]

handler400 = "guichet.kit.views.bad_request"
handler403 = "guichet.kit.views.permission_denied"
handler404 = "guichet.kit.views.page_not_found"
handler500 = "guichet.kit.views.server_error"
