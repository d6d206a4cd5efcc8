"""A delivery is read person by person, faithfully and in bounded memory."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from guichet.gateways.register import cast, generator
from guichet.gateways.register.port import Lock, PermitCategory, PersonRecord, ResidenceKind, Stay
from guichet.gateways.register.reader import EchDelivery

from .builders import DAY, HEADER, a_file, amelie, of_the_cast, read

_READ_ALL = """
import resource, sys
from pathlib import Path
from guichet.gateways.register.reader import EchDelivery
with EchDelivery(Path(sys.argv[1])) as delivery:
    print(sum(1 for _ in delivery), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_the_header_tells_where_the_delivery_comes_from(tmp_path: Path) -> None:
    path = a_file(tmp_path, amelie())

    with EchDelivery(path) as delivery:
        assert delivery.header == HEADER


def test_every_person_of_the_cast_is_read_as_written(tmp_path: Path) -> None:
    written = list(cast.people(DAY))

    found = read(a_file(tmp_path, *written))

    assert [person._replace(line=0) for person in found if isinstance(person, PersonRecord)] == written


def test_thousands_of_invented_people_are_read_as_written(tmp_path: Path) -> None:
    written = list(generator.people(3000, seed=7, on=DAY))

    found = read(a_file(tmp_path, *written))

    assert [person._replace(line=0) for person in found if isinstance(person, PersonRecord)] == written


def test_each_record_knows_its_line_in_the_delivery(tmp_path: Path) -> None:
    found = read(a_file(tmp_path, amelie(), of_the_cast("GE-D02"), of_the_cast("GE-D03")))

    assert [record.line for record in found] == [4, 5, 6]


def test_lines_beyond_the_parsers_sixteen_bits_are_counted_too(tmp_path: Path) -> None:
    pushed_down = "\n" * 70_000 + "<d:reportedPerson>"

    found = read(a_file(tmp_path, amelie(), spoil=[("<d:reportedPerson>", pushed_down)]))

    assert found[0].line == 70_004


def test_names_keep_their_accents_and_markup_signs(tmp_path: Path) -> None:
    name = "D'Écuyer-Çelik & <Fils>"

    found = read(a_file(tmp_path, amelie(official_name=name)))

    assert found[0].official_name == name


def test_names_in_decomposed_unicode_are_composed(tmp_path: Path) -> None:
    found = read(a_file(tmp_path, amelie(first_names="Ame\u0301lie")))

    assert found[0].first_names == "Amélie"


def test_a_day_with_a_time_zone_is_read_as_that_day(tmp_path: Path) -> None:
    path = a_file(tmp_path, amelie(), spoil=[("1990-06-12</p:arrivalDate>", "1990-06-12+02:00</p:arrivalDate>")])

    assert read(path)[0].residence.arrived_on == date(1990, 6, 12)


def test_a_birth_known_by_year_only_stays_a_year(tmp_path: Path) -> None:
    found = read(a_file(tmp_path, of_the_cast("GE-D13")))

    assert found[0].born == "1987"


def test_a_cross_border_permit_is_read_with_its_last_day(tmp_path: Path) -> None:
    person = read(a_file(tmp_path, of_the_cast("GE-D03")))[0]

    assert person.permit.category is PermitCategory.G
    assert person.permit.valid_by == date(2027, 11, 22)
    assert person.residence.kind is ResidenceKind.OTHER


def test_stays_and_lock_come_from_the_extended_data(tmp_path: Path) -> None:
    stays, lock = read(a_file(tmp_path, of_the_cast("GE-D02"), of_the_cast("GE-D09")))

    assert stays.stays[0] == Stay(date(2006, 5, 1), date(2009, 12, 31))
    assert stays.stays[-1].until_on is None
    assert lock.lock is Lock.ADDRESS


def test_comments_unknown_fields_and_other_elements_do_not_disturb(tmp_path: Path) -> None:
    extra = (
        "<!-- note --><d:personExtendedData><d:field>shoeSize</d:field><d:value>39</d:value></d:personExtendedData>"
        "</d:reportedPerson><?pi x?>"
    )

    found = read(a_file(tmp_path, amelie(), spoil=[("</d:reportedPerson>", extra)]))

    assert found[0]._replace(line=0) == amelie()


def test_memory_does_not_grow_with_the_number_of_people(tmp_path: Path) -> None:
    peaks = []
    for count in (1000, 12_000):
        path = tmp_path / f"{count}.xml"
        generator.write(path, persons=count, seed=1, on=DAY)
        out = subprocess.run([sys.executable, "-c", _READ_ALL, path], capture_output=True, text=True, check=True).stdout
        read_count, peak = map(int, out.split())
        assert read_count == count
        peaks.append(peak)

    assert peaks[1] - peaks[0] < 12
