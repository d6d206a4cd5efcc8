"""Every entry of a timeline is a whole sentence with its full stop, whoever reads it: the person, the desk, a counter."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from guichet.desk import casefile as desk
from guichet.identity import loss_pages as losses
from guichet.identity.operations import telling
from guichet.identity.web.portal import pages as applications
from guichet.kit import samples
from guichet.law.procedures import PROCEDURES
from guichet.orders.web import pages as orders

from .test_code import SOURCE, name, python_files

# What a room tells of acts that are none of its procedure's lines, by the module that does.
TOLD: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "src/guichet/orders/web/pages.py": (orders._OTHER_ACTS, orders._INTERNAL_ACTS),
    "src/guichet/desk/casefile.py": (desk._DESK_ACTS,),
    "src/guichet/identity/web/portal/pages.py": (applications._OTHER_ACTS,),
    "src/guichet/identity/web/counter/casefile.py": (telling._OTHER_ACTS, telling._BESIDE),
    "src/guichet/identity/loss_pages.py": (losses._OTHER_ACTS,),
    "src/guichet/kit/samples.py": ({str(one.at): one.what for one in samples.HAPPENINGS},),
}
SENTENCE = re.compile(r"[A-ZÀÉÊ].+ .*[^. ]\.")


@pytest.mark.parametrize("module", TOLD)
def test_what_a_room_tells_of_an_act_is_a_sentence(module: str) -> None:
    fragments = [said for acts in TOLD[module] for said in acts.values() if not SENTENCE.fullmatch(said)]

    assert fragments == []


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda procedure: procedure.name)
def test_what_a_procedure_tells_of_an_act_is_a_sentence(procedure: object) -> None:
    fragments = [line.done for line in procedure.transitions if not SENTENCE.fullmatch(line.done)]

    assert fragments == []


def test_no_other_room_tells_a_timeline() -> None:
    telling = {name(path) for path in python_files(SOURCE) if re.search(r"\bHappening\(", path.read_text())}

    assert telling - {"src/guichet/kit/components.py"} == set(TOLD), "add its sentences to TOLD"
