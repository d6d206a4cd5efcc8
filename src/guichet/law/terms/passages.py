"""Passages of texts that are not ours to hold: cited with the source where they were read, never lent a rule."""

from __future__ import annotations

from guichet.law.kernel.addresses import Ref

APPEAL = Ref("LPA", "62/1/a", outside=True, source="https://justice.ge.ch : ATA/774/2016")
FEE_REGULATION = Ref(
    "RDROCPMC",
    "",
    outside=True,
    source="https://silgeneve.ch/legis/program/books/RSG/htm/rsg_f2_20p08.htm",
)
ACCESS_REGULATION = Ref("RIPAD", "24", outside=True, source="https://memento.unige.ch/doc/0280")
OUTSIDE_TEXTS = {
    "LPA": "loi sur la procédure administrative (E 5 10)",
    "RDROCPMC": "règlement relatif à la délivrance de renseignements et de documents et à la perception de taxes "
    "par l'office cantonal de la population et des migrations et les communes (F 2 20.08)",
    "RIPAD": "règlement d'application de la loi sur l'information du public, l'accès aux documents et la protection des "
    "données personnelles (A 2 08.01)",
    "J 1 45": "loi sur les jours fériés (J 1 45)",
}
