"""The whole office as real processes on free ports: simulators, time-stamper, web, workers, one database."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, timedelta
from importlib import resources
from pathlib import Path
from threading import Barrier, Thread
from time import sleep
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from guichet.casework.models import Beat, Job, JobStatus, OutboxMessage
from guichet.gateways.mail.simulator.control import MailServer
from guichet.gateways.payment.simulator.control import Simulator
from guichet.gateways.payment.simulator.world import Switches
from guichet.kit import clock
from guichet.kit.memory import FRESH_SECONDS
from guichet.orders.models import Order
from guichet.payments.addresses import return_url, secrets_of
from guichet.payments.models import PaymentAttempt
from guichet.people.accounts.demo import PASSWORD

from . import clockwork
from .databases import Database
from .nursery import Child, Nursery
from .programs import Program, free_port, python, until
from .visitor import Page, Unanswered, Visitor

RESIDENCE = "attestation-de-residence"
AMELIE, CAROLE = "amelie@exemple.ch", "carole@office.exemple.ch"
SOON = timedelta(seconds=20)
SECRETS = ("GUICHET_SECRET_KEY", "GUICHET_FIELD_KEYS", "GUICHET_INDEX_KEY")
SUCCEEDED, NOT_CHARGED, CONFIRMING = (
    "Votre paiement a réussi",
    "Le paiement n'a pas abouti",
    "Votre paiement est en cours de confirmation",
)


# What these commands change, the web shows only once its memory of it is no longer fresh (ADR 0012).
SHOWN_FROM_MEMORY = {"catalogue", "terms", "maintenance"}


class House:
    """One office; tests speak to it by HTTP and look at the truth in its database."""

    def __init__(self, folder: Path, database: Database, *, workers: int = 2) -> None:
        self.folder, self.database = folder, database
        self.data = folder / "data"
        self.logs = folder / "logs"
        self.facts = folder / "facts"
        for made in (self.data, self.logs, self.facts):
            made.mkdir(parents=True)
        self.tariff_changes_at = self._announce_tariff()
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.ahead = folder / "ahead"
        self.workers: list[Child] = []
        self.power_cuts = 0
        self._ends: list[Callable[[], object]] = []
        self._wanted_workers = workers
        self._sessions: dict[str, dict[str, str]] = {}

    def _announce_tariff(self) -> datetime:
        """The attestation with history costs five francs more from midnight in five days: the office's own dated facts."""
        first = clock.today() + timedelta(days=5)
        packaged = (resources.files("guichet.law.facts") / "tariff.toml").read_text()
        head, key, rest = packaged.partition('key = "residence_history"')
        line, mark, tail = rest.partition("[[line]]")
        old = line.rstrip() + f"\nuntil = {first - timedelta(days=1)}\n\n"
        new = line.rstrip().replace("25.00", "30.00").replace("2010-03-01", str(first)) + "\n\n"
        (self.facts / "tariff.toml").write_text(f"{head}{key}{old}{mark}\n{key}{new}{mark}{tail}")
        return datetime.combine(first, time(), tzinfo=clock.ZURICH)

    # Opening and closing

    def open(self) -> None:
        """Start everything, prepare the demonstration's data, and wait for the first page."""
        self.database.start()
        self._ends.append(self.database.stop)
        self.simulator = Simulator.start(self.data / "payment-simulator")
        self._ends.append(self.simulator.stop)
        self.mail = MailServer(self.data / "mail-simulator")
        self._ends.append(self.mail.stop)
        env = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHET_", "DATABASE_URL"))}
        kept = settings.DATA_DIR / "secrets"
        secrets = {name: os.environ.get(name) or (kept / name.lower()).read_text().strip() for name in SECRETS}
        stamps_port, production_port = free_port(), free_port()
        self.env = env | secrets
        self.env |= {
            "GUICHET_DATA": str(self.data),
            "GUICHET_DEMO": "1",
            "GUICHET_SAFERPAY_URL": self.simulator.base_url,
            "GUICHET_SMTP_PORT": str(self.mail.port),
            "GUICHET_TIMESTAMP_URL": f"http://127.0.0.1:{stamps_port}/",
            "GUICHET_PRODUCTION_URL": f"http://127.0.0.1:{production_port}",
            "GUICHET_PUBLIC_URL": self.site,
            "GUICHET_FACTS": str(self.facts),
            "DATABASE_URL": self.database.url,
            "PYTHONUNBUFFERED": "1",
            "GUICHET_LOG": "INFO",
            clockwork.AHEAD: str(self.ahead),
        }
        self.nursery = Nursery(self.env, log=self.logs / "nursery.log")
        self._ends.append(self.nursery.close)
        self._program("authority", python("-m", "guichet.gateways.signing.authority", str(self.data / "seal"))).run()
        stamper = python("-m", "guichet.gateways.timestamp.simulator", "--port", str(stamps_port))
        self.stamper = self._program("stamper", [*stamper, "--dir", str(self.data / "seal")]).start()
        production = python("-m", "guichet.gateways.production.simulator", "--port", str(production_port))
        self._program("production", [*production, "--dir", str(self.data / "production")]).start()
        self.command("demo", "--persons", "30")
        self.web = self._program("web", self._granian()).start()
        for _ in range(self._wanted_workers):
            self.hire()
        self.wait_for_web()

    def close(self) -> None:
        """End everything that was started, even after a failure on the way."""
        self.dismiss_workers()
        for end in reversed(self._ends):
            end()

    def _granian(self) -> list[str]:
        command = python("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port))
        command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
        return [*command, "tests.scenarios.clockwork:application"]

    def _program(self, name: str, command: list[str]) -> Program:
        program = Program(command, env=self.env, log=self.logs / f"{name}.log")
        self._ends.append(program.stop)
        return program

    def command(self, *arguments: str) -> str:
        """``guichet ARGUMENTS``, in the time of the house; what it printed."""
        out = self.logs / "commands.log"
        begin = out.stat().st_size if out.exists() else 0
        code = self.nursery.command(*arguments, log=out).ended()
        told = out.read_bytes()[begin:].decode()
        assert code == "0", f"guichet {arguments}: {told}"
        if arguments[0] in SHOWN_FROM_MEMORY:
            sleep(FRESH_SECONDS)  # the web's own time, which no test can move ahead
        return told

    def hire(self) -> Child:
        """One more worker: ``guichet work`` in a process of its own."""
        worker = self.nursery.command("work", log=self.logs / "worker.log")
        self.workers.append(worker)
        return worker

    def dismiss_workers(self) -> None:
        """From now on nobody does the background work."""
        while self.workers:
            self.workers.pop().stop()

    def kill_worker(self, place: int = 0) -> None:
        """A power cut for one of the workers."""
        self.power_cuts += 1
        self.workers.pop(place).kill()

    def leases_run_out(self) -> None:
        """The minutes pass after which others take over what a dead worker had begun."""
        Job.objects.filter(status=JobStatus.RUNNING).update(lease_until=self.now() - timedelta(seconds=1))

    def hire_all(self) -> None:
        while len(self.workers) < self._wanted_workers:
            self.hire()

    def restart_web(self) -> None:
        """After a power cut: killed with all its processes, started anew."""
        self.web.kill()
        self.web.start()
        self.wait_for_web()

    def wait_for_web(self) -> None:
        def answers() -> bool:
            with suppress(Unanswered):
                return Visitor(self.site).get("/sante/").status == 200
            return False

        until(answers, "the web answers")

    # Time

    def now(self) -> datetime:
        """The present in the house; the machine's time until a test has waited."""
        return clock.now() + clockwork.ahead(self.ahead)

    def wait(self, *, seconds: float) -> None:
        """Time passes for the house and for the provider."""
        total = clockwork.ahead(self.ahead).total_seconds() + seconds
        new = self.ahead.with_suffix(".new")
        new.write_text(str(total))
        new.replace(self.ahead)
        self.simulator.clock(seconds)

    def wait_until(self, when: datetime, *, minus_seconds: float = 0) -> None:
        """Time passes until this instant, or until so long before it."""
        self.wait(seconds=(when - self.now()).total_seconds() - minus_seconds)

    def provider_is_itself_again(self) -> None:
        """No fault is scripted any more, of mail neither, every switch as at the beginning."""
        self.simulator.clear_script()
        self.simulator.switch(**vars(Switches()))
        self.mail.clear_script()

    # The applicant

    def visitor(self, email: str = AMELIE) -> Visitor:
        """A browser in which this account has signed in."""
        if email not in self._sessions:
            visitor = Visitor(self.site)
            visitor.get("/compte/connexion/")
            self.sign_in(visitor, email)
            self._sessions[email] = dict(visitor.cookies)
        visitor = Visitor(self.site)
        visitor.cookies = dict(self._sessions[email])
        return visitor

    def sign_in(self, visitor: Visitor, email: str = AMELIE) -> Page:
        """Type address and password on the sign-in page that the browser shows."""
        page = visitor.page
        form = next((form for form in page.forms if "password" in form.values), None)
        assert form is not None, f"{page.status} {page.address} {page.text[:300]}"
        page = visitor.press(form.buttons[0][0], login=email, password=PASSWORD)
        assert "sessionid" in visitor.cookies, page.text[:300]
        return page

    def order(self, visitor: Visitor, slug: str = RESIDENCE) -> Order:
        """The form filled in as far as the review page, where the browser stays."""
        visitor.get(f"/prestations/{slug}/")
        visitor.press("Commander")
        visitor.press("Continuer")
        page = visitor.press("Continuer", delivery="download")
        assert "Vérifiez avant de payer" in page.text, page.text[:500]
        return Order.objects.get(token=page.address.split("/")[2])

    def pay_at_review(self, visitor: Visitor, page: Page | None = None) -> str:
        """Accept the terms and press « Payer »; the address of the provider's page."""
        answer = visitor.press("Payer", page, accept="on")
        assert answer.leaves_to, answer.text[:500]
        return answer.leaves_to

    def pay_at_tracking(self, visitor: Visitor, order: Order) -> Page:
        """Press « Payer » on the page of a submitted order."""
        visitor.get(f"/suivi/{order.token}/")
        return visitor.press("Payer")

    def cancels(self, visitor: Visitor, order: Order) -> Page:
        """Say yes when asked whether to cancel an order."""
        visitor.get(f"/commande/{order.token}/annuler/")
        return visitor.press("Annuler la commande")

    def ordered(self, visitor: Visitor | None = None, slug: str = RESIDENCE) -> tuple[Visitor, Order, str]:
        """A browser whose order waits at the provider's page: browser, order, address of that page."""
        visitor = visitor or self.visitor()
        order = self.order(visitor, slug)
        return visitor, order, self.pay_at_review(visitor)

    def read_after(self, visitor: Visitor, address: str) -> str:
        """Which of the three sentences the person reads at the address of the return."""
        text = visitor.get(address).text
        said = [sentence for sentence in (SUCCEEDED, NOT_CHARGED, CONFIRMING) if sentence in text]
        assert len(said) == 1, text[:500]
        return said[0]

    # The truth

    def state(self, order: Order) -> str:
        return Order.objects.values_list("state", flat=True).get(pk=order.pk)

    def attempts(self, order: Order) -> list[PaymentAttempt]:
        return list(PaymentAttempt.objects.of_case(order.reference).order_by("serial"))

    def attempt_address(self, order: Order) -> str:
        """Where the payer of an order's first attempt comes back."""
        return return_url(secrets_of(self.attempts(order)[0].pk))

    def produced(self) -> dict[str, dict[str, Any]]:
        """What the production of identity documents has been asked for, by its reference."""
        file = self.data / "production" / "orders.json"
        orders: dict[str, dict[str, Any]] = json.loads(file.read_text()) if file.exists() else {}
        return orders

    def mails(self, order: Order) -> list[str]:
        """The kinds of mail owed about an order so far, sorted."""
        owed = OutboxMessage.objects.filter(case_reference=order.reference)
        return sorted(owed.values_list("kind", flat=True))

    def charged(self, order: Order) -> list[int]:
        """What the provider has collected for an order, in centimes."""
        transactions = self.simulator.transactions()
        ours = [one for one in transactions if one["order_id"].startswith(order.reference.replace("-", ""))]
        return [one["value"] for one in ours if one["state"] == "CAPTURED"]

    def reaches(self, order: Order, state: str) -> None:
        """Wait until the workers have brought the order to this state."""
        until(lambda: self.state(order) == state, f"{order} is {self.state(order)}, wanted {state}")

    def settles(self) -> None:
        """Wait until nothing is due within seconds: no notification on its way, no job waiting or running."""

        def is_quiet() -> bool:
            waiting = [one for one in self.simulator.notifications() if one["state"] == "waiting"]
            running = Job.objects.filter(status=JobStatus.RUNNING)
            due = Job.objects.filter(status=JobStatus.WAITING).exclude(run_after__gt=self.now() + SOON)
            return not (waiting or running.exists() or due.exists())

        until(is_quiet, "the house is quiet")

    def mop_up_now(self) -> None:
        """The next round of the periodic jobs is due at once."""
        Beat.objects.exclude(name="worker").update(next_at=self.now())


def first_attempt(order: Order) -> str:
    """The reference of the first attempt to pay an order, known before it is made."""
    return f"{order.reference.replace('-', '')}-1"


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in its own thread, all released at once; what each gave, in the order of the acts."""
    barrier, given = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            given[place] = act()
        finally:
            close_old_connections()

    threads = [Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert None not in given, "a thread died"
    return given
