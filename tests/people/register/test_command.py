"""``guichet register``: generate, import, import again; what it says and how it ends."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guichet.people.models import Person

pytestmark = pytest.mark.django_db


def _generated(folder: Path, persons: int = 40) -> Path:
    file = folder / "delivery.xml"
    call_command("register", "generate", str(file), "--persons", str(persons), "--seed", "2", stdout=StringIO())
    return file


def _import(file: Path) -> str:
    said = StringIO()
    call_command("register", "import", str(file), stdout=said, stderr=StringIO())
    return said.getvalue()


def test_a_generated_delivery_is_imported_whole(tmp_path: Path) -> None:
    said = _import(_generated(tmp_path))

    assert said == "lues : 40, nouvelles : 40, modifiées : 0, inchangées : 0, rejetées : 0\n"
    assert Person.objects.count() == 40


def test_a_second_import_of_the_same_file_changes_nothing(tmp_path: Path) -> None:
    file = _generated(tmp_path)
    _import(file)

    assert _import(file).startswith("lues : 40, nouvelles : 0, modifiées : 0, inchangées : 40")


def test_rejected_records_are_listed_in_a_file_with_line_and_reason(tmp_path: Path) -> None:
    file = _generated(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("7560099999010", "7560099999011"), encoding="utf-8")

    said = _import(file)

    listed = (tmp_path / "delivery.xml.rejets.csv").read_text(encoding="utf-8").splitlines()
    assert "nouvelles : 39" in said
    assert "rejetées : 1" in said
    assert listed[0] == "ligne;identifiant local;motif"
    assert listed[1].startswith("4;GE-D01;vn : le numéro AVS est faux")


def test_a_list_of_rejects_of_an_earlier_run_does_not_stay(tmp_path: Path) -> None:
    file = _generated(tmp_path)
    (tmp_path / "delivery.xml.rejets.csv").write_text("old")

    _import(file)

    assert not (tmp_path / "delivery.xml.rejets.csv").exists()


def test_a_file_that_is_no_delivery_ends_with_status_one(tmp_path: Path) -> None:
    file = tmp_path / "photo.xml"
    file.write_bytes(b"\x89PNG")

    with pytest.raises(CommandError, match="pas un document XML") as ended:
        _import(file)

    assert ended.value.returncode == 1


def test_a_missing_file_ends_with_status_one(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="n'existe pas") as ended:
        _import(tmp_path / "nothing.xml")

    assert ended.value.returncode == 1


def test_a_truncated_delivery_ends_with_status_two_and_keeps_what_was_whole(tmp_path: Path) -> None:
    file = _generated(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[: content.index(b"GE-D10")])

    with pytest.raises(CommandError, match="plus lisible") as ended:
        _import(file)

    assert ended.value.returncode == 2
    assert 0 < Person.objects.count() < 40
