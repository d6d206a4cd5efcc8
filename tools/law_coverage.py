"""Write docs/law-coverage.md: each passage of the three texts, the code that applies it, the tests that saw it decide.

``python -m tools.law_coverage`` runs the tests of the law once, watching which passages decide, and writes the page;
with ``--check`` it writes nothing and fails when a coded passage was not seen applied, a planned one was, or the page is
not current. Behaviour that belongs to a room and not to the core is shown by that room's tests, which name the passage:
``@pytest.mark.applies("CGV 6/3")``.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from guichet.law.check.applying import Applied, where_applied
from guichet.law.check.inventory import Inventory, whole_core
from guichet.law.check.screens import naming, screens
from guichet.law.kernel.addresses import Ref, containers
from guichet.law.kernel.provisions import LegalText, Provision, Standing

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "docs" / "law-coverage.md"
NOTE = (
    "Written by `python -m tools.law_coverage` from the core and from what decided in its tests; do not edit. "
    "A passage is *coded* only if some test below saw it decide, or shows a room apply it (in italics)."
)
HEAD = ("passage", "", "code, or why there is none", "tests", "named in")
Seen = Mapping[str, tuple[str, ...]]


def page(core: Inventory, seen: Seen) -> str:
    """The whole page."""
    parts = ["# What is done with each passage of the law", NOTE]
    for text in core.texts.values():
        counted = Counter(leaf.standing for leaf in text.leaves())
        totals = ", ".join(f"{counted[standing]} {_word(standing)}" for standing in Standing if counted[standing])
        rows = [HEAD, ("---",) * len(HEAD), *(_row(text, leaf, core, seen) for leaf in text.leaves())]
        parts += [f"## {text.name}", f"{totals}.", "\n".join(f"| {' | '.join(row)} |" for row in rows)]
    return "\n\n".join(parts) + "\n"


def faults(core: Inventory, seen: Seen) -> tuple[str, ...]:
    """Coded passages that nobody saw applied, planned ones that somebody did, marks that name no passage."""
    standing = {f"{text.name}:{leaf.address}": leaf.standing for text in core.texts.values() for leaf in text.leaves()}
    known = {f"{text.name}:{address}" for text in core.texts.values() for address in text.provisions}
    never = [key for key, each in standing.items() if each is Standing.CODED and not _tests(key, seen)]
    early = [key for key, each in standing.items() if each is Standing.PLANNED and _tests(key, seen)]
    return (
        *(f"{key} is coded and no test sees it applied" for key in never),
        *(f"{key} is planned and {', '.join(_tests(key, seen))} sees it applied" for key in early),
        *(f"{key} is marked by {', '.join(seen[key])} and is no passage" for key in sorted(seen.keys() - known)),
    )


def marked(folder: Path) -> Seen:
    """The passages that tests name with ``pytest.mark.applies``, with their files."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.applies":
                for passage in node.args:
                    name = f"*{path.relative_to(folder).with_suffix('').as_posix()}*"
                    found[str(ast.literal_eval(passage)).replace(" ", ":")].add(name)
    return {key: tuple(sorted(files)) for key, files in found.items()}


def recorded(decisions: Path, core: Inventory) -> Seen:
    """The passages of our texts that decided, with the files in which they did; one file of records a process."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in decisions.glob("*.json"):
        for key, files in json.loads(path.read_text(encoding="utf-8")).items():
            if key.partition(":")[0] in core.texts:
                found[key].update(files)
    return {key: tuple(sorted(files)) for key, files in found.items()}


def together(*several: Seen) -> Seen:
    """What was seen in several ways."""
    found: dict[str, tuple[str, ...]] = {}
    for seen in several:
        for key, files in seen.items():
            found[key] = (*found.get(key, ()), *files)
    return found


def main(arguments: list[str]) -> int:
    """Run the tests of the law, then write the page or check it; the exit status."""
    core = whole_core()
    with tempfile.TemporaryDirectory(prefix="guichet-law-") as folder:
        shared = ("-n", "2", "--dist", "loadfile", "-o", f"cache_dir={folder}/cache")
        watched = ("-p", "tools.law_recording", "--decisions", folder)
        command = (sys.executable, "-m", "pytest", "-q", *shared, *watched, "tests/law")
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        if status:
            return status
        seen = together(recorded(Path(folder), core), marked(ROOT / "tests"))
    written, found = page(core, seen), list(faults(core, seen))
    if "--check" not in arguments:
        RESULT.write_text(written, encoding="utf-8")
    elif not RESULT.exists() or RESULT.read_text(encoding="utf-8") != written:
        found.append("docs/law-coverage.md is not current: run .venv/bin/python -m tools.law_coverage")
    print("\n".join(found) or f"law coverage: {len(seen)} passages seen applied")
    return 1 if found else 0


def _tests(key: str, seen: Seen) -> tuple[str, ...]:
    """Who saw a passage applied: in itself, in the paragraph whose letter it is, or in the letters that it introduces."""
    text, _, address = key.partition(":")
    article, *inner = address.split("/")
    whole = {article} if inner and inner[0].isdigit() else set()
    around = {f"{text}:{place}" for place in {*containers(address)} - whole}
    names = (files for each, files in seen.items() if each in around or each.startswith(f"{key}/"))
    return tuple(sorted({name for files in names for name in files}))


def _row(text: LegalText, leaf: Provision, core: Inventory, seen: Seen) -> tuple[str, ...]:
    ref = text.ref(leaf.address)
    code = leaf.software if leaf.standing is not Standing.CODED else ", ".join(_code(where_applied(ref, core)))
    return (
        leaf.address,
        _word(leaf.standing),
        code or "–",
        ", ".join(_tests(ref.key, seen)) or "–",
        ", ".join(_pages(ref)) or "–",
    )


def _code(applied: Applied) -> Iterator[str]:
    yield from (f"`{question.name}`" for question in applied.questions)
    yield from (f"`{name}`" for name in applied.tables)
    acts = Counter(procedure.name for procedure, _ in applied.acts)
    yield from (f"`{name}` ({count} {'acts' if count > 1 else 'act'})" for name, count in acts.items())
    yield from (
        f"`{name}` (block)"
        for name in dict.fromkeys(procedure.name for procedure, _ in applied.blocks)
        if name not in acts
    )
    yield from (f"`{name}`" for name, _ in applied.clocks)


def _pages(ref: Ref) -> Iterator[str]:
    """The pages, letters and mails that name it, without the folders that say nothing."""
    for path in naming(ref, screens()):
        room, *inner = path.split("/")
        is_page = path.endswith((".html", ".txt", ".typ")) or "web" in inner or room in ("portal", "desk", "api")
        if is_page:
            yield "/".join(dict.fromkeys((room, *(part for part in inner if part != "templates"))))


def _word(standing: Standing) -> str:
    return standing.value.replace("_", " ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
