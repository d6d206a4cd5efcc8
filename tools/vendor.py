"""Fetch what others made for our pages and documents, strip what may not be used, and write it into the repository.

``make vendor`` needs node's ``npm`` and the Python packages ``fonttools`` and ``brotli``; its result is committed, so
that nobody else needs them. The house style sheet is then built by ``tools/styles.py``, which needs nothing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KIT = ROOT / "src/guichet/kit/static/kit"
VENDOR = ROOT / "src/guichet/kit/vendor"
DOCUMENT_FONTS = ROOT / "src/guichet/documents/fonts"

PACKAGES = {
    "govuk": "govuk-frontend@6.6.0",
    "public-sans": "@fontsource-variable/public-sans@5.3.0",
    "noto-sans": "@expo-google-fonts/noto-sans@0.4.2",
}

# The letters of the canton's four languages and the punctuation of our texts; other letters (names of people) come
# from the second file, which a browser fetches only when a page shows one.
EVERYDAY = (
    "U+0020-007E,U+00A0,U+00A7,U+00AB,U+00B0,U+00B7,U+00BB,U+00C0,U+00C2,U+00C4,U+00C6-00CB,U+00CE,U+00CF,U+00D4,"
    "U+00D6,U+00D9,U+00DB,U+00DC,U+00DF,U+00E0,U+00E2,U+00E4,U+00E6-00EC,U+00EE,U+00EF,U+00F2,U+00F4,U+00F6,U+00F9,"
    "U+00FB,U+00FC,U+0152,U+0153,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2026,U+202F,U+2192"
)
_REST = range(0x100, 0x250)


def fetch(specification: str, into: Path) -> Path:
    """Unpack one npm package without running any of its scripts; the folder of its files."""
    name = (
        subprocess.run(  # noqa: S603 - fixed program, fixed arguments
            ["npm", "pack", specification, "--silent", "--ignore-scripts"],
            cwd=into,
            check=True,
            capture_output=True,
            text=True,
        )
        .stdout.strip()
        .splitlines()[-1]
    )
    folder = into / name.removesuffix(".tgz")
    with tarfile.open(into / name) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def govuk(package: Path) -> None:
    """The compiled style sheet without its font, crest and pictures, which may only be used on gov.uk."""
    sheet = (package / "dist/govuk/govuk-frontend.min.css").read_text()
    sheet = re.sub(r"/\*!.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"@font-face\{[^}]*\}", "", sheet)
    sheet = re.sub(r"font-family:GDS Transport,arial,sans-serif;?", "", sheet)
    sheet = re.sub(r"[^{}]*\{[^{}]*url\([^)]*\)[^{}]*\}", "", sheet)
    for forbidden in ("GDS Transport", "@font-face", "crest", "url("):
        if forbidden in sheet:
            sys.exit(f"govuk-frontend still holds {forbidden!r}")
    (VENDOR / "govuk-frontend.css").write_text(sheet + "\n")
    # The package states its licence (MIT) in package.json only; the text beside the sheet was added by hand.


def public_sans(package: Path, scratch: Path) -> None:
    """Public Sans, weights 400 to 700 in one file, cut to the letters that our pages use every day."""
    (KIT / "fonts").mkdir(parents=True, exist_ok=True)
    rest = ",".join(f"U+{code:04X}" for code in _REST)
    for source, letters, target in (
        ("public-sans-latin-wght-normal", EVERYDAY, "public-sans"),
        ("public-sans-latin-ext-wght-normal", rest, "public-sans-rest"),
    ):
        narrowed = scratch / f"{target}.ttf"
        _fonttools(
            "varLib.instancer", str(package / f"files/{source}.woff2"), "wght=400:700", "-q", "-o", str(narrowed)
        )
        _keep_one_kerning(narrowed)
        _fonttools(
            "subset", str(narrowed), f"--unicodes={letters}", "--flavor=woff2", "--no-hinting",
            "--layout-features=kern,tnum,ccmp", f"--output-file={KIT / 'fonts' / (target + '.woff2')}",
        )  # fmt: skip
    shutil.copy(package / "LICENSE", VENDOR / "public-sans.OFL.txt")


def _keep_one_kerning(path: Path) -> None:
    """Kern all weights like the regular one: the variations of kerning weigh a fifth of the file and nobody sees them."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only `make vendor` has it

    font = TTFont(path)
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            _drop_variations(getattr(subtable, "ExtSubTable", subtable))
    font["GDEF"].table.VarStore = None
    font["GDEF"].table.Version = 0x00010000
    font.save(path)


def _drop_variations(node: object) -> None:
    """Remove every device table below one table of the font."""
    for value in list(vars(node).values()):
        for child in value if isinstance(value, list) else [value]:
            if hasattr(child, "__dict__") and not isinstance(child, type):
                _drop_variations(child)
    for name in [name for name in vars(node) if name.endswith("Device")]:
        delattr(node, name)


def _fonttools(tool: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"fontTools.{tool}", *arguments], check=True)  # noqa: S603 - fixed program


def noto_sans(package: Path) -> None:
    """Noto Sans for the documents: embedded whole families are required by PDF/A, so nothing is cut here."""
    DOCUMENT_FONTS.mkdir(parents=True, exist_ok=True)
    for cut in ("400Regular", "700Bold", "400Regular_Italic"):
        name = f"NotoSans_{cut}.ttf"
        shutil.copy(package / cut / name, DOCUMENT_FONTS / name)
    shutil.copy(package / "LICENSE_FONT", DOCUMENT_FONTS / "LICENSE_FONT")


def main() -> None:
    """Fetch everything and write it where the application and the documents read it."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    KIT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        packages = {key: fetch(specification, scratch) for key, specification in PACKAGES.items()}
        govuk(packages["govuk"])
        public_sans(packages["public-sans"], scratch)
        noto_sans(packages["noto-sans"])
    lines = [f"{specification}\n" for specification in PACKAGES.values()]
    (VENDOR / "VERSIONS.txt").write_text("".join(lines))


if __name__ == "__main__":
    main()
