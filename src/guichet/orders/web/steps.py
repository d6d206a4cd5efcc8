"""The steps of the order form: which form they show, what they need to know, what they keep."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.forms import Form
from django.http import HttpRequest, QueryDict

from guichet.kit.clock import day_of
from guichet.kit.forms import address_lines, plain, typed_again
from guichet.orders import eligibility, operations
from guichet.orders.forms import ContactForm, DeceasedForm, DeliveryForm, PersonForm
from guichet.orders.models import Delivery, Order, Postage, Subject
from guichet.orders.quote import postage_offered
from guichet.people.accounts.web.owned import account_of
from guichet.people.register import Extract, extract


class Step(Protocol):
    """One page of the form."""

    @property
    def template(self) -> str:
        """The name of the page's template."""
        ...

    @property
    def number(self) -> int:
        """Its place among the steps, from 1."""
        ...

    @property
    def following(self) -> str:
        """The name of the page after it."""
        ...

    @property
    def back(self) -> str:
        """The address of the page before it."""
        ...

    @property
    def obstacles(self) -> list[eligibility.Finding]:
        """Conditions that are certainly not met: the order goes no further."""
        ...

    def form(self, data: QueryDict | None) -> Form:
        """What is asked."""
        ...

    def save(self, form: Form, *, at: datetime) -> None:
        """Keep what was typed."""
        ...


class PersonStep:
    """Whom the document concerns."""

    number = 1
    following = "delivery"

    def __init__(self, request: HttpRequest, order: Order, *, at: datetime) -> None:
        self.order, self.at, self.account = order, at, account_of(request)
        self.back = f"/prestations/{order.version.service.slug}/"
        self.template = "person_known" if self.extract else "person"

    @cached_property
    def extract(self) -> Extract | None:
        """What the register says of a verified account's holder, read for this order and logged; None for a form."""
        account, order = self.account, self.order
        if (
            order.account_id is None
            or account is None
            or account.person_id is None
            or order.subject == Subject.DECEASED
        ):
            return None
        reader = operations.applicant(order)
        return extract(
            account.person_id,
            reader=reader,
            reason="préremplir la commande",
            case_reference=order.reference,
            at=self.at,
        )

    @cached_property
    def findings(self) -> list[eligibility.Finding]:
        """What is found about each condition, told before payment; empty when nobody is known yet."""
        if self.extract is None:
            return []
        return eligibility.findings(self.order.version.conditions, self.extract.eligibility)

    @property
    def obstacles(self) -> list[eligibility.Finding]:
        return eligibility.obstacles(self.findings)

    def form(self, data: QueryDict | None) -> Form:
        initial = typed_again(self.order.answer("person"))
        if self.account is not None:
            initial.setdefault("email", self.account.email)
        if self.extract is not None:
            return ContactForm(data, initial=initial)
        kind = DeceasedForm if self.order.subject == Subject.DECEASED else PersonForm
        departure = "departure_announced" in self.order.version.conditions
        return kind(data, initial=initial, today=day_of(self.at), departure=departure)

    def save(self, form: Form, *, at: datetime) -> None:
        answers = form.cleaned_data
        fields: dict[str, Any] = {"email": answers["email"], "person_id": None}
        if self.extract is not None and self.account is not None:
            fields |= {"bearer": self.extract.full_name, "person_id": self.account.person_id}
        else:
            fields["bearer"] = f"{answers['first_names']} {answers['official_name']}"
            if "subject" in answers:
                fields["subject"] = answers["subject"]
        operations.save_step(self.order, "person", plain(answers), at=at, **fields)


class DeliveryStep:
    """How the document is received."""

    number = 2
    following = "review"
    template = "delivery"

    def __init__(self, request: HttpRequest, order: Order, *, at: datetime) -> None:
        self.order, self.at = order, at
        self.back = f"/commande/{order.token}/personne/"

    @property
    def obstacles(self) -> list[eligibility.Finding]:
        """No condition is examined here."""
        return []

    @property
    def may_download(self) -> bool:
        """A document is downloaded by who is known for sure: the holder of a verified account, for themselves."""
        return self.order.person_id is not None

    def form(self, data: QueryDict | None) -> Form:
        kept, options = self.order.answer("delivery"), postage_offered(day_of(self.at))
        return DeliveryForm(data, initial=kept, may_download=self.may_download, options=options)

    def save(self, form: Form, *, at: datetime) -> None:
        answers = form.cleaned_data
        posted = answers["delivery"] == Delivery.POST
        operations.save_step(
            self.order,
            "delivery",
            plain(answers),
            at=at,
            delivery=answers["delivery"],
            postage=answers["postage"] if posted else Postage.B_STANDARD,
            address=address_lines(self.order.bearer or "", answers) if posted else None,
        )
