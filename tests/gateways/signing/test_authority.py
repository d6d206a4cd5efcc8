"""The test authority is complete, is made once, and is what an operator's check expects."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from guichet.gateways.signing import authority, certificates, check
from guichet.gateways.signing.keyfile import FileKey
from guichet.kit import clock
from tests.documents.places import an_authority, output_of, seal_settings


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_authority(tmp_path_factory.mktemp("authority") / "seal")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "seal"))


def problems(folder: Path, *, at: datetime | None = None) -> list[str]:
    known = certificates.of_the_seal(str(folder / "seal.cert.pem"), str(folder / "chain.pem"))
    key = FileKey(str(folder / "seal.key.pem"), certificates=known)
    return check.problems(key, crl_dir=str(folder), at=at or clock.now())


def test_a_fresh_authority_has_no_problem(made: Path) -> None:
    assert problems(made) == []


def test_openssl_accepts_the_chain_of_the_seal_and_of_the_time_stamper(made: Path) -> None:
    above = ("-CAfile", str(made / "root.cert.pem"), "-untrusted", str(made / "issuing.cert.pem"))

    assert "OK" in output_of("openssl", "verify", *above, str(made / "seal.cert.pem"))
    assert "OK" in output_of("openssl", "verify", "-purpose", "timestampsign", *above, str(made / "tsa.cert.pem"))


def test_keys_are_readable_by_their_owner_only(made: Path) -> None:
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.iterdir())


def test_making_it_again_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert authority.ensure(folder, at=clock.now()) is False
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.processes
def test_two_processes_that_start_together_make_one_authority(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "seal"
    command = [sys.executable, "-m", "guichet.gateways.signing.authority", str(folder)]

    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(process.communicate(timeout=60)[0].split()[0] for process in running)

    assert said in (["kept", "made"], ["kept", "kept"])
    assert [path.name for path in folder.parent.iterdir()] == ["seal"]
    assert problems(folder) == []


def test_a_folder_with_something_else_in_it_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("important")

    with pytest.raises(OSError, match="not empty"):
        authority.ensure(tmp_path, at=clock.now())
    assert (tmp_path / "notes.txt").read_text() == "important"


def test_an_expiry_is_told_sixty_days_before_and_after(made: Path) -> None:
    own = x509.load_pem_x509_certificate((made / "seal.cert.pem").read_bytes())
    last = own.not_valid_after_utc

    assert any("expire bientôt" in problem for problem in problems(made, at=last - timedelta(days=59)))
    assert any("a expiré le" in problem for problem in problems(made, at=last + timedelta(days=1)))
    assert not problems(made, at=last - timedelta(days=61))


def test_a_certificate_of_the_future_is_not_valid_yet(made: Path) -> None:
    found = problems(made, at=clock.now() - timedelta(days=2))

    assert any("n'est pas encore valable" in problem for problem in found)


def test_a_key_of_another_certificate_is_noticed(folder: Path) -> None:
    shutil.copy(folder / "tsa.key.pem", folder / "seal.key.pem")

    assert problems(folder) == ["La clé du sceau ne correspond pas à son certificat."]


def test_a_chain_without_its_root_is_noticed(folder: Path) -> None:
    shutil.copy(folder / "issuing.cert.pem", folder / "chain.pem")

    assert any("aucune autorité racine" in problem for problem in problems(folder))


def test_a_chain_without_its_intermediate_is_noticed(folder: Path) -> None:
    shutil.copy(folder / "root.cert.pem", folder / "chain.pem")

    assert any("chaîne est incomplète" in problem for problem in problems(folder))


def test_a_chain_of_the_right_names_with_other_keys_is_noticed(folder: Path, tmp_path: Path) -> None:
    stranger = an_authority(tmp_path / "stranger")
    shutil.copy(stranger / "chain.pem", folder / "chain.pem")

    assert any("n'a pas été signé par" in problem for problem in problems(folder))


def test_missing_and_unreadable_revocation_lists_are_noticed(folder: Path) -> None:
    (folder / "root.crl").unlink()
    (without_root,) = problems(folder)
    (folder / "root.crl").write_bytes(b"not a list")

    assert "Aucune liste de révocation à jour" in without_root
    assert any("illisible" in problem for problem in problems(folder))


def test_the_configured_seal_is_checked_as_a_whole(made: Path, settings: Any) -> None:
    settings.SEAL = seal_settings(made)

    assert check.check_setup(at=clock.now()) == []


def test_a_seal_that_cannot_be_read_is_told_to_the_operator(tmp_path: Path, settings: Any) -> None:
    settings.SEAL = seal_settings(tmp_path)

    (problem,) = check.check_setup(at=clock.now())

    assert "n'est pas disponible" in problem
