"""All pages of the law, walked through once for the tests that look at each of them."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.test import Client


@pytest.fixture
def law_site(no_maintenance: None) -> dict[str, str]:
    """Every page that links lead to from ``/droit/``, by its address; what is no page is there as an empty text."""
    return _walked()


@cache
def _walked() -> dict[str, str]:
    client = Client()
    pages: dict[str, str] = {}
    waiting = ["/droit/"]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        pages[path] = answer.content.decode() if "html" in answer["Content-Type"] else ""
        links = (link.replace("&amp;", "&").partition("#")[0] for link in re.findall(r'href="([^"]+)"', pages[path]))
        waiting += [link for link in links if link.startswith("/droit/")]
    return pages
