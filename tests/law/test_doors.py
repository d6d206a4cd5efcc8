"""One question, three doors, one answer; what each door says of bad input."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from guichet.config.ask import ask, replay
from guichet.law import questions

from .test_cgv_order import DELIVERED, ON
from .test_cgv_questions import ONE_OF_EACH as CGV_QUESTIONS
from .test_lipad_access_questions import ONE_OF_EACH as LIPAD_ACCESS_QUESTIONS
from .test_rdid_questions import ONE_OF_EACH as RDID_QUESTIONS

ONE_OF_EACH = [*CGV_QUESTIONS, *RDID_QUESTIONS, *LIPAD_ACCESS_QUESTIONS]
EVENTS = [dict(event) for event in DELIVERED]


@pytest.fixture
def forget_facts() -> Iterator[None]:
    """The command adopts the facts of its environment: forgotten after the test."""
    yield
    questions.adopt_facts(None)


@pytest.fixture
def law(client: Client) -> Any:
    """Post to the HTTP door."""

    def post(path: str, body: Any) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body)
        return client.post(f"/api/law/{path}", content, content_type="application/json")

    return post


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(("name", "inputs"), ONE_OF_EACH)
def test_the_three_doors_and_the_core_give_the_same_answer(
    name: str, inputs: dict[str, Any], law: Any, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    core = questions.ask(name, on="2026-03-02", **inputs)

    pairs = [f"{key}={_text(value)}" for key, value in inputs.items()]
    assert ask([name, *pairs, "--on", "2026-03-02", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == core.to_json()
    assert law(name, {"on": "2026-03-02", **inputs}).json() == core.to_json()
    query = {key: _text(value) for key, value in inputs.items()}
    page = client.get(f"/droit/questions/{name}/", {"on": "2026-03-02", **query})
    assert page.context["answer"] == core


def test_a_sentence_is_the_answer_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(["cgv.fee", "service=residence", "--on", "2026-03-02"]) == 0

    assert "25.00 CHF" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "field"),
    [
        (["cgv.fees"], "question"),
        ([], "question"),
        (["cgv.fee"], "service"),
        (["cgv.fee", "service=x"], "service"),
        (["cgv.fee", "servis=residence"], "servis"),
        (["cgv.fee", "residence"], "residence"),
        (["cgv.fee", "service=residence", "service=generic"], "service"),
        (["cgv.fee", "service=residence", "--on", "2026-02-30"], "on"),
        (["--batch", "/nowhere/cases.jsonl"], "batch"),
    ],
)
def test_the_command_refuses_bad_input_with_status_2(
    argv: list[str], field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask([*argv, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["field"] == field
    assert ask(argv) == 2
    assert "acceptées" in capsys.readouterr().err


def test_a_batch_answers_each_line_in_order_and_goes_on_after_a_bad_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        b'{"question": "cgv.fee", "on": "2026-03-02", "service": "residence"}',
        b"not json",
        b"",
        b'{"question": "cgv.fee", "service": "\\ud800"}',
        b"\xff",
        b'{"question": "cgv.may_cancel", "payment_validated": true}',
    ]
    (tmp_path / "cases.jsonl").write_bytes(b"\n".join(lines))

    status = ask(["--batch", str(tmp_path / "cases.jsonl")])

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 2
    assert [answer.get("kind") for answer in answers] == ["decided", None, None, None, None, "decided"]
    assert [answer["error"]["field"] for answer in answers[1:5]] == ["line", "line", "service", "line"]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(lines[0])))
    assert ask(["--batch", "-"]) == 0


def test_the_list_names_every_question_its_inputs_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(["--list"]) == 0
    text = capsys.readouterr().out
    assert ask(["--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)

    assert all(name in text for name, _ in ONE_OF_EACH)
    assert "(facultatif)" in text
    assert [each["name"] for each in listed["questions"]] == list(questions.QUESTIONS)
    assert listed["procedures"][0]["name"] == "cgv.order"


@pytest.mark.usefixtures("forget_facts")
def test_the_command_reads_the_offices_own_facts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = '[[line]]\nkey = "residence"\nlabel = "A"\namount = "30.00"\nfrom = 2010-03-01\nconfidence = "sure"\nsource = "x"\n'
    (tmp_path / "tariff.toml").write_text('text = "RDROCPMC"\n' + line)
    monkeypatch.setenv("GUICHET_FACTS", str(tmp_path))

    assert ask(["cgv.fee", "service=residence"]) == 0
    assert "30.00 CHF" in capsys.readouterr().out
    monkeypatch.setenv("GUICHET_FACTS", str(tmp_path / "nowhere"))
    assert ask(["cgv.fee", "service=residence"]) == 2


def test_a_replay_is_the_same_by_command_and_http(
    law: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "events.json"
    file.write_text(json.dumps(EVENTS))

    assert replay(["cgv.order", str(file), "--on", ON.isoformat(), "--json"]) == 0
    by_command = json.loads(capsys.readouterr().out)

    assert law("procedures/cgv.order", {"on": ON.isoformat(), "events": EVENTS}).json() == by_command
    assert law("procedures/cgv.order", EVENTS).json()["state"] == "delivered"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(file.read_bytes())))
    assert replay(["cgv.order", "-"]) == 0
    assert "État : Remise." in capsys.readouterr().out


def test_procedures_are_listed_as_text_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(["--list"]) == 0
    assert "payment_validated : submitted → validated" in capsys.readouterr().out
    assert replay(["--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["initial"] == "draft"


@pytest.mark.parametrize(
    ("argv", "content", "field"),
    [
        ([], "", "procedure"),
        (["cgv.ordr", "F"], "[]", "procedure"),
        (["cgv.order"], "", "events"),
        (["cgv.order", "/nowhere.json"], "", "events"),
        (["cgv.order", "F"], "{}", "events"),
        (["cgv.order", "F"], "nope", "events"),
        (["cgv.order", "F"], '[{"event": "refund", "at": "2026-01-01", "by": "clerk"}]', "events[0].event"),
    ],
)
def test_a_replay_of_something_else_is_refused(
    argv: list[str], content: str, field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "events.json"
    file.write_text(content)

    assert replay([str(file) if arg == "F" else arg for arg in argv] + ["--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["field"] == field


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("cgv.fees", {}, 404, "question"),
        ("cgv.fee", {}, 422, "service"),
        ("cgv.fee", {"service": "residence", "question": "cgv.total"}, 422, "question"),
        ("cgv.fee", [], 422, "body"),
        ("cgv.fee", b"{", 422, "body"),
        ("cgv.may_cancel", {"payment_validated": "true"}, 422, "payment_validated"),
        ("procedures/cgv.ordr", [], 404, "procedure"),
        ("procedures/cgv.order", {}, 422, "events"),
        ("procedures/cgv.order", 3, 422, "events"),
        ("procedures/cgv.order", {"events": [], "x": 1}, 422, "x"),
        ("procedures/cgv.order", {"events": [], "on": "hier"}, 422, "on"),
        ("procedures/cgv.order", EVENTS[1:], 422, "events[0].event"),
    ],
)
def test_the_http_door_refuses_bad_input_with_its_field(
    law: Any, path: str, body: Any, status: int, field: str
) -> None:
    response = law(path, body)

    assert response.status_code == status
    assert response.json()["error"]["field"] == field


def test_the_catalogue_and_the_openapi_description_tell_the_kinds_apart(client: Client) -> None:
    catalogue = client.get("/api/law/").json()
    description = client.get("/api/openapi.json").json()

    assert [each["name"] for each in catalogue["questions"]] == list(questions.QUESTIONS)
    assert description["openapi"].startswith("3.1")
    assert len(description["components"]["schemas"]["AnswerOut"]["oneOf"]) == 6
    assert {f"/api/law/{name}" for name, _ in ONE_OF_EACH} <= set(description["paths"])
