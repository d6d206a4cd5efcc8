"""A pytest plugin (``-p tools.law_recording --decisions FOLDER``): which passages decided something, in which test files.

An answer decides by its ``because``, unless it only says that the law of that day is unknown or not in force; a replay by
the basis of each act taken, of each clock started and of each act it told to be blocked. Only the files that state the law of a text count
(``tests/law/test_cgv_*.py``, ``test_rdid_*``, ``test_lipad_*``): a test that walks through everything proves nothing.
Each process of a run that is shared out writes its own file into the folder.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from guichet.law.kernel import answers
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.replay import Blocked, Replay

_STATING = ("test_cgv_", "test_rdid_", "test_lipad_")
_DECIDING = (answers.Decided, answers.Referred, answers.Assessment, answers.OutsideSources)


class Recorder:
    """What decided while each file ran."""

    def __init__(self) -> None:
        self.decided: dict[str, set[str]] = defaultdict(set)
        self.file = ""

    def note(self, refs: Iterable[Ref]) -> None:
        """These passages decided something in the running test."""
        if self.file:
            for ref in refs:
                self.decided[ref.key].add(self.file)

    def watch(self) -> None:
        """Have every answer given by ``questions.ask`` and every replay tell this recorder."""
        to, begin, block = answers._Answer.to, Replay.__init__, Blocked.__init__  # noqa: SLF001 - the one place all six kinds share

        def told(answer: Any, question: str, on: Any) -> Any:
            if isinstance(answer, _DECIDING):
                self.note(answer.because)
            return to(answer, question, on)

        def begun(replay: Replay, *given: Any, **named: Any) -> None:
            begin(replay, *given, **named)
            for taken in replay.history:
                self.note(taken.transition.basis)
            for clock in replay.clocks:
                self.note(clock.deadline.clock.basis)

        def blocked(each: Blocked, *given: Any, **named: Any) -> None:
            block(each, *given, **named)
            self.note(each.basis)

        answers._Answer.to = told  # type: ignore[method-assign, assignment]  # noqa: SLF001
        Replay.__init__ = begun  # type: ignore[method-assign, assignment]
        Blocked.__init__ = blocked  # type: ignore[method-assign, assignment]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--decisions``: the folder into which to write what was recorded."""
    parser.addoption("--decisions", metavar="FOLDER", type=Path, required=True)


def pytest_configure(config: pytest.Config) -> None:
    """Begin to watch."""
    recorder = Recorder()
    recorder.watch()
    config.pluginmanager.register(_Hooks(recorder, config.getoption("--decisions")))


class _Hooks:
    def __init__(self, recorder: Recorder, folder: Path) -> None:
        self._recorder, self._folder = recorder, folder

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self._recorder.file = item.path.stem if item.path.name.startswith(_STATING) else ""
        return (yield)

    def pytest_sessionfinish(self) -> None:
        decided = {key: sorted(files) for key, files in sorted(self._recorder.decided.items())}
        process = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (self._folder / f"{process}.json").write_text(json.dumps(decided))
