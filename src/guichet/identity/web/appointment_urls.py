"""Addresses of the appointments: the person's and the authority's."""

from django.urls import path

from .counter import agenda, agenda_settings, openings
from .portal import appointments

app_name = "appointments"

urlpatterns = [
    path("rendez-vous/<str:token>/", appointments.show, name="show"),
    path("rendez-vous/<str:token>/choisir/", appointments.choose, name="choose"),
    path("rendez-vous/<str:token>/choisir/<uuid:slot_id>/", appointments.confirm, name="confirm"),
    path("rendez-vous/<str:token>/annuler/", appointments.cancel, name="cancel"),
    path("rendez-vous/<str:token>/attente/", appointments.wait, name="wait"),
    path("rendez-vous/<str:token>/proposition/", appointments.answer, name="answer"),
    path("rendez-vous/<str:token>/rendez-vous.ics", appointments.calendar_file, name="file"),
    path("guichets/agenda/", agenda.show, name="agenda"),
    path("guichets/agenda/sans-rendez-vous/", agenda.walk_in, name="walk_in"),
    path("guichets/agenda/fermetures/", agenda_settings.closures, name="closures"),
    path("guichets/agenda/fermetures/<uuid:closure_id>/rouvrir/", agenda_settings.reopen, name="reopen"),
    path("guichets/agenda/ouvertures/", openings.index, name="openings"),
    path("guichets/agenda/ouvertures/nouvelle/", openings.add, name="add_opening"),
    path("guichets/agenda/ouvertures/<uuid:opening_id>/", openings.change, name="change_opening"),
    path("guichets/agenda/ouvertures/<uuid:opening_id>/fin/", openings.end, name="end_opening"),
    path("guichets/agenda/flux/", agenda_settings.feed_address, name="feed_address"),
    path("guichets/agenda/flux/renouveler/", agenda_settings.renew_feed, name="renew_feed"),
    path("guichets/agenda/flux/<str:token>.ics", agenda.feed, name="feed"),
    path("guichets/agenda/<uuid:appointment_id>/", agenda.mark, name="mark"),
]
