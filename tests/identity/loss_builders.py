"""Declarations of loss by the real path: draft, steps, declaration, recording by the police."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from guichet.casework.acts import Actor
from guichet.identity.models import LossDeclaration
from guichet.identity.operations import losses
from guichet.identity.operations.attesting import certify
from guichet.identity.operations.losses import Lost
from guichet.kit.ids import secret_token, uuid7
from tests.identity.builders import ADULT, AT, the_authorities

POLICE = Actor("police", str(uuid7()))
NUMBER = "X1234567"
CARD = (Lost("identity_card", NUMBER),)


def a_draft(*, lost: tuple[Lost, ...] = CARD, at: datetime = AT, **fields: Any) -> LossDeclaration:
    """A complete draft of an adult who lost an identity card, unless told otherwise."""
    told = {"kind": "loss", "happened_on": date(2026, 11, 20), "name": "Amélie Rochat", "born_on": ADULT}
    told |= {"email": "amelie@exemple.ch", "address": ["Amélie Rochat", "Rue du Lac 3", "1207 Genève"]} | fields
    declaration = losses.start(
        account_id=told.pop("account_id", None), start_key=secret_token(), at=at, person_id=told.pop("person_id", None)
    )
    person = {"official_name": "Rochat", "first_names": "Amélie"}
    losses.save_step(declaration, "personne", person, at=at, lost=lost, **told)
    losses.save_step(declaration, "evenement", {"place": "Gare Cornavin, Genève"}, at=at)
    return declaration


def declared(*, at: datetime = AT, **told: Any) -> LossDeclaration:
    """A declaration that waits for the police."""
    declaration = a_draft(at=at, **told)
    losses.declare(declaration, at=at)
    return declaration


def record(declaration: LossDeclaration, *, at: datetime = AT, police: Actor = POLICE) -> LossDeclaration:
    """The declaration, recorded by the police."""
    office = the_authorities()["police"]
    losses.record_declaration(declaration, office=office, police=police, identity_checked="Permis de conduire", at=at)
    return declaration


def recorded(*, at: datetime = AT, **told: Any) -> LossDeclaration:
    """A recorded declaration: its document is invalid."""
    return record(declared(at=at, **told), at=at)


def certified(declaration: LossDeclaration, *, at: datetime = AT) -> LossDeclaration:
    """The declaration with its certificate, made as the worker makes it."""
    commit = certify.func(str(declaration.pk), at=at)
    if commit is not None:
        commit()
    declaration.refresh_from_db()
    return declaration
