"""The seal: accepted by independent tools, broken by any change, and never half made."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from guichet.documents import examiner, rendering
from guichet.documents.examination import examine
from guichet.documents.examiner import examine_apart
from guichet.documents.sealing import seal
from guichet.documents.seals import SealReport, SealUnavailable
from guichet.gateways.timestamp.simulator import Simulator
from guichet.kit import clock

from .builders import AT, an_attestation
from .places import an_authority, output_of


@pytest.fixture(scope="module")
def unsealed() -> bytes:
    return rendering.render("attestation", an_attestation(), issued_at=AT)


@pytest.fixture
def sealed(sealing: Simulator, unsealed: bytes) -> bytes:
    return seal(unsealed)


def certificate(path: Path) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(path.read_bytes())[2])


def report(pdf: bytes, folder: Path) -> SealReport:
    known = certificate(folder / "root.cert.pem")
    return examine(pdf, trusted=[known], seal=certificate(folder / "seal.cert.pem"))


def with_one_bit_changed(pdf: bytes) -> bytes:
    """The first content stream is inside the sealed bytes."""
    place = pdf.index(b"stream") + 100
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def test_an_independent_reader_finds_the_seal_valid(sealed: bytes, tmp_path: Path) -> None:
    kept = tmp_path / "sealed.pdf"
    kept.write_bytes(sealed)

    said = output_of("pdfsig", "-nocert", str(kept))

    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Horodatage" in said


def test_a_sealed_document_has_a_sound_structure(sealed: bytes, tmp_path: Path) -> None:
    kept = tmp_path / "sealed.pdf"
    kept.write_bytes(sealed)

    assert "No syntax or stream encoding errors" in output_of("qpdf", "--check", str(kept))


def test_a_sealed_document_still_declares_both_standards_and_its_data(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        with pdf.open_metadata() as metadata:
            declared = (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"])
        widgets = list(pdf.Root.AcroForm.Fields)

        assert declared == ("3", "A", "1")
        assert "donnees.json" in pdf.attachments
        assert len(widgets) == 2
        assert all(int(widget.F) & 0b110 == 0b100 for widget in widgets)


def test_the_evidence_of_validity_is_inside_the_document(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        kinds = [str(field.V.SubFilter) for field in pdf.Root.AcroForm.Fields]

        assert kinds == ["/ETSI.CAdES.detached", "/ETSI.RFC3161"]
        assert len(pdf.Root.DSS.CRLs) == 2
        assert len(pdf.Root.DSS.Certs) >= 3


def test_an_untouched_document_is_good_and_dated_by_its_time_stamp(sealed: bytes, seal_folder: Path) -> None:
    found = report(sealed, seal_folder)

    assert found.good
    assert found.sealed_by == "Sceau de démonstration de l'office, sans valeur"
    assert found.sealed_at is not None
    assert abs(found.sealed_at - clock.now()) < timedelta(minutes=1)


def test_one_changed_bit_breaks_the_seal(sealed: bytes, seal_folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "changed.pdf"
    kept.write_bytes(with_one_bit_changed(sealed))

    found = report(kept.read_bytes(), seal_folder)

    assert found.sealed and not found.intact and not found.good
    assert "Digest Mismatch" in output_of("pdfsig", "-nocert", str(kept))


@pytest.mark.parametrize("added", [b"\n% un commentaire\n", b"\0"])
def test_bytes_added_at_the_end_are_noticed(sealed: bytes, seal_folder: Path, added: bytes) -> None:
    found = report(sealed + added, seal_folder)

    assert found.changed_after and not found.good


def test_a_revision_added_after_the_seal_is_noticed(sealed: bytes, seal_folder: Path) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.root["/Lang"] = generic.TextStringObject("de")
    writer.update_root()
    changed = io.BytesIO()
    writer.write(changed)

    found = report(changed.getvalue(), seal_folder)

    assert found.intact and found.changed_after and not found.good


def test_the_last_time_stamp_cut_off_is_noticed(sealed: bytes, seal_folder: Path) -> None:
    first_revision = sealed[: sealed.index(b"%%EOF", sealed.index(b"/ETSI.CAdES.detached")) + 6]

    assert not report(first_revision[:-40], seal_folder).good
    assert not report(sealed[: len(sealed) - 3000], seal_folder).good


def test_a_seal_under_another_authority_is_not_trusted(sealed: bytes, tmp_path: Path) -> None:
    stranger = an_authority(tmp_path / "stranger")

    found = report(sealed, stranger)

    assert found.intact and not found.trusted and not found.good


def test_another_holder_under_the_same_authority_is_not_the_office(sealed: bytes, seal_folder: Path) -> None:
    known = certificate(seal_folder / "root.cert.pem")

    found = examine(sealed, trusted=[known], seal=certificate(seal_folder / "tsa.cert.pem"))

    assert found.intact and not found.names_office and not found.trusted


def test_an_unsealed_document_bears_no_seal(unsealed: bytes, seal_folder: Path) -> None:
    assert report(unsealed, seal_folder) == SealReport()


@pytest.mark.parametrize("fault", ["down", "garbage", "other"])
def test_a_time_stamper_that_fails_leaves_no_seal(sealing: Simulator, unsealed: bytes, fault: str) -> None:
    sealing.fault = fault

    with pytest.raises(SealUnavailable):
        seal(unsealed)


def test_sealing_succeeds_again_once_the_time_stamper_is_back(
    sealing: Simulator, unsealed: bytes, seal_folder: Path
) -> None:
    sealing.fault = "down"
    with pytest.raises(SealUnavailable):
        seal(unsealed)
    sealing.fault = "none"

    assert report(seal(unsealed), seal_folder).good


def test_a_time_stamper_that_is_not_there_is_told_as_unavailable(
    sealing: Simulator, unsealed: bytes, settings: Any
) -> None:
    settings.TIMESTAMP = {"url": "http://127.0.0.1:1/"}

    with pytest.raises(SealUnavailable):
        seal(unsealed)


def test_a_missing_key_is_told_as_unavailable(
    sealing: Simulator, unsealed: bytes, settings: Any, tmp_path: Path
) -> None:
    settings.SEAL = {**settings.SEAL, "key_file": str(tmp_path / "none.pem")}

    with pytest.raises(SealUnavailable, match="key file"):
        seal(unsealed)


def test_outdated_revocation_lists_are_told_as_unavailable(
    sealing: Simulator, unsealed: bytes, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "crls").mkdir()
    settings.SEAL = {**settings.SEAL, "crl_dir": str(tmp_path / "crls")}

    with pytest.raises(SealUnavailable):
        seal(unsealed)


def test_renewed_revocation_lists_are_read_without_a_restart(
    sealing: Simulator, unsealed: bytes, settings: Any, seal_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "crls").mkdir()
    settings.SEAL = {**settings.SEAL, "crl_dir": str(tmp_path / "crls")}
    with pytest.raises(SealUnavailable):
        seal(unsealed)

    for name in ("root.crl", "issuing.crl"):
        shutil.copy(seal_folder / name, tmp_path / "crls" / name)

    assert report(seal(unsealed), seal_folder).good


def test_a_file_that_is_no_pdf_cannot_be_sealed(sealing: Simulator) -> None:
    with pytest.raises(SealUnavailable):
        seal(b"not a document")


_SEAL_SOME = """
import sys, django
from django.conf import settings
folder, url, source, target = sys.argv[1:]
from tests.documents.places import seal_settings
from pathlib import Path
settings.configure(SEAL=seal_settings(Path(folder)), TIMESTAMP={"url": url}, OFFICE={"name": "Office", "place": "Genève"})
from guichet.documents.sealing import seal
for number in range(3):
    Path(f"{target}.{number}").write_bytes(seal(Path(source).read_bytes()))
"""


@pytest.mark.processes
def test_two_processes_seal_at_the_same_time(
    sealing: Simulator, unsealed: bytes, seal_folder: Path, tmp_path: Path
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(unsealed)
    command = [sys.executable, "-c", _SEAL_SOME, str(seal_folder), sealing.url, str(source)]

    running = [subprocess.Popen([*command, str(tmp_path / name)], cwd=Path.cwd()) for name in ("one", "two")]

    assert [process.wait(60) for process in running] == [0, 0]
    made = [tmp_path / f"{name}.{number}" for name in ("one", "two") for number in range(3)]
    assert all(report(path.read_bytes(), seal_folder).good for path in made)


def test_a_file_examined_in_a_process_of_its_own_gets_the_same_report(sealed: bytes, seal_folder: Path) -> None:
    root, own = certificate(seal_folder / "root.cert.pem"), certificate(seal_folder / "seal.cert.pem")

    found = examine_apart(sealed, trusted=[root.dump()], seal=own.dump())

    assert found == report(sealed, seal_folder)


def test_a_bomb_is_stopped_by_its_bounds_and_bears_no_seal(seal_folder: Path) -> None:
    root, own = certificate(seal_folder / "root.cert.pem"), certificate(seal_folder / "seal.cert.pem")
    bomb = a_bomb(unpacked_megabytes=200)
    started = time.monotonic()

    found = examine_apart(bomb, trusted=[root.dump()], seal=own.dump())

    assert found == SealReport()
    assert len(bomb) < 2_000_000
    assert time.monotonic() - started < examiner.WALL_SECONDS + 5


def a_bomb(*, unpacked_megabytes: int) -> bytes:
    """A small document whose cross-reference stream describes millions of objects."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(unpacked_megabytes)) + packer.flush()
    head = b"%PDF-1.7\n"
    stream = (
        b"1 0 obj\n<</Type/XRef/W[1 4 2]/Size 25000000/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream\nendobj\n"
    )
    return head + stream + b"%% /ByteRange\nstartxref\n%d\n%%%%EOF\n" % len(head)
