"""``guichet whatif``: a reform of figures on a file of cases, counted exactly, its bad rows named."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.config.whatif import whatif
from guichet.law.questions import ask

ON = "2023-01-01"
CSV = """request,born,document,indigent,on
passport,1990-01-01,,,2023-01-01
passport,1985-05-05,,false,2012-06-30
passport,2015-01-01,,,2023-01-01
identity_card,1990-01-01,,true,2023-01-01
loss_declaration,,both,,2023-01-01
loss_declaration,,passport,,2016-01-01
provisional_passport,,,,2002-12-31
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A file of seven cases, two of which the reform touches."""
    file = tmp_path / "cases.csv"
    file.write_text(CSV, encoding="utf-8")
    return file


def _json(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, Any]]:
    status = whatif([*argv, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_reform_is_counted_line_by_line_before_and_after(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, effect = _json(capsys, "rdid.fee", "11/1/1/a=150", "--cases", str(cases))

    assert status == 0
    assert effect["reform"] == {"11/1/1/a": {"from": "140.00", "to": "150.00"}}
    assert [
        (line["because"]["address"], line["cases"], line["before"], line["after"], line["difference"])
        for line in effect["lines"]
    ] == [
        ("11/1/1/a", 2, "280.00", "300.00", "20.00"),
        ("11/1/1/b", 1, "60.00", "60.00", "0.00"),
        ("12/1", 1, "0.00", "0.00", "0.00"),
    ]
    assert effect["undecided"] == {"referred": 1, "unknown": 1, "not_in_force": 1}
    assert effect["cases"] == 7
    assert effect["total"] == {"before": "340.00", "after": "360.00", "difference": "20.00"}
    assert effect["left_out"] == []


def test_the_effect_reads_in_french(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert whatif(["rdid.fee", "11/1/1/a=130.05", "--cases", str(cases)]) == 0

    told = capsys.readouterr().out
    assert "art. 11 al. 1 ch. 1 let. a RDId : 2 cas, 280.00 CHF → 260.10 CHF (-19.90 CHF)" in told
    assert "Cas renvoyés à une autorité : 1" in told
    assert "Total : 7 cas" in told


def test_bad_rows_are_named_by_line_and_field_and_the_rest_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.csv"
    rows = [
        "\ufeffrequest;born;on",
        "passport;1990-01-01;2023-01-01",
        "passport;hier;2023-01-01",
        "visa;1990-01-01;2023-01-01",
        "",
        "passport;1990-01-01;2023-01-01;trop",
        "passport;;2023-01-01",
        "passport;2024-01-01;2023-01-01",
        "passport;1990-01-01;hier",
        "pass\udce9port;1990-01-01;2023-01-01",
        "identity_card;1990-01-01;2023-01-01",
    ]
    file.write_bytes("\r\n".join(rows).encode("utf-8", "surrogateescape"))

    status, effect = _json(capsys, "rdid.fee", "11/1/1/a=150", "--cases", str(file))

    assert status == 2
    assert [(row["line"], row["field"]) for row in effect["left_out"]] == [
        (3, "born"),
        (4, "request"),
        (6, "row"),
        (7, "born"),
        (8, "born"),
        (9, "on"),
        (10, "request"),
    ]
    assert all(row["accepted"] for row in effect["left_out"])
    assert effect["cases"] == 2
    assert whatif(["rdid.fee", "11/1/1/a=150", "--cases", str(file)]) == 2
    assert "Ligne 3 : born : « hier » n'est pas accepté." in capsys.readouterr().err


def test_cases_may_be_json_objects_and_a_day_may_stand_for_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        b'{"request": "passport", "born": "1990-01-01"}',
        b"",
        b'{"request": "passport", "born": "1990-01-01", "indigent": true, "on": "2022-01-01"}',
        b"[]",
        b"nope",
        b'{"request": "passport", "born": 3}',
        b'{"request": "passport", "born": "1990-01-01", "colour": "red"}',
    ]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"\n".join(lines))))

    status, effect = _json(capsys, "rdid.fee", "11/1/1/a=150", "--cases", "-", "--on", "2002-01-01")

    assert status == 2
    assert [(row["line"], row["field"]) for row in effect["left_out"]] == [
        (4, "row"),
        (5, "row"),
        (6, "born"),
        (7, "colour"),
    ]
    assert (effect["undecided"], effect["cases"]) == ({"not_in_force": 1}, 2)


@pytest.mark.parametrize(
    ("argv", "field"),
    [
        ([], "question"),
        (["rdid.fees", "11/1/1/a=1", "--cases", "F"], "question"),
        (["cgv.fee", "11/1/1/a=1", "--cases", "F"], "question"),
        (["rdid.fee", "--cases", "F"], "reform"),
        (["rdid.fee", "11/1/1/z=1", "--cases", "F"], "11/1/1/z"),
        (["rdid.fee", "11/1/1/a", "--cases", "F"], "11/1/1/a"),
        (["rdid.fee", "11/1/1/a=-1", "--cases", "F"], "11/1/1/a"),
        (["rdid.fee", "11/1/1/a=1.5", "--cases", "F"], "11/1/1/a"),
        (["rdid.fee", "11/1/1/a=nan", "--cases", "F"], "11/1/1/a"),
        (["rdid.fee", "11/1/1/a=1", "11/1/1/a=2", "--cases", "F"], "11/1/1/a"),
        (["rdid.fee", "11/1/1/a=1"], "cases"),
        (["rdid.fee", "11/1/1/a=1", "--cases", "/nowhere.csv"], "cases"),
        (["rdid.fee", "11/1/1/a=1", "--cases", "E"], "cases"),
        (["rdid.fee", "11/1/1/a=1", "--cases", "H"], "colour"),
        (["rdid.fee", "11/1/1/a=1", "--cases", "F", "--on", "hier"], "on"),
        (["rdid.fee", "11/1/1/a=1", "--cases", "F", "--chart", "/nowhere/x.svg"], "chart"),
    ],
)
def test_a_bad_argument_is_refused_by_its_name(
    argv: list[str], field: str, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "header.csv").write_text("request,colour\npassport,red\n")
    files = {"F": str(cases), "E": str(tmp_path / "empty.csv"), "H": str(tmp_path / "header.csv")}
    argv = [files.get(arg, arg) for arg in argv]

    status, refused = _json(capsys, *argv)

    assert status == 2
    assert refused["error"]["field"] == field
    assert whatif(argv) == 2
    assert "acceptées" in capsys.readouterr().err


def test_the_chart_says_in_words_what_its_bars_show(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawing = tmp_path / "effect.svg"

    assert whatif(["rdid.fee", "11/1/1/a=150", "--cases", str(cases), "--chart", str(drawing)]) == 0

    svg = ElementTree.parse(drawing).getroot()
    names = {element.get("id"): element.text for element in svg if element.get("id")}
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby").split() == list(names)  # type: ignore[union-attr]
    assert "2 cas, de 280.00 CHF à 300.00 CHF" in str(names["description"])
    written = [element.text for element in svg if element.tag.endswith("text")]
    assert {"280.00 CHF aujourd'hui", "300.00 CHF après"} <= set(written)
    bars = [int(each.get("width", 0)) for each in svg if each.tag.endswith("rect")][1:]
    assert len(bars) == 2 * 3
    assert max(bars) == bars[1] > bars[0] > bars[2]


REQUESTS = st.sampled_from(["passport", "identity_card", "both", "provisional_passport"])
ROWS = st.lists(st.tuples(REQUESTS, st.dates(date(1950, 1, 1), date(2022, 12, 31))), min_size=1, max_size=15)


@given(ROWS)
@settings(max_examples=25, deadline=None)
def test_totals_are_the_sum_of_the_answers_case_by_case(rows: list[tuple[str, Any]]) -> None:
    from contextlib import redirect_stdout

    lines = [json.dumps({"request": request, "born": born.isoformat()}) for request, born in rows]
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO("\n".join(lines).encode())))
        assert whatif(["rdid.fee", "11/1/1/d=150", "--cases", "-", "--on", ON, "--json"]) == 0

    total = sum(
        ask("rdid.fee", on=ON, request=request, born=born).require()["amount"].centimes for request, born in rows
    )
    assert json.loads(out.getvalue())["total"]["before"] == f"{total // 100}.{total % 100:02d}"


def test_a_reform_needs_neither_the_database_nor_the_framework(cases: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys; from guichet.config.whatif import whatif;"
        f"whatif(['rdid.fee', '11/1/1/a=150', '--cases', {str(cases)!r}]); print('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "False"
