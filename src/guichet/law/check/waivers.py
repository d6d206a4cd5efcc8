"""Passages that name days, months or years and need no clock, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping

WAIVERS: Mapping[str, str] = {
    "RDId:11/1": "an age, compared by `rdid.fee`, not a period that runs from an event",
    "LIPAD:16/2/a": "an age that makes a sitting closed, decided by the table of publicity",
    "LIPAD:53/1": "a term of office: `lipad.term` gives its two ends",
    "LIPAD:68/1": "a period that ended two years after the entry into force, in 2004",
    "LIPAD:68/4": "a period that ended two years after the entry into force, in 2004",
    "LIPAD:68/5": "a period that ended on 1 January 2012, two years after the revision of 2008",
    "LIPAD:69": "an experiment that ended on 31 December 2015, with every period in it",
}
