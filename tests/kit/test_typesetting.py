"""The words of pages are set in French; what is no word stays as it is."""

from __future__ import annotations

import pytest
from django.template.loader import get_template

from guichet.kit.typesetting import set_in_french

NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>Échéance : lundi</p>", "<p>Échéance_: lundi</p>"),
        ("<h1>Le document est-il rendu ?</h1>", "<h1>Le document est-il rendu_?</h1>"),
        ("<p>{{ name }} ; {% day on %} : le reste</p>", "<p>{{ name }}_; {% day on %}_: le reste</p>"),
        ("<p>La règle « deux ans » vaut !</p>", "<p>La règle «_deux ans_» vaut_!</p>"),
        ('{% notice "Rien : tout est là" %}', '{% notice "Rien_: tout est là" %}'),
        ("Motif :\n<b>rien</b>", "Motif_:\n<b>rien</b>"),
    ],
)
def test_no_sign_can_begin_a_line(written: str, shown: str) -> None:
    assert set_in_french(written) == shown.replace("_", NO_BREAK)


@pytest.mark.parametrize(
    "source",
    [
        '<a title="a : b" href="?x=1 ; y">a:b</a>',
        "{% if a == b %}{% include 'x.html' with y=z %}{% endif %}",
        "<script>a ? b : c</script>",
        "<code>guichet ask cgv.fee ; echo</code>",
        "{# une note : rien #}",
        "<p>\n    : au début d'une ligne</p>",
    ],
)
def test_what_is_no_word_of_a_page_is_left(source: str) -> None:
    assert set_in_french(source) == source


def test_every_page_is_loaded_so() -> None:
    assert f"Rien n'a été enregistré{NO_BREAK}:" in get_template("identity/counter/unheard.html").template.source
