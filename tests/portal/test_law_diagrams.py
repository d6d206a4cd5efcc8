"""The diagram of a procedure: every state and act in it, nothing over anything, and the list beneath says the same."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from guichet.law.procedures import PROCEDURES
from guichet.portal.law import diagram, layout
from guichet.portal.law.rows import lines_of

SVG = "{http://www.w3.org/2000/svg}"
NAMES = list(PROCEDURES)


def drawn(name: str, *, alone: bool = True) -> ET.Element:
    """The diagram, read back."""
    return ET.fromstring(diagram.drawing(name, alone=alone))


def words_of(link: ET.Element) -> str:
    """What a box says, its lines joined."""
    return " ".join(each.text or "" for each in link.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", NAMES)
def test_every_state_and_every_act_has_its_labelled_box(name: str) -> None:
    procedure = PROCEDURES[name]
    said = [words_of(link).replace("\xa0", " ") for link in drawn(name).iter(f"{SVG}a")]

    for number, title in enumerate(procedure.states.values(), start=1):
        assert f"{number}. {title}" in said
    for line in procedure.transitions:
        assert any(words.startswith(line.label) for words in said), line.label
    assert len(said) == len(procedure.states) + len(procedure.transitions)


@pytest.mark.parametrize("name", NAMES)
def test_no_box_lies_over_another(name: str) -> None:
    for one, other in combinations(diagram.placing(name).places.items(), 2):
        a, b = one[1], other[1]
        apart = (
            a.left + a.width <= b.left
            or b.left + b.width <= a.left
            or a.top + a.height <= b.top
            or b.top + b.height <= a.top
        )
        assert apart, f"{one[0]} lies over {other[0]}"


@pytest.mark.parametrize("name", NAMES)
def test_no_line_runs_through_a_box(name: str) -> None:
    placed = diagram.placing(name)
    for ends, line in placed.lines.items():
        for (x, top), (_, bottom) in line.through:
            for key, box in placed.places.items():
                beside = x <= box.left or x >= box.left + box.width
                apart = max(top, bottom) <= box.top or min(top, bottom) >= box.top + box.height
                assert beside or apart, f"{ends} runs through {key}"


@pytest.mark.parametrize("name", NAMES)
def test_every_text_fits_its_box(name: str) -> None:
    for key, words in diagram.wordings(PROCEDURES[name]).items():
        box = diagram.placing(name).places[key]
        assert words.height <= box.height
        for kind, line in words.lines:
            heavier = diagram.BOLD if kind == "diagram__state" else 1
            assert diagram.measure(line) * heavier <= box.width or " " not in line, line


@pytest.mark.parametrize("name", NAMES)
def test_lines_lead_from_the_sources_to_the_target_of_each_act(name: str) -> None:
    procedure = PROCEDURES[name]
    lines = set(diagram.placing(name).lines)
    for anchor, line in lines_of(procedure).items():
        assert (f"act:{anchor}", f"state:{line.target}") in lines
        shown = {source.removeprefix("state:") for source, end in lines if end == f"act:{anchor}"}
        note = words_of_act(name, anchor)
        assert shown == line.sources - {line.target} or "depuis" in note, anchor
        if line.target in line.sources and len(line.sources) == 1:
            assert "sans changer d'état" in note


def words_of_act(name: str, anchor: str) -> str:
    """What the box of an act says."""
    return " ".join(text for _, text in diagram.wordings(PROCEDURES[name])[f"act:{anchor}"].lines)


@pytest.mark.parametrize("name", NAMES)
def test_an_act_that_opens_a_period_shows_a_clock_and_no_other_does(name: str) -> None:
    opening = sum(bool(line.opens) for line in PROCEDURES[name].transitions)

    assert diagram.drawing(name).count("diagram__dial") == opening


@pytest.mark.parametrize("name", NAMES)
def test_every_box_leads_to_a_page_that_exists(client: Client, name: str) -> None:
    for link in drawn(name).iter(f"{SVG}a"):
        page, _, anchor = link.get("href", "").partition("#")
        answer = client.get(page)
        assert answer.status_code == 200
        assert not anchor or f'id="{anchor}"' in answer.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_the_list_beneath_says_what_the_diagram_shows(client: Client, name: str) -> None:
    procedure = PROCEDURES[name]
    page = client.get(f"/droit/procedures/{name}/")

    listed = {
        (state["name"], each["anchor"], each["act"].target)
        for state in page.context["states"]
        for each in state["acts"]
    }
    assert listed == {(s, anchor, line.target) for anchor, line in lines_of(procedure).items() for s in line.sources}
    assert [act["anchor"] for act in page.context["acts"]] == list(lines_of(procedure))


def test_the_picture_in_the_page_is_silent_and_the_file_alone_is_named(client: Client) -> None:
    page = client.get("/droit/procedures/cgv.order/").content.decode()
    inside = page[page.index("<svg") : page.index("</svg>")]
    alone = client.get("/droit/procedures/cgv.order/diagramme.svg")

    assert 'aria-hidden="true"' in inside
    assert inside.count("<a ") == inside.count('<a tabindex="-1" ')
    assert alone["Content-Type"] == "image/svg+xml; charset=utf-8"
    root = ET.fromstring(alone.content)
    assert root.get("role") == "img"
    assert root[0].text == "Diagramme : Commander une prestation en ligne"
    assert re.search(r"11 états et \d+ actes", root[1].text or "")


def test_the_same_table_is_always_drawn_the_same_way() -> None:
    first = diagram.drawing("lipad.access")
    for cached in (diagram.drawing, diagram.placing):
        cached.cache_clear()

    assert diagram.drawing("lipad.access") == first


def test_a_crossing_that_can_be_avoided_is_avoided() -> None:
    boxes = [layout.Box(name, row, 40, 20) for row, names in enumerate(("ab", "cd")) for name in names]

    placed = layout.arrange(boxes, [("a", "d"), ("b", "c")]).places

    assert (placed["a"].left < placed["b"].left) == (placed["d"].left < placed["c"].left)


def test_a_chain_of_boxes_stands_in_one_column() -> None:
    boxes = [layout.Box(str(row), row, 60, 20) for row in range(12)]

    placed = layout.arrange(boxes, [(str(row), str(row + 1)) for row in range(11)]).places

    assert {place.left for place in placed.values()} == {0}


def test_a_case_is_replayed_from_its_events_and_what_is_refused_is_said(client: Client) -> None:
    events = '[{"event": "order_submitted", "at": "2026-03-02T09:00:00+01:00", "by": "applicant"}]'
    page = client.get("/droit/procedures/cgv.order/", {"evenements": events, "on": "2026-03-02"}).content.decode()
    early = client.get("/droit/procedures/cgv.order/", {"evenements": events.replace("submitted", "x")})
    broken = client.get("/droit/procedures/cgv.order/", {"evenements": "[", "on": "hier"})

    assert "À payer" in page.split('id="rejouer"')[1].split("<form")[0]
    assert list(early.context["form"].errors) == ["evenements"]
    assert list(broken.context["form"].errors) == ["on"]


def test_the_example_of_each_procedure_can_be_replayed_as_it_stands(client: Client) -> None:
    for name in NAMES:
        example = client.get(f"/droit/procedures/{name}/").context["form"].initial["evenements"]
        page = client.get(f"/droit/procedures/{name}/", {"evenements": example})
        assert page.context["form"].errors == {}, name
