"""The steps of the application form: which form they show, whom they concern, what they keep."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, QueryDict

from guichet.gateways.register.communes import name_of
from guichet.identity.forms import lodging as forms
from guichet.identity.models import IdentityApplication
from guichet.identity.models.applications import Bearer
from guichet.identity.operations import lodging, renewing
from guichet.identity.quote import is_minor
from guichet.identity.rights import applicant
from guichet.kit.clock import day_of
from guichet.kit.formats import short_date
from guichet.kit.forms import GuichetForm, address_lines, plain, typed_again
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.questions import ask
from guichet.people.accounts.web.owned import account_of
from guichet.people.register import Candidate, Extract, children_of, extract


class Step:
    """One page of the form. ``slug`` is its address, ``label`` its name on the line of steps."""

    slug: ClassVar[str]
    label: ClassVar[str]
    heading: ClassVar[str] = ""
    template: ClassVar[str] = "question"

    def __init__(self, request: HttpRequest, application: IdentityApplication, *, at: datetime) -> None:
        self.application, self.at, self.account = application, at, account_of(request)

    @classmethod
    def concerns(cls, application: IdentityApplication, *, on: date) -> bool:
        """Whether this page is asked for this application."""
        return True

    @property
    def obstacle(self) -> Answer | None:
        """Why the application goes no further here; None if it does."""
        return None

    def form(self, data: QueryDict | None) -> Form:
        """What is asked."""
        raise NotImplementedError

    def save(self, form: Form) -> None:
        """Keep what was typed."""
        raise NotImplementedError

    def _ask_residence_again(self) -> None:
        """What the register said of somebody else is not said of this person."""
        kept = self.application.answer("residence")
        if kept.pop("known", False):
            lodging.save_step(self.application, "residence", kept, at=self.at)

    def _keep(self, answers: dict[str, Any], **fields: Any) -> None:
        lodging.save_step(self.application, self.slug_kept, plain(answers), at=self.at, **fields)

    @property
    def slug_kept(self) -> str:
        """Under which name the answers are kept."""
        return KEPT[self.slug]


KEPT = {
    "pour-qui": "bearer",
    "personne": "person",
    "domicile": "residence",
    "documents": "request",
    "motif": "reason",
    "parents": "parents",
    "livraison": "delivery",
}


_WITHOUT_PARENTS = {"parents": "", "is_holder_prevented": False}


class BearerStep(Step):
    """For whom."""

    slug, label = "pour-qui", "pour qui"

    def form(self, data: QueryDict | None) -> Form:
        chosen = self.application.bearer if self.application.answer("bearer") else None
        return forms.BearerForm(data, initial={"bearer": chosen})

    def save(self, form: Form) -> None:
        bearer = form.cleaned_data["bearer"]
        fields: dict[str, Any] = {"bearer": bearer}
        if bearer != self.application.bearer:
            # Somebody else is another person: nothing of the one before may stay.
            fields |= {"name": None, "born_on": None, "bearer_index": "", "person_id": None}
            fields |= _WITHOUT_PARENTS
            for step in ("person", "parents"):
                lodging.save_step(self.application, step, {}, at=self.at)
            self._ask_residence_again()
        self._keep(form.cleaned_data, **fields)


class PersonStep(Step):
    """The person: read from the register for the holder of a verified account, asked otherwise."""

    slug, label = "personne", "la personne"
    heading = "Quelle personne le document concerne-t-il ?"

    @cached_property
    def extract(self) -> Extract | None:
        """What the register says of the account's holder, read for this application and logged; None for a form."""
        application, account = self.application, self.account
        if application.account_id is None or account is None or account.person_id is None:
            return None
        if application.bearer != Bearer.SELF:
            return None
        found = extract(
            account.person_id,
            reader=applicant(application),
            reason="préremplir la demande de document d'identité",
            case_reference=application.reference,
            at=self.at,
            with_protected_address=True,
        )
        return found if found.born_on is not None else None

    @cached_property
    def children(self) -> tuple[Candidate, ...]:
        """The minor children of a verified account's holder, read for this application and logged; none for anybody else.

        A child for whom the household has an application is not offered again.
        """
        application, account = self.application, self.account
        if application.account_id is None or account is None or account.person_id is None:
            return ()
        if application.bearer != Bearer.CHILD:
            return ()
        told = children_of(
            account.person_id,
            reader=applicant(application),
            reason="proposer vos enfants dans la demande de document d'identité",
            case_reference=application.reference,
            at=self.at,
        )
        taken = lodging.persons_of_the_household(application)
        on = day_of(self.at)
        return tuple(child for child in told if child.person_id not in taken and is_minor(_born(child), on=on))

    @property
    def template(self) -> str:  # type: ignore[override]  # which of two is known once the register was asked
        """The page that shows what is known, or asks."""
        return "person_known" if self.extract else "person"

    def form(self, data: QueryDict | None) -> Form:
        if self.extract is not None:
            return forms.KnownPersonForm(data)
        initial = typed_again(self.application.answer("person"))
        more: dict[str, Any] = {"initial": initial, "today": day_of(self.at), "bearer": self.application.bearer}
        if not self.children:
            return forms.PersonForm(data, **more)
        offered = [(str(child.person_id), _told_apart(child)) for child in self.children]
        return forms.ChildForm(data, children=offered, **more)

    def save(self, form: Form) -> None:
        known, child = self.extract, form.cleaned_data.get("child", forms.OTHER)
        if child != forms.OTHER:
            self._save_child(UUID(child))
            return
        if known is None or known.born_on is None:
            typed = form.cleaned_data
            self._ask_residence_again()
            name = f"{typed['first_names']} {typed['official_name']}"
            self._keep(typed, **_who(name, typed["born_on"], on=day_of(self.at)), person_id=None)
            return
        assert self.account is not None, "an extract is read for an account"
        self._keep(
            {"known": True},
            **_who(known.full_name, known.born_on, on=day_of(self.at)),
            person_id=self.account.person_id,
        )
        self._keep_what_is_known(known)

    def _save_child(self, person_id: UUID) -> None:
        """Keep who the chosen child is, and what the register says of them (logged)."""
        known = extract(
            person_id,
            reader=applicant(self.application),
            reason="préremplir la demande de document d'identité de votre enfant",
            case_reference=self.application.reference,
            at=self.at,
        )
        assert known.born_on is not None, "only children whose day of birth is known are offered"
        columns = _who(known.full_name, known.born_on, on=day_of(self.at))
        self._keep({"child": str(person_id)}, **columns, person_id=person_id)
        self._keep_what_is_known(known)

    def _keep_what_is_known(self, known: Extract) -> None:
        """Nationality, residence and address, so that none of them is asked for again."""
        is_here = known.eligibility.is_resident
        residence = {
            "swiss": forms.YES if known.is_swiss else forms.NO,
            "residence": forms.CANTON if is_here else forms.ELSEWHERE,
            "commune": str(known.commune_number) if is_here else "",
            "known": True,
        }
        commune = known.commune_number if is_here else None
        lodging.save_step(self.application, "residence", residence, at=self.at, commune=commune)
        if known.address is None or self.application.answer("delivery"):
            return
        there = known.address
        prefilled = {
            "street": there.street,
            "house_number": there.house_number,
            "extra_line": there.extra,
            "postcode": there.postcode,
            "town": there.town,
            "country": "Suisse" if there.country == "CH" else there.country,
        }
        lodging.save_step(self.application, "registered_address", prefilled, at=self.at)


def _born(child: Candidate) -> date | None:
    """The day of birth, or None when the register knows only the month or the year."""
    return date.fromisoformat(child.born) if len(child.born) == 10 else None


def _told_apart(child: Candidate) -> str:
    born = _born(child)
    return f"{child.first_names} {child.official_name}" + (f", né-e le {short_date(born)}" if born else "")


def _who(name: str, born_on: date, *, on: date) -> dict[str, Any]:
    """The columns that follow from a name and a birth; of an adult, nothing is kept about parents."""
    columns = {"name": name, "born_on": born_on, "bearer_index": lodging.index_of(name, born_on)}
    return columns if is_minor(born_on, on=on) else columns | _WITHOUT_PARENTS


class ResidenceStep(Step):
    """Nationality and residence; not asked of whom the register knows, unless they are in the way."""

    slug, label, template = "domicile", "nationalité et domicile", "residence"
    heading = "Nationalité et domicile"

    @classmethod
    def concerns(cls, application: IdentityApplication, *, on: date) -> bool:
        kept = application.answer("residence")
        return not kept.get("known") or obstacle_of(application, on=on) is not None

    @property
    def obstacle(self) -> Answer | None:
        return obstacle_of(self.application, on=day_of(self.at))

    @property
    def is_abroad(self) -> bool:
        """Whether the person lives abroad: a Swiss representation decides there."""
        return self.application.answer("residence").get("residence") == forms.ABROAD

    def form(self, data: QueryDict | None) -> Form:
        return forms.ResidenceForm(data, initial=self.application.answer("residence"))

    def save(self, form: Form) -> None:
        commune = form.cleaned_data["commune"]
        self._keep(form.cleaned_data, commune=int(commune) if commune else None)


def obstacle_of(application: IdentityApplication, *, on: date) -> Answer | None:
    """Why no authority of the canton gives this person a document: not Swiss (RDId 1), or not resident (RDId 2)."""
    kept = application.answer("residence")
    if not kept:
        return None
    entitled = ask("rdid.entitled", on=on, swiss=kept["swiss"] == forms.YES)
    if not isinstance(entitled, Decided) or not entitled.value["entitled"]:
        return entitled
    if kept["residence"] == forms.CANTON:
        return None
    request = application.request or "identity_card"
    return ask("rdid.authority", on=on, request=request, resident=False)


class RequestStep(Step):
    """Which documents."""

    slug, label = "documents", "les documents"

    def form(self, data: QueryDict | None) -> Form:
        return forms.RequestForm(data, initial={"request": self.application.request})

    def save(self, form: Form) -> None:
        self._keep(form.cleaned_data, request=form.cleaned_data["request"])


class ReasonStep(Step):
    """Why."""

    slug, label = "motif", "le motif"

    def form(self, data: QueryDict | None) -> Form:
        told = self.application.reason
        guessed = "" if told else self.application.answer("link").get("reason") or self._likely()
        return forms.ReasonForm(data, initial={"reason": told}, guessed=guessed)

    def _likely(self) -> str:
        return renewing.likely_reason(self.application, on=day_of(self.at))

    def save(self, form: Form) -> None:
        self._keep(form.cleaned_data, reason=form.cleaned_data["reason"])


class ParentsStep(Step):
    """The parents of a minor (RDId 6)."""

    slug, label, heading = "parents", "les parents", "Les parents"

    @classmethod
    def concerns(cls, application: IdentityApplication, *, on: date) -> bool:
        return is_minor(application.born_on, on=on)

    def form(self, data: QueryDict | None) -> Form:
        return forms.ParentsForm(data, initial=self.application.answer("parents"))

    def save(self, form: Form) -> None:
        answers = form.cleaned_data
        is_prevented = answers["holder_prevented"] == forms.YES
        self._keep(answers, parents=answers["parents"], is_holder_prevented=is_prevented)


class AnswerStep(Step):
    """Not a question: what the law answers to what was said so far."""

    slug, label, template = "reponse", "notre réponse", "answer"

    def form(self, data: QueryDict | None) -> Form:
        return GuichetForm(data)

    def save(self, form: Form) -> None:
        """Nothing to keep."""


class DeliveryStep(Step):
    """Where the document is sent, and where to write."""

    slug, label, template = "livraison", "l'envoi", "delivery"
    heading = "Où envoyer le document ?"

    def form(self, data: QueryDict | None) -> Form:
        kept = self.application.answer("delivery") or self.application.answer("registered_address")
        initial = dict(kept)
        if self.account is not None:
            initial.setdefault("email", self.account.email)
        return forms.DeliveryForm(data, initial=initial)

    def save(self, form: Form) -> None:
        answers = form.cleaned_data
        lines = address_lines(self.application.name or "", answers)
        self._keep(answers, email=answers["email"], address=lines)


QUESTIONS: tuple[type[Step], ...] = (
    BearerStep,
    PersonStep,
    ResidenceStep,
    RequestStep,
    ReasonStep,
    ParentsStep,
    AnswerStep,
    DeliveryStep,
)
REVIEW = ("verification", "la vérification")


def way_of(application: IdentityApplication, *, on: date) -> list[tuple[str, str]]:
    """The pages that this application goes through, in their order, the review last: (slug, label)."""
    asked = [(step.slug, step.label) for step in QUESTIONS if step.concerns(application, on=on)]
    return [*asked, REVIEW]


def neighbours(application: IdentityApplication, slug: str, *, on: date) -> tuple[str, str]:
    """The pages before and after one of the form; empty where there is none."""
    slugs = [each for each, _ in way_of(application, on=on)]
    if slug not in slugs:
        return slugs[0], slugs[0]
    place = slugs.index(slug)
    return (slugs[place - 1] if place else ""), (slugs[place + 1] if place + 1 < len(slugs) else "")


def commune_name(application: IdentityApplication) -> str:
    """The commune where the person lives, by name."""
    return name_of(application.commune) if application.commune else ""
