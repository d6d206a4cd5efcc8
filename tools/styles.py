"""Build the one style sheet of the pages: the parts of govuk-frontend that we use, cut down, then our own parts.

``python tools/styles.py`` writes ``static/kit/guichet.css``, and beside it one sheet for each room whose parts the first
pages do not need; a test fails when one is not current. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent / "src/guichet/kit"
SOURCE = KIT / "vendor/govuk-frontend.css"
OWN = KIT / "styles"
ROOMS = OWN / "rooms"
RESULT = KIT / "static/kit/guichet.css"

# Families of class names that pages may use (prefix of what follows ``govuk-``); everything else is dropped.
KEPT = (
    "template", "body", "heading-", "caption-", "list", "section-break", "width-container", "main-wrapper",
    "grid-row", "grid-column-two-thirds", "grid-column-one-third", "grid-column-one-half", "grid-column-full",
    "checkboxes", "date-input", "error-message", "error-summary", "fieldset", "file-upload", "form-group", "hint",
    "input", "inset-text", "label", "radios", "select", "summary-list", "table", "textarea", "visually-hidden",
    "!-margin-bottom-", "!-margin-top-", "!-font-weight-bold",
)  # fmt: skip
DROPPED = (
    "file-upload-button", "file-upload-wrapper", "--inverse", "input__prefix", "input__suffix", "input--extra",
    "from-desktop", "label--", "label-wrapper", "fieldset__legend--x", "--error", "checkboxes--small", "radios--small",
    "radios--inline", "table--small", "table__caption--", "summary-card", "-!-static", "body-l", "main-wrapper--",
    "visually-hidden-focusable", "input__wrapper", "section-break--x", "caption-xl", "heading-xl", "--no-actions", "--no-border", "actions-list",
    ":focus", ":active", ":visited",
)  # fmt: skip
# Declarations that a browser of the last five years does not need, or that we set once for the whole page.
NOT_NEEDED = re.compile(r"^(-webkit-|-moz-|-ms-|font-family:|text-decoration-skip-ink|word-wrap:|zoom:)")

Rule = tuple[str, str]


def blocks(css: str) -> Iterator[Rule]:
    """The (prelude, body) pairs at the top level of a sheet or of an at-rule."""
    depth, start, opened = 0, 0, 0
    for place, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = place
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : place]
                start = place + 1


def wanted(selector: str) -> bool:
    """True if our pages can hold what the selector names."""
    if "frontend-supported" in selector or any(word in selector for word in DROPPED):
        return False
    names = re.findall(r"\.govuk-((?:\\!|!)?[\w-]+)", selector)
    return all(name.replace("\\", "").startswith(KEPT) for name in names)


def simplify(body: str) -> str:
    """A rule's declarations without prefixes, without the fallbacks of variables, without what the page sets once."""
    body = re.sub(r"var\((--govuk-[\w-]+),[^()]*\)", r"var(\1)", body)
    kept = [part for part in body.split(";") if part and not NOT_NEEDED.match(part)]
    return ";".join(kept)


def reduce(css: str) -> str:
    """The part of a vendor sheet that our pages use. Print rules go: our own print sheet replaces them."""
    parts: list[str] = []
    for prelude, body in blocks(css):
        if prelude.startswith(("@media print", "@supports not")):
            continue
        if prelude.startswith(("@media", "@supports")):
            inner = reduce(body)
            parts.append(f"{prelude}{{{inner}}}" if inner else "")
            continue
        selector = ",".join(one for one in prelude.split(",") if wanted(one))
        declared = simplify(body)
        if prelude == ":root":  # 10-ground.css gives every variable of ours its colour
            continue
        if selector and declared and not prelude.startswith("@"):
            parts.append(f"{selector}{{{declared}}}")
    return merge("".join(parts))


def merge(css: str) -> str:
    """Neighbouring rules with the same prelude become one."""
    merged: list[list[str]] = []
    for prelude, body in blocks(css):
        if merged and merged[-1][0] == prelude:
            joint = "" if prelude.startswith("@") else ";"
            merged[-1][1] += joint + body
        else:
            merged.append([prelude, body])
    return "".join(f"{prelude}{{{body}}}" for prelude, body in merged)


def minify(css: str) -> str:
    """Our own parts without comments and white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    return re.sub(r": (?=[^{}]*[;}])", ":", css).replace(";}", "}").strip()


def build() -> str:
    """The whole sheet."""
    vendor = SOURCE.read_text().removeprefix('@charset "UTF-8";')
    own = "".join(minify(part.read_text()) for part in sorted(OWN.glob("*.css")))
    notice = (
        "/* govuk-frontend 6.6.0 (MIT, Crown copyright), cut down by tools/styles.py; then src/guichet/kit/styles */"
    )
    return f'@charset "UTF-8";{notice}\n{reduce(vendor)}\n{own}\n'


def sheets() -> dict[Path, str]:
    """Every sheet of the pages: its file, and what must stand in it."""
    rooms = {RESULT.with_name(part.name): f"{minify(part.read_text())}\n" for part in sorted(ROOMS.glob("*.css"))}
    return {RESULT: build(), **rooms}


if __name__ == "__main__":
    for file, content in sheets().items():
        file.write_text(content)
        print(f"{file.name}: {file.stat().st_size} bytes")
