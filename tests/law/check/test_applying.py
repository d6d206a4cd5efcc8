"""Where a passage is applied, found in the core and in the source of the application and never listed by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guichet.law.acts.cgv.order import APPEAL_PERIOD, ORDER
from guichet.law.acts.cgv.rules import DELIVERY, REFUND
from guichet.law.check.applying import where_applied
from guichet.law.check.inventory import whole_core
from guichet.law.check.proofs import defects
from guichet.law.check.screens import found_under, naming, screens
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.clocks import Clock, Unit
from guichet.law.questions import passage

CORE = whole_core()


def test_tables_and_clocks_are_found_under_the_module_that_makes_them() -> None:
    assert CORE.tables["cgv.rules.REFUND"] is REFUND
    assert CORE.clocks["cgv.rules.DELIVERY"] is DELIVERY
    assert CORE.clocks["cgv.order.APPEAL_PERIOD"] is APPEAL_PERIOD
    assert "cgv.order.DELIVERY" not in CORE.clocks, "only imported there"


def test_every_clock_that_a_procedure_opens_is_among_those_found() -> None:
    opened = {clock.name: clock for procedure in CORE.procedures.values() for clock in procedure.clocks.values()}

    assert [clock for clock in opened.values() if clock not in CORE.clocks.values()] == []


def test_each_object_has_one_name() -> None:
    for objects in (CORE.tables, CORE.clocks):
        assert len({id(each) for each in objects.values()}) == len(objects)


def test_a_passage_knows_its_questions_tables_acts_blocks_clocks_and_readings() -> None:
    applied = where_applied(passage("CGV", "3/1"))

    assert [each.name for each in applied.questions] == ["cgv.may_cancel", "cgv.refund_due"]
    assert applied.tables == ("cgv.rules.CANCELLATION",)
    assert (ORDER, ORDER.transition("order_cancelled")) in applied.acts
    assert "refund" in [block.act for _, block in applied.blocks]
    assert [each.number for each in applied.interpretations] == [3, 4, 7]
    assert where_applied(passage("CGV", "3/4")).clocks == (("cgv.rules.DELIVERY", DELIVERY),)


def test_names_tell_everything_once() -> None:
    names = where_applied(passage("CGV", "3/4")).names()

    assert names[0] == "cgv.delivery_window"
    assert {"cgv.rules.DELIVERY", "cgv.order:document_posted"} <= set(names)


def test_nothing_rests_on_a_passage_that_only_excludes_liability() -> None:
    assert where_applied(passage("CGV", "8/3")).names() == ()


@pytest.mark.parametrize(
    ("file", "content", "address"),
    [
        ("orders/quote.py", '"""The price (CGV 1/2, 5/4)."""', "5/4"),
        ("orders/quote.py", '"""The price (CGV 5/4)."""', "5/4"),
        ("orders/quote.py", '"""The price (CGV 5)."""', "5/4"),
        ("orders/web/page.py", 'passage("CGV", "5/4")', "5/4"),
        ("orders/web/page.py", 'questions.ask("cgv.postage", on=day)', "5/4"),
        ("orders/operations.py", 'take("order_cancelled", order)', "3/1"),
        ("orders/templates/page.html", '{% citation "CGV:5/4" %}', "5/4"),
        ("orders/templates/page.html", '<a href="/droit/cgv/5/4/">', "5/4"),
        ("documents/letter.typ", "selon l'art. 5 al. 4 CGV", "5/4"),
    ],
)
def test_a_file_names_a_passage_by_citing_it_asking_or_acting(
    file: str, content: str, address: str, tmp_path: Path
) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(content)

    assert naming(Ref("CGV", address), found_under(tmp_path, CORE)) == (file,)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("law/acts.py", "CGV 5/4"),
        ("orders/migrations/0001.py", "CGV 5/4"),
        ("orders/page.html", "CGV 5/3"),
        ("orders/page.html", 'ask("cgv.postage")'),
        ("orders/picture.png", "CGV 5/4"),
    ],
)
def test_the_core_other_passages_and_other_files_name_nothing(file: str, content: str, tmp_path: Path) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(content)

    assert naming(Ref("CGV", "5/4"), found_under(tmp_path, CORE)) == ()


def test_the_refusal_letter_and_the_mail_of_an_order_name_what_they_rest_on() -> None:
    assert "orders/templates/orders/mail/order_confirmed.txt" in naming(passage("CGV", "3/4"), screens())
    assert "orders/compose.py" in naming(passage("CGV", "5/2"), screens())


def test_a_clock_on_one_of_our_passages_that_names_no_such_period_is_a_defect() -> None:
    tea = Clock(name="tea", title="Thé", length=5, unit=Unit.DAYS, basis=(passage("CGV", "3/1"),))

    found = defects(replace(CORE, clocks={"cgv.TEA": tea}))

    assert "cgv.TEA counts 5, which no passage of its basis names" in found
