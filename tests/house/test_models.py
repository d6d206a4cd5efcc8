"""Rules about the models: each field has a purpose, each state its text, migrations are complete."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.template.loader import get_template

from guichet.kit.privacy import Use
from guichet.law.procedures import CGV_ORDER, RDID_APPLICATION

OURS = [model for model in apps.get_models() if model.__module__.startswith("guichet.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
@pytest.mark.applies("CGV 9/1")
def test_every_field_says_its_category_and_its_purpose(model: type[models.Model]) -> None:
    uses = model.data_uses  # type: ignore[attr-defined]
    fields = {field.name for field in model._meta.concrete_fields}

    assert fields - set(uses) == set(), "fields without a use"
    assert set(uses) - fields == set(), "uses without a field"
    assert all(isinstance(use, Use) and use.purpose for use in uses.values())


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_model_hides_an_order_or_a_save(model: type[models.Model]) -> None:
    assert not model._meta.ordering
    assert "save" not in model.__dict__
    assert "delete" not in model.__dict__


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_deletion_of_one_thing_removes_another(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        if field.is_relation and field.remote_field is not None:
            assert field.remote_field.on_delete in (models.PROTECT, models.RESTRICT) or _is_part(model), field


def _is_part(model: type[models.Model]) -> bool:
    """Rows that are nothing without their owner."""
    return model.__name__ in {"Stay", "Relation", "VerificationCode", "SavedFilter", "Membership"}


@pytest.mark.parametrize("state", CGV_ORDER.states)
def test_every_state_of_an_order_has_its_text_for_the_citizen(state: str) -> None:
    get_template(f"orders/outcome/{state}.html")


@pytest.mark.parametrize("state", RDID_APPLICATION.states)
def test_every_state_of_an_application_has_its_text_for_the_citizen(state: str) -> None:
    get_template(f"identity/outcome/{state}.html")


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
