"""The words of pages are set in French; what is no word stays as it is."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client

from guichet.kit.typesetting import SetInFrench, set_in_french

NO_BREAK = "\N{NO-BREAK SPACE}"


def _set(page: str) -> str:
    return set_in_french(page.encode()).decode()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>Échéance : lundi</p>", "<p>Échéance_: lundi</p>"),
        ("<h1>Le document est-il rendu ?</h1>", "<h1>Le document est-il rendu_?</h1>"),
        ("<p>Née en 1990 ; <b>le reste</b> : rien</p>", "<p>Née en 1990_; <b>le reste</b>_: rien</p>"),
        ("<p>La règle « deux ans » vaut !</p>", "<p>La règle «_deux ans_» vaut_!</p>"),
        ("<p>«&nbsp;Où est-ce ?&nbsp;» (en partie : oui)</p>", "<p>«&nbsp;Où est-ce_?&nbsp;» (en partie_: oui)</p>"),
        ("Motif :\n<b>rien</b>", "Motif_:\n<b>rien</b>"),
        ("Motif :", "Motif_:"),
        ("<option value='a : b'>Bleu : clair</option>", "<option value='a : b'>Bleu_: clair</option>"),
    ],
)
def test_no_sign_can_begin_a_line(written: str, shown: str) -> None:
    assert _set(written) == shown.replace("_", NO_BREAK)


@pytest.mark.parametrize(
    "page",
    [
        '<a title="a : b" href="?x=1 ; y">a:b</a>',
        "<input value='Rue : la mienne'>",
        "<script>a ? b : c</script>",
        "<code>guichet ask cgv.fee ; echo</code>",
        "<!-- une note : rien -->",
        "<textarea>ce que quelqu'un écrit : « rien »</textarea>",
        "<p>\n : au début d'une ligne</p>",
        "",
    ],
)
def test_what_is_no_word_of_a_page_is_left(page: str) -> None:
    assert _set(page) == page


def test_pages_are_set_and_data_are_not() -> None:
    page = SetInFrench(lambda request: HttpResponse("<p>Le droit : ici</p>"))
    data = SetInFrench(lambda request: JsonResponse({"droit": "a : b"}))

    assert page(HttpRequest()).content.decode() == f"<p>Le droit{NO_BREAK}: ici</p>"
    assert data(HttpRequest()).content == b'{"droit": "a : b"}'


def test_every_page_of_the_house_is_set_and_says_how_long_it_is(client: Client) -> None:
    page = client.get("/droit/questions/cgv.fee/")

    assert f"Combien coûte une prestation{NO_BREAK}?" in page.content.decode()
    assert page["Content-Length"] == str(len(page.content))
    assert settings.MIDDLEWARE.index("guichet.kit.typesetting.SetInFrench") > settings.MIDDLEWARE.index(
        "django.middleware.common.CommonMiddleware"
    )
