"""The core against the official texts themselves: nothing differs, and the command says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.config.cli import main
from guichet.config.law_check import law_check
from guichet.law.check.comparing import compare
from guichet.law.check.inventory import whole_core
from guichet.law.check.sources import SOURCES, read_source
from guichet.law.check.waivers import WAIVERS
from guichet.law.kernel.addresses import containers

from .sources import official_texts

# Counted in the official texts by hand: paragraphs, figures and letters that hold nothing smaller.
LEAVES = {"CGV": 35, "RDId": 35, "LIPAD": 349}


@pytest.mark.parametrize("name", SOURCES)
def test_the_core_says_what_the_official_text_says(name: str) -> None:
    printed = read_source(name, official_texts())

    assert [f"{each.about.key} {each.subject}: {each}" for each in compare(printed, whole_core())] == []


@pytest.mark.parametrize(("name", "leaves"), LEAVES.items())
def test_the_whole_of_each_text_is_read(name: str, leaves: int) -> None:
    assert len(read_source(name, official_texts()).leaves()) == leaves


def test_every_waiver_still_excuses_a_period() -> None:
    printed = {name: read_source(name, official_texts()) for name in SOURCES}
    periods = {
        f"{name}:{address}"
        for name, text in printed.items()
        for passage in text.passages.values()
        if passage.figures
        for address in containers(passage.address)
    }

    assert set(WAIVERS) <= periods
    assert all(WAIVERS.values())


def test_the_command_says_that_nothing_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert law_check(["--texts", str(official_texts())]) == 0

    said = capsys.readouterr().out.splitlines()
    assert [line.split(" ; ")[1] for line in said] == ["aucune différence."] * len(SOURCES)


def test_the_command_names_what_differs_and_what_rests_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for source in SOURCES.values():
        content = (official_texts() / source.file).read_text()
        (tmp_path / source.file).write_text(content.replace("entre 7 et 14 jours", "entre 7 et 15 jours"))

    assert law_check(["--texts", str(tmp_path)]) == 1

    said = capsys.readouterr().out
    assert "art. 3 al. 4 CGV, chiffres : le texte a 7 jours, 15 jours ; le logiciel a 7, 14." in said
    assert "cgv.delivery_window" in said
    assert "orders/templates/orders/mail/order_confirmed.txt" in said


def test_the_command_names_the_file_it_misses_and_what_it_should_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["guichet", "law-check", "--texts", str(tmp_path)])

    assert main() == 2

    said = capsys.readouterr().err
    assert f"{tmp_path / 'lipad.txt'} n'existe pas. Attendu : la loi A 2 08" in said


def test_the_command_without_a_folder_asks_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert law_check([]) == 2

    assert "--texts DOSSIER" in capsys.readouterr().err
