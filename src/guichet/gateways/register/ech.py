"""Names and codes of the eCH standards a delivery is made of.

eCH-0099 v2.1 (delivery) holds eCH-0058 v4 (header), eCH-0011 v8.1 (person, residence), eCH-0044 v4 (identification),
eCH-0007 v5 (communes), eCH-0008 v3 (countries), eCH-0010 v5 (addresses), eCH-0006 v2 (permits).
"""

from __future__ import annotations

from .port import CivilStatus, Lock, NationalityStatus, PermitCategory, RelationKind, Sex

NAMESPACES = {
    "d": "http://www.ech.ch/xmlns/eCH-0099/2",
    "h": "http://www.ech.ch/xmlns/eCH-0058/4",
    "p": "http://www.ech.ch/xmlns/eCH-0011/8",
    "i": "http://www.ech.ch/xmlns/eCH-0044/4",
    "m": "http://www.ech.ch/xmlns/eCH-0007/5",
    "c": "http://www.ech.ch/xmlns/eCH-0008/3",
    "a": "http://www.ech.ch/xmlns/eCH-0010/5",
}
DELIVERY, HEADER, PERSON, IDENTIFICATION, COMMUNE, COUNTRY, ADDRESS = (f"{{{uri}}}" for uri in NAMESPACES.values())
VERSION = "2.1"

SEX = {"1": Sex.MALE, "2": Sex.FEMALE, "3": Sex.INDETERMINATE}
CIVIL_STATUS = {
    "1": CivilStatus.SINGLE,
    "2": CivilStatus.MARRIED,
    "3": CivilStatus.WIDOWED,
    "4": CivilStatus.DIVORCED,
    "5": CivilStatus.UNMARRIED,
    "6": CivilStatus.PARTNERSHIP,
    "7": CivilStatus.DISSOLVED_PARTNERSHIP,
    "9": CivilStatus.UNKNOWN,
}
NATIONALITY_STATUS = {
    "0": NationalityStatus.UNKNOWN,
    "1": NationalityStatus.STATELESS,
    "2": NationalityStatus.KNOWN,
}
# eCH-0006 codes are two, four or six digits: category, regulation, detail. Only the category decides here.
PERMIT_CATEGORY = {
    "02": PermitCategory.B,
    "03": PermitCategory.C,
    "04": PermitCategory.CI,
    "05": PermitCategory.F,
    "06": PermitCategory.G,
    "07": PermitCategory.L,
    "08": PermitCategory.N,
    "09": PermitCategory.S,
    "01": PermitCategory.OTHER,
    "10": PermitCategory.OTHER,
    "11": PermitCategory.OTHER,
    "12": PermitCategory.OTHER,
    "13": PermitCategory.OTHER,
}
RELATION = {
    "1": RelationKind.SPOUSE,
    "2": RelationKind.PARTNER,
    "3": RelationKind.MOTHER,
    "4": RelationKind.FATHER,
}
LOCK = {"0": Lock.NONE, "1": Lock.ADDRESS, "2": Lock.INFORMATION}

SWISS = "CH"
CANTONS = frozenset(
    "ZH BE LU UR SZ OW NW GL ZG FR SO BS BL SH AR AI SG GR AG TG TI VD VS NE GE JU".split()  # noqa: SIM905
)
