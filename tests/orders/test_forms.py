"""What the order form says of a field that was left empty: what is expected, with an example."""

from __future__ import annotations

import pytest

from guichet.kit.forms import GuichetForm
from guichet.orders.forms import DeceasedForm, PersonForm

from .builders import AT


@pytest.mark.parametrize("form", [PersonForm({}, today=AT.date(), departure=True), DeceasedForm({}, today=AT.date())])
def test_every_field_left_empty_says_what_is_expected_with_an_example(form: GuichetForm) -> None:
    said = {name: str(errors[0]) for name, errors in form.errors.items()}
    chosen = {"subject", "relation"}

    assert len(said) >= len(chosen)
    assert {name: words for name, words in said.items() if name not in chosen and "par exemple" not in words} == {}
