"""LIPAD paragraph by paragraph, in our own words, with what the software does with each.

The numbers of amendments are those printed as exponents in the official text; the table below only dates them (in the
copy at hand, rows 2 and 8 of the printed table are cut). Amendment numbers do not follow the days of entry into force.
"""

from __future__ import annotations

from datetime import date

from guichet.law.acts.lipad.corpus import (
    access,
    claims,
    commission,
    commissioner,
    final,
    general,
    media,
    organisation,
    processing,
    publicity,
    purposes,
    remedies,
)
from guichet.law.acts.lipad.divisions import DIVISIONS, PUBLICATION
from guichet.law.kernel.provisions import Amendment, Edition, LegalText

AMENDMENTS = (
    Amendment(1, date(2008, 9, 18), date(2009, 1, 1)),
    Amendment(2, date(2008, 10, 9), date(2010, 1, 1)),
    Amendment(3, date(2010, 9, 24), date(2010, 11, 23)),
    Amendment(4, date(2010, 9, 26), date(2011, 1, 1)),
    Amendment(5, date(2011, 5, 27), date(2011, 9, 27)),
    Amendment(6, date(2013, 3, 4), date(2013, 3, 4), renaming=True),
    Amendment(7, date(2013, 8, 29), date(2014, 4, 1)),
    Amendment(8, date(2013, 9, 20), date(2013, 11, 16)),
    Amendment(9, date(2013, 9, 20), date(2013, 12, 1)),
    Amendment(10, date(2013, 11, 29), date(2014, 2, 1)),
    Amendment(11, date(2014, 3, 13), date(2014, 6, 1)),
    Amendment(12, date(2015, 1, 23), date(2015, 3, 21)),
    Amendment(13, date(2017, 9, 22), date(2018, 5, 1)),
    Amendment(14, date(2018, 4, 27), date(2018, 6, 30)),
    Amendment(15, date(2019, 11, 21), date(2020, 10, 17)),
    Amendment(16, date(2024, 11, 1), date(2025, 1, 11)),
)

LIPAD = LegalText(
    "LIPAD",
    "Loi sur l'information du public, l'accès aux documents et la protection des données personnelles",
    edition=Edition(entry=date(2002, 3, 1), consolidated_to=date(2025, 1, 11)),
    provisions=(
        *general.PROVISIONS,
        *publicity.PROVISIONS,
        *access.PROVISIONS,
        *media.PROVISIONS,
        *processing.PROVISIONS,
        *purposes.PROVISIONS,
        *claims.PROVISIONS,
        *organisation.PROVISIONS,
        *commissioner.PROVISIONS,
        *commission.PROVISIONS,
        *remedies.PROVISIONS,
        *final.PROVISIONS,
    ),
    amendments=AMENDMENTS,
    divisions=DIVISIONS,
    publication=PUBLICATION,
)
