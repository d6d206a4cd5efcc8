#!/usr/bin/env python3
"""Set up and run Guichet on this machine: ``dev.py run``, ``dev.py test``, ``dev.py guichet ARGS``. Standard library only.

Everything lives under ``.venv`` (packages, by hashed requirement files) and ``var`` (data); remove both to begin again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"
# What the tests drive besides Python packages; installed by Debian's package manager where this is root's machine.
DEBIAN = {
    "chromium-headless-shell": "chromium-headless-shell",
    "pdfsig": "poppler-utils",
    "qpdf": "qpdf",
    "softhsm2-util": "softhsm2",
}


def say(sentence: str) -> None:
    """Tell the person what is being done."""
    print(f"dev: {sentence}", file=sys.stderr, flush=True)


def call(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command, end with its status if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def set_up(requirements: str) -> None:
    """Make ``.venv`` hold exactly what ``requirements/<requirements>.txt`` names, unless it already does."""
    if sys.version_info < (3, 11):  # noqa: UP036 - told in words to whoever tries with an older one
        sys.exit("dev: Python 3.11 or newer is needed.")
    wanted = ROOT / "requirements" / f"{requirements}.txt"
    stamp = hashlib.sha256(wanted.read_bytes() + f"{sys.version} {ROOT}".encode()).hexdigest()
    kept = VENV / f"installed-{requirements}"
    if kept.exists() and kept.read_text() == stamp and PYTHON.exists():
        return
    say(f"installing the packages of requirements/{requirements}.txt into .venv")
    if not PYTHON.exists():
        try:
            venv.create(VENV, with_pip=True)
        except (subprocess.CalledProcessError, ImportError):
            sys.exit("dev: Python's venv is missing: apt-get install python3-venv, then try again.")
    uv = os.environ.get("UV") or shutil.which("uv") or str(VENV / "bin" / "uv")
    if not Path(uv).exists():
        call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
        uv = str(VENV / "bin" / "uv")
    call(uv, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--require-hashes", "-r", wanted)
    for packages in VENV.glob("lib/python*/site-packages"):
        (packages / "guichet-source.pth").write_text(f"{ROOT / 'src'}\n")
    kept.write_text(stamp)


def set_up_programs() -> None:
    """Install the browser and the PDF validators that the tests drive, where they are missing and this user may."""
    missing = sorted({package for program, package in DEBIAN.items() if not shutil.which(program)})
    if not missing:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        say(f"missing programs: {', '.join(missing)} (apt-get install {' '.join(missing)}); their tests will fail")
        return
    say(f"installing {', '.join(missing)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False, stdout=subprocess.DEVNULL)
    call("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, env=quiet)


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    verb, *rest = arguments or ["help"]
    if verb == "run":
        set_up("run")
        os.execv(PYTHON, [str(PYTHON), "-m", "guichet", "run", *rest])
    elif verb == "guichet":
        set_up("run")
        os.execv(PYTHON, [str(PYTHON), "-m", "guichet", *rest])
    elif verb == "test":
        set_up("dev")
        set_up_programs()
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "tools" / "check.py"), *rest])
    elif verb == "bench":
        set_up("dev")
        os.execv(PYTHON, [str(PYTHON), "-m", "tests.load.bench", *rest])
    else:
        sys.exit("usage: python3 dev.py run [--port N] [--data DIR] | test [PYTEST ARGS] | bench | guichet ARGS")


if __name__ == "__main__":
    main(sys.argv[1:])
