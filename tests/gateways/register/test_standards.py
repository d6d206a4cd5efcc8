"""What is written and read agrees with the published eCH schemas, as far as a package of them exists."""

from __future__ import annotations

import pytest
from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata_ech.e_ch_0006_2_0 import ResidencePermitType
from xsdata_ech.e_ch_0007_6_0 import CantonAbbreviationType
from xsdata_ech.e_ch_0044_4_1 import PersonIdentificationType
from xsdata_ech.e_ch_0058_5_0 import HeaderType

from guichet.gateways.register import cast, writer
from guichet.gateways.register.communes import all_communes
from guichet.gateways.register.ech import CANTONS, NAMESPACES, PERMIT_CATEGORY

from .builders import DAY, HEADER

_STRICT = ParserConfig(fail_on_unknown_properties=True, fail_on_converter_warnings=True)


def _elements(inner: str) -> etree._Element:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return etree.fromstring(f"<root {spaces}>{inner}</root>")


@pytest.mark.parametrize("person", list(cast.people(DAY)), ids=lambda person: person.local_person_id)
def test_the_identification_written_is_one_of_the_ech_0044_schema(person: object) -> None:
    root = _elements(writer.person(person))
    element = next(root.iter(f"{{{NAMESPACES['p']}}}personIdentification"))

    parsed = XmlParser(config=_STRICT).from_bytes(etree.tostring(element), PersonIdentificationType)

    assert str(parsed.vn) == person.avs_number
    assert parsed.official_name == person.official_name
    assert parsed.local_person_id.person_id == person.local_person_id


def test_the_header_uses_only_elements_of_ech_0058_in_their_order() -> None:
    known = [field.metadata.get("name", name) for name, field in HeaderType.__dataclass_fields__.items()]
    root = _elements(writer._header(HEADER))
    used = [etree.QName(element).localname for element in root[0]]

    assert used == sorted(used, key=known.index)


def test_every_permit_code_of_ech_0006_has_a_category() -> None:
    assert {code.value[:2] for code in ResidencePermitType} == set(PERMIT_CATEGORY)


def test_the_cantons_are_the_twenty_six_of_ech_0007() -> None:
    assert {canton.value for canton in CantonAbbreviationType} == CANTONS


def test_the_canton_has_its_forty_five_communes_in_alphabetical_order() -> None:
    communes = all_communes()

    assert list(communes) == list(range(6601, 6646))
    assert communes[6621].name == "Genève"
    assert communes[6642].name == "Vandœuvres"
