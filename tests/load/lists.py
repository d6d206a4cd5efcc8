"""The lists, agendas and searches of the desk and of the authorities at growing numbers of cases, over HTTP."""

from __future__ import annotations

from urllib.parse import quote

from .applicant import Applicant
from .office import Office
from .pages import DESK, timed

TIMES = 60
_AGENTS = {
    "bureau": "carole@office.exemple.ch",
    "commune": "marc@commune.exemple.ch",
    "centre": "lise@centre.exemple.ch",
    "département": "anne@departement.exemple.ch",
}
_ORDERS = ("a-examiner", "payees", "accordees", "a-poster", "remises", "refusees", "en-paiement", "closes")
_APPLICATIONS = ("soumises", "en-production", "gardes", "decisions", "terminees")
Result = dict[str, dict[str, float]]


def grow(office: Office, size: int, times: int) -> Result:
    """Bring the office up to so many cases of either kind, then measure every list."""
    office.call("-m", "guichet", "populate", "--persons", "0", "--orders", "2000")
    office.call("-m", "tests.load.multiply", size)
    return measure(office, times)


def measure(office: Office, times: int) -> Result:
    """What each page costs, by its name."""
    found: Result = {}
    pages = {"bureau": _desk(office), **{name: _counter(office, name) for name in _AGENTS if name != "bureau"}}
    for name, those in pages.items():
        agent = Applicant(office.port, office.call("-m", "tests.load.sessions", _AGENTS[name], 1).strip())
        found |= timed(agent, those, max(times, TIMES))
    return found


def _desk(office: Office) -> dict[str, str]:
    """The pages of the orders' desk."""
    lists = "/bureau/commandes/"
    slug = office.ask_database("SELECT slug FROM orders_service ORDER BY place LIMIT 1")
    reference = office.ask_database(
        "SELECT reference FROM orders_order WHERE state = 'delivered' ORDER BY token LIMIT 1"
    )
    filters = {
        "dernière page": "?page=10",
        "en retard": "?retard=1",
        f"prestation {slug}": f"?prestation={slug}",
        "sans compte": "?voie=guest",
        "avec compte": "?voie=account",
        "recherche d'une référence": f"?texte={reference}",
        "recherche sans résultat": "?texte=Rochat",
        **{name: f"?liste={name}" for name in _ORDERS},
    }
    return {**DESK, **{f"bureau, {name}": lists + query for name, query in filters.items()}}


def _counter(office: Office, authority: str) -> dict[str, str]:
    """The pages of an authority's counter."""
    codes = {"commune": "commune-geneve", "centre": "centre-biometrie", "département": ""}
    at = f"JOIN institutions_office o ON o.id = office_id WHERE o.code = '{codes[authority]}'"
    if authority == "département":
        return {f"{authority}, liste": "/guichets/"}
    reference = office.ask_database(f"SELECT reference FROM identity_identityapplication {at} ORDER BY token LIMIT 1")
    fullest = "GROUP BY date(starts_at) ORDER BY sum(taken) DESC, min(starts_at) LIMIT 1"
    begins = office.ask_database(f"SELECT min(starts_at) FROM identity_slot {at} {fullest}")
    filters = {
        "liste": "",
        "dernière page": "?page=10",
        "en retard": "?retard=1",
        "recherche d'une référence": f"?texte={quote(str(reference))}",
        "recherche sans résultat": "?texte=Rochat",
        **{name: f"?liste={name}" for name in _APPLICATIONS},
    }
    pages = {name: f"/guichets/{query}" for name, query in filters.items()}
    # Where a day is shown by halves, the afternoon of a counter that is open all day is the longer one.
    agenda = {"agenda d'un jour": f"/guichets/agenda/?jour={str(begins)[:10]}&demi=apres-midi"}
    return {f"{authority}, {name}": path for name, path in (pages | agenda).items()}
