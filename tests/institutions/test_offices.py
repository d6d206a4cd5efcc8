"""The file of offices, and the operator's command."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guichet.institutions import demo, operations
from guichet.institutions.models import Membership, Office, Role
from guichet.people.accounts.demo import CLERK
from tests.people.accounts.builders import AT, an_account, the_register

from .builders import ON

pytestmark = pytest.mark.django_db
GOOD = """
[office.meyrin]
name = "Ville de Meyrin"
kind = "communal"
address = ["Rue des Boudines 2", "1217 Meyrin"]
contact_technical = "technique@meyrin.example"
contact_substance = "population@meyrin.example"
bfs_number = 6630
"""


def a_file(folder: Path, text: str) -> Path:
    """A file of offices."""
    path = folder / "offices.toml"
    path.write_text(text, encoding="utf-8")
    return path


def office(*arguments: str) -> str:
    """What ``guichet office …`` prints."""
    out = StringIO()
    call_command("office", *arguments, stdout=out)
    return out.getvalue()


def test_the_office_of_the_population_has_its_two_contacts() -> None:
    operations.load()

    ocpm = Office.objects.get(code="ocpm")

    assert ocpm.contact_technical != ocpm.contact_substance
    assert ocpm.address_lines == ["Route de Chancy 88", "1213 Onex"]


def test_loading_again_updates_and_doubles_nothing(tmp_path: Path) -> None:
    operations.load(a_file(tmp_path, GOOD))

    operations.load(a_file(tmp_path, GOOD.replace("Ville de Meyrin", "Commune de Meyrin")))

    assert Office.objects.get().name == "Commune de Meyrin"


@pytest.mark.parametrize(
    ("good", "bad", "sentence"),
    [
        pytest.param('name = "Ville de Meyrin"\n', "", "il manque « name »", id="no name"),
        pytest.param("bfs_number", "bfs", "« bfs » est inconnu", id="unknown line"),
        pytest.param('"communal"', '"fédéral"', "le genre est cantonal ou communal", id="unknown kind"),
        pytest.param("[office.meyrin]", "[office.meyrin", "offices.toml", id="no TOML"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_loads_nothing(
    tmp_path: Path, good: str, bad: str, sentence: str
) -> None:
    path = a_file(tmp_path, GOOD.replace("meyrin", "premier", 1) + GOOD.replace(good, bad))

    with pytest.raises(CommandError, match=sentence):
        office("load", str(path))

    assert not Office.objects.exists()


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere.toml"):
        office("load", str(tmp_path / "nowhere.toml"))


def test_the_operator_appoints_lists_and_ends_a_member() -> None:
    an_account("carole@exemple.ch")
    office("load")

    office("member", "add", "Carole@exemple.ch", "--office", "ocpm", "--role", "clerk", "--from", ON.isoformat())
    listed = office("member", "list", "--office", "ocpm")
    office("member", "end", "carole@exemple.ch", "--office", "ocpm", "--until", "2026-12-31")

    assert "carole@exemple.ch: clerk from 2026-11-02" in listed
    assert Membership.objects.get().until_on is not None


@pytest.mark.parametrize(
    ("email", "code", "sentence"),
    [("nobody@exemple.ch", "ocpm", "no account"), ("carole@exemple.ch", "x", "no office")],
)
def test_the_operator_is_told_whom_or_what_is_unknown(email: str, code: str, sentence: str) -> None:
    an_account("carole@exemple.ch")
    office("load")

    with pytest.raises(CommandError, match=sentence):
        office("member", "add", email, "--office", code, "--role", "clerk")


def test_the_demonstration_has_people_in_the_office_and_in_each_authority() -> None:
    the_register()

    demo.create(AT)
    demo.create(AT)

    roles = set(Membership.objects.values_list("account__email", "office__code", "role"))
    assert len(roles) == Membership.objects.count()
    assert (CLERK, "ocpm", Role.CLERK) in roles
    assert {office for _, office, _ in roles} == {
        *("ocpm", "commune-geneve", "centre-biometrie", "uda", "police", "departement"),
    }
    assert sum(office == "centre-biometrie" for _, office, _ in roles) == 2
