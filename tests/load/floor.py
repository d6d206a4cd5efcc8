"""The floor: a bare Django on the same server and database that takes an order in the same twelve requests.

Its models, forms and templates are Django's own, with the token against forgery: catalogue, service, beginning, two
steps of eight fields, review, payment, the provider's notification, return, tracking. No accounts, register, law,
journal, jobs, mail, receipt or document; nobody is asked anything. Served as ``tests.load.floor:application``;
``python -m tests.load.floor`` makes its tables.
"""

from __future__ import annotations

import os
from typing import Any

import django
from django.conf import settings

if not settings.configured:
    import dj_database_url

    database = dj_database_url.parse(os.environ["FLOOR_DATABASE"])
    database["CONN_MAX_AGE"] = 600
    if database["ENGINE"].endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL"
        database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    settings.configure(
        DATABASES={"default": database},
        ROOT_URLCONF="tests.load.floor",
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="floor",
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        INSTALLED_APPS=[],
        USE_TZ=True,
    )
    django.setup()

from django import forms
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path

SERVICES = 7
FIELDS = [f"champ_{number}" for number in range(8)]


class Service(models.Model):
    """What can be ordered."""

    name = models.CharField(max_length=100)
    price = models.IntegerField()

    class Meta:
        app_label = "floor"


class Order(models.Model):
    """An order with what was typed."""

    service = models.ForeignKey(Service, models.PROTECT)
    state = models.CharField(max_length=10, default="draft")
    answers = models.JSONField(default=dict)

    class Meta:
        app_label = "floor"


# Eight fields, as the framework draws and checks them.
StepForm: type[forms.Form] = type("StepForm", (forms.Form,), {name: forms.CharField(max_length=100) for name in FIELDS})


def _template(body: str) -> Any:
    page = f"<!doctype html><title>Commander</title>{body}" + "<p>Ce que dit la page, sans rien de variable.</p>" * 60
    return engines["django"].from_string(page)


_CATALOGUE = _template(
    "{% for one in services %}<p><a href='/services/{{ one.pk }}/'>{{ one.name }}</a> {{ one.price }}</p>{% endfor %}"
)
_SERVICE = _template("<h1>{{ one.name }}</h1><p>{{ one.price }}</p><form method='post'>{% csrf_token %}</form>")
_STEP = _template("<form method='post'>{% csrf_token %}{{ form.as_p }}<button>Continuer</button></form>")
_REVIEW = _template(
    "<h1>{{ order.service.name }} : {{ order.state }}</h1><dl>"
    "{% for name, value in order.answers.items %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>"
    "<form method='post'>{% csrf_token %}</form>"
)


def catalogue(request: HttpRequest) -> HttpResponse:
    """All services."""
    return HttpResponse(_CATALOGUE.render({"services": Service.objects.order_by("pk")}, request))


def service(request: HttpRequest, key: int) -> HttpResponse:
    """One service; posted, an order begins."""
    if request.method == "POST":
        return HttpResponseRedirect(f"/{Order.objects.create(service_id=key).pk}/1/")
    return HttpResponse(_SERVICE.render({"one": Service.objects.get(pk=key)}, request))


def step(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """A step of the form: shown, or checked and kept."""
    order = Order.objects.get(pk=key)
    form = StepForm(request.POST or None, initial=order.answers)
    if request.method == "POST" and form.is_valid():
        order.answers |= form.cleaned_data
        order.save(update_fields=["answers"])
        return HttpResponseRedirect(f"/{key}/2/" if number == 1 else f"/{key}/review/")
    return HttpResponse(_STEP.render({"form": form}, request))


def review(request: HttpRequest, key: int) -> HttpResponse:
    """What was typed; posted, the order waits for its payment."""
    if request.method == "POST":
        Order.objects.filter(pk=key, state="draft").update(state="submitted")
        return HttpResponseRedirect(f"/{key}/paid/")
    order = Order.objects.select_related("service").get(pk=key)
    return HttpResponse(_REVIEW.render({"order": order}, request))


def notified(request: HttpRequest, key: int) -> HttpResponse:
    """The provider's notification."""
    Order.objects.filter(pk=key, state="submitted").update(state="paid")
    return HttpResponse(status=204)


urlpatterns = [
    path("services/", catalogue),
    path("services/<int:key>/", service),
    path("<int:key>/<int:number>/", step),
    path("<int:key>/review/", review),
    path("<int:key>/notified/", notified),
    path("<int:key>/paid/", review),
]
application: Any = get_wsgi_application()


def main() -> None:
    """Make the tables, with the services."""
    with connection.schema_editor() as editor:
        known = connection.introspection.table_names()
        for model in (Order, Service):
            if model._meta.db_table in known:
                editor.delete_model(model)
        for model in (Service, Order):
            editor.create_model(model)
    Service.objects.bulk_create([Service(name=f"Attestation {n}", price=3000 + n) for n in range(SERVICES)])


if __name__ == "__main__":
    main()
