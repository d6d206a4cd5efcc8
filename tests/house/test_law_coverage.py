"""The coverage map: what it counts as applied, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tools import law_coverage

from guichet.law.check.inventory import whole_core

CORE = whole_core()
KEYS = {f"{text.name}:{leaf.address}": ("test_x",) for text in CORE.texts.values() for leaf in text.leaves()}
CODED = {
    f"{text.name}:{leaf.address}": ("test_x",)
    for text in CORE.texts.values()
    for leaf in text.leaves()
    if leaf.standing.value == "coded"
}


def test_a_core_whose_coded_passages_were_all_seen_has_no_fault() -> None:
    assert law_coverage.faults(CORE, CODED) == ()


def test_a_coded_passage_that_no_test_saw_is_a_fault() -> None:
    seen = {key: files for key, files in CODED.items() if key != "CGV:6/3"}

    assert law_coverage.faults(CORE, seen) == ("CGV:6/3 is coded and no test sees it applied",)


@pytest.mark.parametrize(
    ("seen", "unseen"),
    [
        ("LIPAD:26/2", set()),
        ("LIPAD:26/2/a", {f"LIPAD:26/2/{letter}" for letter in "bcdefghijkl"}),
        ("LIPAD:26", {"LIPAD:26/2", *(f"LIPAD:26/2/{letter}" for letter in "abcdefghijkl")}),
    ],
)
def test_a_paragraph_shows_its_letters_and_a_letter_its_paragraph_but_an_article_shows_nothing_else(
    seen: str, unseen: set[str]
) -> None:
    others = {key: files for key, files in CODED.items() if not key.startswith("LIPAD:26/2")}

    found = law_coverage.faults(CORE, {**others, seen: ("test_y",)})

    assert {fault.split(" ")[0] for fault in found} == unseen


def test_a_mark_on_no_passage_is_a_fault() -> None:
    assert law_coverage.faults(CORE, {**CODED, "CGV:12": ("*test_y*",)}) == (
        "CGV:12 is marked by *test_y* and is no passage",
    )


def test_marks_are_read_from_the_tests_themselves(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "test_cards.py").write_text(
        'import pytest\n\n@pytest.mark.applies("CGV 6/3", "CGV 6/2")\ndef test_x(): ...\n'
    )

    assert law_coverage.marked(tmp_path) == {"CGV:6/3": ("*kit/test_cards*",), "CGV:6/2": ("*kit/test_cards*",)}


def test_every_mark_of_the_tests_names_a_passage() -> None:
    marks = law_coverage.marked(law_coverage.ROOT / "tests")

    assert {"CGV:6/3", "CGV:7/1", "CGV:9/1"} <= set(marks)
    assert [fault for fault in law_coverage.faults(CORE, {**CODED, **marks}) if "is no passage" in fault] == []


def test_the_page_has_one_line_for_each_passage_with_its_code_and_tests() -> None:
    lines = law_coverage.page(CORE, {**KEYS, "CGV:6/3": ("*kit/test_cards*",)}).splitlines()

    for text in CORE.texts.values():
        assert f"## {text.name}" in lines
    rows = [line for line in lines if line.startswith("| ") and line[2].isdigit()]
    assert len(rows) == sum(len(text.leaves()) for text in CORE.texts.values())
    assert next(row for row in rows if row.startswith("| 3/4 | coded | `cgv.delivery_window`, "))
    assert next(row for row in rows if row.startswith("| 6/3 | coded ") and "*kit/test_cards*" in row)
    assert next(row for row in rows if row.startswith("| 8/3 | text only | Clause de responsabilité"))


@pytest.mark.processes
def test_the_recording_counts_what_decides_in_a_test_that_states_the_law_and_nothing_else(tmp_path: Path) -> None:
    asks = "questions.ask('cgv.may_cancel', on={day!r}, payment_validated=True)"
    head = "from guichet.law import questions\n\ndef test_it():\n    "
    (tmp_path / "test_cgv_one.py").write_text(head + asks.format(day="2026-01-01") + "\n")
    (tmp_path / "test_cgv_unknown.py").write_text(head + asks.format(day="2024-10-15") + "\n")
    (tmp_path / "test_doors.py").write_text(head + asks.format(day="2026-01-01") + "\n")
    plugin = ("-p", "tools.law_recording", "--decisions", tmp_path, "-p", "no:cacheprovider", "-p", "no:django")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        *plugin,
        "-c",
        "/dev/null",
        "--rootdir",
        tmp_path,
        tmp_path,
    ]
    env = {"PYTHONPATH": f"{law_coverage.ROOT}:{law_coverage.ROOT / 'src'}", "PYTHONDONTWRITEBYTECODE": "1"}

    done = subprocess.run([str(part) for part in command], cwd=tmp_path, env=env, capture_output=True, check=False)

    assert done.returncode == 0, done.stdout
    assert law_coverage.recorded(tmp_path, CORE) == {"CGV:3/1": ("test_cgv_one",)}
