"""``guichet keys rotate | check``: bring everything under the first key of ``GUICHET_FIELD_KEYS`` (ADR 0005)."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guichet.documents import store
from guichet.kit import crypto, rotation
from guichet.kit.rotation import Tally
from guichet.people.accounts import seeds


class Command(BaseCommand):
    """The operator's door to the keys: columns, documents of the store, seeds of recovery codes."""

    help = "Encrypt everything anew under the first key, or say what is still under older ones."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        rotate = verbs.add_parser("rotate", help="encrypt anew what is under older keys; safe to interrupt and repeat")
        rotate.add_argument("--batch", type=int, default=500, help="rows per transaction")
        verbs.add_parser("check", help="count what is under each key; fails while anything is under an older one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "rotate":
            self._rotate(options["batch"])
        else:
            self._check()

    def _rotate(self, batch: int) -> None:
        total = Tally()
        for model in rotation.encrypted_models():
            self._tell(model._meta.label, total, lambda tally, m=model: rotation.rotate(m, tally, batch=batch))
        self._tell("codes de secours", total, seeds.rotate)
        self._tell("documents", total, _rotate_store)
        if total.unreadable:
            for place in total.unreadable:
                self.stderr.write(f"illisible : {place}")
            raise CommandError(
                f"{len(total.unreadable)} valeur(s) illisible(s) : leur clé manque ou elles sont altérées."
            )
        self.stdout.write(f"Tout est sous la clé {crypto.first_key()} ({total.resealed} valeur(s) rechiffrée(s)).")

    def _tell(self, name: str, total: Tally, work: Any) -> None:
        tally = Tally()
        work(tally)
        total.resealed += tally.resealed
        total.unreadable += tally.unreadable
        self.stdout.write(f"{name:32} {tally.seen:>9} lue(s) {tally.resealed:>9} rechiffrée(s)")

    def _check(self) -> None:
        in_use: Counter[str] = Counter()
        for model in rotation.encrypted_models():
            in_use += rotation.keys_in_use(model)
        in_use += seeds.keys_in_use()
        in_use += Counter(store.key_of(digest) for digest in store.digests())
        for key_id, number in sorted(in_use.items()):
            place = "première" if key_id == crypto.first_key() else "ancienne"
            self.stdout.write(f"clé {key_id} ({place}) : {number} valeur(s)")
        older = in_use.total() - in_use[crypto.first_key()]
        if older:
            raise CommandError(f"{older} valeur(s) sous d'anciennes clés : lancez « guichet keys rotate ».")
        self.stdout.write("Rien n'est sous une ancienne clé : elles peuvent être retirées.")


def _rotate_store(tally: Tally) -> None:
    for digest in store.digests():
        tally.seen += 1
        try:
            tally.resealed += store.reseal(digest)
        except store.StoreDamaged:
            tally.unreadable.append(f"document {digest}")
        except store.NotInStore:  # destroyed meanwhile, as it should be
            continue
