"""The copies of the official texts that stand beside the checkout where the project is checked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "law" / "sources"


def official_texts() -> Path:
    """Their folder; without it a test fails where the project is checked, and is skipped with its reason elsewhere."""
    if FOLDER.is_dir():
        return FOLDER
    reason = "the copies of the official texts (../shared/law/sources) are not beside this checkout"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
