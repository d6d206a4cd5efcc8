"""Rules about the code itself: sizes, who writes `state`, who reads the clock, what may not be there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "guichet"
FILE_LINES, TEST_FILE_LINES, TEMPLATE_LINES = 400, 500, 120
FUNCTION_LINES, NESTING, PARAMETERS = 45, 3, 8
BARRED_NAMES = {"services.py", "utils.py", "helpers.py", "common.py", "core.py", "signals.py", "admin.py"}
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)


def python_files(folder: Path) -> list[Path]:
    """Our own modules, migrations left out."""
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    """How a failure names a file."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*python_files(SOURCE), *python_files(ROOT / "tests")], ids=name)
def test_no_file_is_longer_than_one_can_read(path: Path) -> None:
    most = FILE_LINES if SOURCE in path.parents else TEST_FILE_LINES

    assert len(path.read_text().splitlines()) <= most, "split it"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.html")), ids=name)
def test_no_template_is_longer_than_a_page(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= TEMPLATE_LINES


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.html")), ids=name)
def test_no_heading_breaks_a_reference_at_its_hyphen(path: Path) -> None:
    for heading in re.findall(r"<h1.*?</h1>", path.read_text(), re.DOTALL):
        bare = re.sub(r'<span class="(reference|unbroken)">.*?</span>', "", heading)

        assert ".reference }}" not in bare, 'put it in <span class="reference">'


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.html")), ids=name)
def test_no_link_pretends_to_be_a_button(path: Path) -> None:
    assert 'role="button"' not in path.read_text(), "a link goes somewhere, and the space bar scrolls"


@pytest.mark.parametrize("path", python_files(SOURCE), ids=name)
def test_no_function_is_too_long_or_too_deep(path: Path) -> None:
    for function in functions(path):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        parameters = len(function.args.args) + len(function.args.kwonlyargs)
        where = f"{name(path)}:{function.lineno} {function.name}"
        assert length <= FUNCTION_LINES, f"{where} has {length} lines"
        assert _depth(function) <= NESTING, f"{where} is nested {_depth(function)} deep"
        assert parameters <= PARAMETERS, f"{where} takes {parameters} parameters"


def _depth(node: ast.AST) -> int:
    """How deep control blocks stand inside one another; an ``elif`` is no deeper than its ``if``."""
    if isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        return max(1 + max((_depth(child) for child in node.body), default=0), _depth(node.orelse[0]))
    inner = [_depth(child) for child in ast.iter_child_nodes(node) if not isinstance(child, ast.FunctionDef)]
    return max(inner, default=0) + isinstance(node, BLOCKS)


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name(path) for path in SOURCE.rglob("*.py") if path.name in BARRED_NAMES] == []


def test_only_take_and_open_case_write_the_state_of_a_case() -> None:
    writers = []
    for path in python_files(SOURCE):
        if path == SOURCE / "casework" / "acts.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Attribute) and target.attr == "state" and _is_order(target.value):
                        writers.append(f"{name(path)}:{node.lineno}")
            if isinstance(node, ast.Call) and _name(node.func) == "update" and "orders" in path.parts:
                writers += [f"{name(path)}:{node.lineno}" for k in node.keywords if k.arg == "state"]
    assert writers == [], "only casework.acts moves a case"


def _is_order(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("order", "case")


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


CLOCK = ("clock.now", "clock.today", "timezone.now", "datetime.now", "date.today")
# Rooms and modules that are doors: pages, commands, the API, simulators (processes of their own), and what views or
# allauth call in a visitor's name.
DOORS = {"web", "commands", "api", "simulator", "config", "portal"}
DOOR_MODULES = {
    "kit/clock.py",
    "kit/views.py",
    "gateways/mail/web.py",
    "institutions/rights.py",
    "people/accounts/adapter.py",
}


def test_only_doors_read_the_clock() -> None:
    readers = []
    for path in python_files(SOURCE):
        inside = path.relative_to(SOURCE)
        if DOORS & set(inside.parts[:-1]) or str(inside) in DOOR_MODULES:
            continue
        calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
        readers += [f"{name(path)}:{call.lineno}" for call in calls if ast.unparse(call.func) in CLOCK]
    assert readers == []


def test_no_template_holds_inline_script_or_style() -> None:
    offenders = []
    for path in SOURCE.rglob("*.html"):
        text = path.read_text()
        if " style=" in text or "<style" in text or "onclick=" in text or "<script>" in text:
            offenders.append(name(path))
    assert offenders == []


def test_requirements_name_packages_and_digests_and_no_address() -> None:
    texts = [path.read_text() for path in (ROOT / "requirements").iterdir()]

    assert texts
    assert all("://" not in text for text in texts)


def test_every_public_class_and_function_of_the_source_says_what_it_is() -> None:
    silent = []
    for path in python_files(SOURCE):
        tree = ast.parse(path.read_text())
        if path.stat().st_size and ast.get_docstring(tree) is None:
            silent.append(name(path))
        for node in tree.body:
            public = isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
            if public and ast.get_docstring(node) is None:
                silent.append(f"{name(path)}:{node.lineno} {node.name}")
    assert silent == []
