"""What every procedure is made of, on a small one: a request that somebody may contest before anything is released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.clocks import Clock, Suspension, Unit
from guichet.law.kernel.inputs import BadInput, Choice, Day
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.procedures import Gate, Procedure, Transition, UnknownAct
from guichet.law.kernel.proof import check_procedure
from guichet.law.kernel.replay import replay
from guichet.law.procedures import PROCEDURES, edition_of

HERE = Ref("LIPAD", "28/5", known_from=date(2010, 1, 1))
ON = date(2026, 3, 2)


class Extent(StrEnum):
    """How much is granted."""

    FULL = "full"
    LATER = "later"


WINDOW = Clock(
    name="window", title="Contester", length=10, unit=Unit.DAYS, basis=(HERE,), suspends=None, fact="told_on"
)
ANSWER = Clock(name="answer", title="Répondre", length=48, unit=Unit.HOURS, basis=(HERE,))
TERM = Clock(name="term", title="Terme", length=0, unit=Unit.DAYS, basis=(HERE,), moves=False, fact="until")
READING = Interpretation(99, "silence", (HERE,), doubt="Le texte se tait.", reading="le silence vaut refus.")


def _line(act: str, path: str, **more: Any) -> Transition:
    sources, target = path.split(" > ")
    words = {"label": act, "done": act, "basis": (HERE,), "who": frozenset({"institution"})}
    return Transition(act=act, sources=frozenset(sources.split()), target=target, **{**words, **more})


EXTENT = Choice(name="extent", meaning="Étendue", options=Extent)
UNTIL = Day(name="until", meaning="Terme", required=False)
TOLD_ON = Day(name="told_on", meaning="Jour de l'annonce")
ASK = _line("ask", "start > asked", who=frozenset({"requester"}), opens=(ANSWER,))
OBJECT = _line("object", "asked > asked", who=frozenset({"third_party"}), closes=("answer",))
GRANT = _line(
    "grant",
    "asked > given",
    facts=(EXTENT,),
    when={"extent": (Extent.FULL,)},
    unless=("object",),
    guard="Personne ne s'oppose.",
)
GRANT_LATER = _line(
    "grant",
    "asked > late",
    facts=(EXTENT, UNTIL),
    when={"extent": (Extent.LATER,)},
    unless=("object",),
    guard="Personne ne s'oppose.",
    opens=(TERM,),
)
ANNOUNCE = _line(
    "announce", "asked > told", facts=(TOLD_ON,), needs=("object",), guard="Quelqu'un s'oppose.", opens=(WINDOW,)
)
CONTEST = _line("contest", "told > given", who=frozenset({"third_party"}), closes=("window",))
RELEASE = _line("release", "told > out", awaits=("window",), guard="Le délai est passé.", readings=(READING,))
RELEASE_LATE = _line("release", "late > out", awaits=("term",), guard="Le terme est passé.")
RELEASE_AT_ONCE = _line("release", "given > out")
TINY = Procedure(
    name="tiny",
    title="Demander",
    text="LIPAD",
    initial="start",
    finals=frozenset({"out"}),
    states={"start": "Début", "asked": "Demandé", "given": "Donné", "late": "Différé", "told": "Dit", "out": "Sorti"},
    transitions=(ASK, OBJECT, GRANT, GRANT_LATER, ANNOUNCE, CONTEST, RELEASE, RELEASE_LATE, RELEASE_AT_ONCE),
    gates=(
        Gate(to="release", clock="window"),
        Gate(to="out", after=("grant", "announce")),
        Gate(to="announce", after=("object",)),
        Gate(to="out", after=("contest", "release"), since="told"),
    ),
)

ASKED = {"event": "ask", "at": "2026-03-02T10:00:00+01:00", "by": "requester"}
OBJECTED = {"event": "object", "at": "2026-03-03", "by": "third_party"}
TOLD = {"event": "announce", "at": "2026-03-05", "by": "institution", "told_on": "2026-03-05"}
OUT = {"event": "release", "at": "2026-03-17", "by": "institution"}


def test_no_table_of_the_three_texts_has_a_defect() -> None:
    assert {name: check_procedure(procedure) for name, procedure in PROCEDURES.items()} == dict.fromkeys(PROCEDURES, ())


def test_a_table_that_keeps_its_promises_has_no_defect() -> None:
    assert check_procedure(TINY) == ()


def _with(line: Transition, **change: Any) -> Mapping[str, Any]:
    """The table with one line changed."""
    return {"transitions": tuple(replace(each, **change) if each is line else each for each in TINY.transitions)}


def _without(line: Transition) -> Mapping[str, Any]:
    return {"transitions": tuple(each for each in TINY.transitions if each is not line)}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_with(ANNOUNCE, opens=()), "release closes or awaits a clock that nothing opens"),
        (_with(RELEASE, awaits=("term",)), "release can be reached while window is open"),
        (_with(RELEASE_LATE, awaits=()), "the clock term is never closed, and nothing waits for its end"),
        (_with(RELEASE, guard=""), "release is guarded without a word"),
        (_with(ANNOUNCE, needs=()), "announce can be reached without object"),
        (_with(ANNOUNCE, needs=("agree",)), "announce depends on an act that does not exist"),
        (_with(ANNOUNCE, needs=("contest",)), "announce can never lead to told"),
        (_with(ANNOUNCE, facts=()), "announce counts window from a fact that it does not carry"),
        (
            _with(ANNOUNCE, opens=(WINDOW, replace(TERM, name="window", fact=""))),
            "the clock window has two definitions",
        ),
        (_with(ASK, target="given"), "out can be reached without grant or announce"),
        (_with(GRANT_LATER, target="given"), "late cannot be reached"),
        (_with(GRANT, when={"extent": ("most",)}), "grant depends on a fact that it does not carry: extent"),
        (_with(GRANT, when={"size": ("big",)}), "grant depends on a fact that it does not carry: size"),
        (_with(GRANT, when={"extent": (None,)}), "grant depends on a fact that it does not carry: extent"),
        (_with(GRANT, when={}), "grant is ambiguous from asked"),
        (_with(GRANT, when={"extent": ("full", "later")}), "grant is ambiguous from asked"),
        (_without(RELEASE_LATE), "nothing leads from late to an end"),
        (_with(ASK, act="told"), "told is both a state and an act"),
        (_without(ANNOUNCE), "the gate to announce leads nowhere"),
        ({"gates": (Gate(to="out"),)}, "the gate to out waits for nothing"),
        ({"gates": (Gate(to="out", after=("ask",), clock="window"),)}, "waits for nothing, or for two things"),
        ({"gates": (Gate(to="out", after=("tea",)),)}, "waits for what never happens"),
        ({"gates": (Gate(to="out", clock="tea"),)}, "waits for what never happens"),
        ({"gates": (Gate(to="tea", after=("ask",)),)}, "the gate to tea leads nowhere"),
        (
            {"gates": (Gate(to="out", after=("contest",), since="told"),)},
            "out can be reached without contest since told",
        ),
    ],
)
def test_a_defect_planted_in_a_table_is_refused(change: Mapping[str, Any], found: str) -> None:
    defects = check_procedure(replace(TINY, **change))

    assert any(found in defect for defect in defects), defects


def test_a_gate_counted_since_a_state_shuts_again_each_time() -> None:
    again = _line("again", "given > told", facts=(TOLD_ON,), opens=(WINDOW,))

    assert check_procedure(replace(TINY, transitions=(*TINY.transitions, again))) == ()
    assert check_procedure(
        replace(
            TINY,
            transitions=(*TINY.transitions, again, _line("leak", "told > out")),
            gates=(Gate(to="out", after=("contest",), since="told"),),
        )
    ) == ("out can be reached without contest since told",)


def test_an_act_of_two_lines_has_no_single_transition() -> None:
    assert TINY.transition("announce") is ANNOUNCE
    with pytest.raises(UnknownAct):
        TINY.transition("grant")


@pytest.mark.parametrize(("extent", "state"), [("full", "given"), ("later", "late")])
def test_a_fact_chooses_the_line_of_an_act(extent: str, state: str) -> None:
    granted = {"event": "grant", "at": "2026-03-03", "by": "institution", "extent": extent}

    result = replay(TINY, [ASKED, granted], on=ON)

    assert result.state == state
    assert result.to_json()["history"][-1]["facts"] == {"extent": extent}


@pytest.mark.parametrize(
    ("events", "field", "accepted"),
    [
        ([ASKED, {"event": "grant", "at": "2026-03-03", "by": "institution"}], "events[1].extent", "full"),
        (
            [ASKED, {"event": "grant", "at": "2026-03-03", "by": "institution", "extent": "most"}],
            "events[1].extent",
            "later",
        ),
        ([ASKED, TOLD], "events[1].event", "grant"),
        ([ASKED, OBJECTED, {k: TOLD[k] for k in ("event", "at", "by")}], "events[2].told_on", "AAAA-MM-JJ"),
        ([ASKED, OBJECTED, TOLD | {"told_on": "demain"}], "events[2].told_on", "AAAA-MM-JJ"),
        ([ASKED, OBJECTED, TOLD, OUT | {"at": "2026-03-16"}], "events[3].at", "2026-03-16"),
        ([ASKED, OBJECTED, TOLD, OUT | {"at": "2026-03-16"}], "events[3].at", "contest"),
        ([ASKED | {"at": "2026-03-02"}], "events[0].at", "heures"),
    ],
)
def test_an_event_that_breaks_a_rule_of_the_table_is_refused_by_its_field(
    events: list[Any], field: str, accepted: str
) -> None:
    with pytest.raises(BadInput) as refused:
        replay(TINY, events, on=ON)

    assert refused.value.field == field
    assert accepted in str(refused.value.accepted)


def test_an_act_that_the_state_allows_but_not_for_this_fact_names_the_words_that_are_left() -> None:
    only_full = replace(TINY, transitions=tuple(each for each in TINY.transitions if each is not GRANT_LATER))

    with pytest.raises(BadInput) as refused:
        replay(
            only_full, [ASKED, {"event": "grant", "at": "2026-03-03", "by": "institution", "extent": "later"}], on=ON
        )

    assert (refused.value.field, refused.value.accepted) == ("events[1].extent", ["full"])


def test_a_clock_keeps_an_act_until_the_end_of_its_last_day_and_says_so() -> None:
    events = [ASKED, OBJECTED, TOLD]

    kept = replay(TINY, events, on=date(2026, 3, 16)).to_json()
    free = replay(TINY, events, on=date(2026, 3, 17)).to_json()

    (window,) = [clock for clock in kept["clocks"] if clock["name"] == "window"]
    assert (window["raw_last_day"], window["last_day"]) == ("2026-03-15", "2026-03-16")
    assert [(each["event"], each["until"], each["why"]) for each in kept["blocked"]] == [
        ("release", "2026-03-16", "Possible seulement à cette condition : le délai est passé.")
    ]
    assert [each["event"] for each in kept["possible"]] == ["contest"]
    assert [each["event"] for each in free["possible"]] == ["contest", "release"]
    assert replay(TINY, [*events, OUT], on=ON).state == "out"


def test_a_missing_act_is_told_among_what_is_blocked() -> None:
    result = replay(TINY, [ASKED], on=ON).to_json()

    assert {each["event"]: each["why"] for each in result["blocked"]} == {
        "announce": "Possible seulement à cette condition : quelqu'un s'oppose."
    }
    assert [each["event"] for each in result["possible"]] == ["object", "grant", "grant"]


def test_a_clock_in_hours_ends_at_an_instant_of_its_last_day() -> None:
    over_summer_time = ASKED | {"at": "2026-03-28T12:00:00+01:00"}
    answered = [OBJECTED | {"at": f"2026-03-30T13:00:0{second}+02:00"} for second in (0, 1)]

    (clock,) = replay(TINY, [over_summer_time], on=ON).to_json()["clocks"]
    late = [replay(TINY, [over_summer_time, each], on=ON).clocks[0].is_late for each in answered]

    assert (clock["until"], clock["last_day"]) == ("2026-03-30T13:00:00+02:00", "2026-03-30")
    assert clock["steps"][0]["text"] == "48 heures après : lundi 30 mars 2026 à 13 h 00."
    assert late == [False, True]


def test_a_clock_of_no_length_ends_on_the_day_its_fact_names() -> None:
    granted = {"event": "grant", "at": "2026-03-03", "by": "institution", "extent": "later"}

    fixed = replay(TINY, [ASKED, granted | {"until": "2026-05-01"}], on=ON)
    open_ended = replay(TINY, [ASKED, granted], on=ON)

    assert [(each.name, each.deadline.last_day) for each in fixed.clocks][1:] == [("term", date(2026, 5, 1))]
    assert fixed.clocks[1].deadline.steps[0].text == "Jour fixé : vendredi 1er mai 2026."
    assert [each.name for each in open_ended.clocks] == ["answer"]


@pytest.mark.parametrize(
    ("suspension", "last_day", "other"),
    [(Suspension.IGNORE, "2026-04-07", "lundi 20 avril 2026"), (Suspension.APPLY, "2026-04-20", "mardi 7 avril 2026")],
)
def test_a_clock_whose_suspension_is_not_settled_tells_the_other_date(
    suspension: Suspension, last_day: str, other: str
) -> None:
    told = TOLD | {"at": "2026-03-26", "told_on": "2026-03-26"}

    clock = replay(TINY, [ASKED, OBJECTED, told], on=ON, suspension=suspension).to_json()["clocks"][-1]

    assert clock["last_day"] == last_day
    assert other in clock["reservations"][0]


def test_a_step_tells_unsigned_readings_and_wordings_of_its_day_that_are_not_held() -> None:
    old = [each | {"at": each["at"].replace("2026", "2009")} for each in (ASKED, OBJECTED, TOLD, OUT)]
    old[2]["told_on"] = "2009-03-05"

    notes = [each["reservations"] for each in replay(TINY, old, on=ON).to_json()["history"]]

    assert "1er janvier 2010" in notes[0][0]
    assert "n° 99" in notes[3][0]
    assert replay(TINY, [ASKED], on=ON).history[0].reservations == ()


def test_a_case_keeps_the_edition_of_the_day_it_began() -> None:
    later = replace(TINY, since=date(2027, 1, 1))

    chosen = [edition_of((TINY, later), day).since for day in (date(2026, 12, 31), date(2027, 1, 1))]

    assert chosen == [None, date(2027, 1, 1)]
    assert edition_of((later,), date(2026, 1, 1)) is later
