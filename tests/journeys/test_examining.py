"""What examines the pages finds what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.accessibility import violations

from .visitor import Examined

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WRONG = (
    "<!doctype html><html lang='fr'><head><title>Faux</title></head><body><main><h1>Faux</h1>"
    "<p style='color:#ccc;background:#fff'>Pâle</p><input type='text'></main></body></html>"
)


@pytest.mark.parametrize(
    ("only_contrast", "rules"),
    [(False, {"color-contrast", "label"}), (True, {"color-contrast"})],
    ids=["all", "contrast"],
)
def test_a_pale_sentence_and_a_field_without_label_are_found(
    browser: Browser, only_contrast: bool, rules: set[str]
) -> None:
    page = browser.new_page()
    page.set_content(WRONG)

    found = violations(page, only_contrast=only_contrast)
    page.close()

    assert {line.split()[1].rstrip(":") for line in found} == rules


def test_a_kind_of_page_is_new_once_whichever_process_meets_it(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=WRONG, content_type="text/html"))
    page.goto("http://127.0.0.1/suivi/CMD-0001AAAA-A/")
    one, other = Examined(tmp_path / "seen"), Examined(tmp_path / "seen")

    met = [one.is_new(page), other.is_new(page)]
    page.goto("http://127.0.0.1/suivi/CMD-0002BBBB-B/")
    met.append(one.is_new(page))
    page.goto("http://127.0.0.1/contact/")
    met.append(other.is_new(page))
    page.close()

    assert met == [True, False, False, True]
