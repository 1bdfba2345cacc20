"""An installation with keys of one programme and year, made once for a test session."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.keys import YearKeys, generate_installation, generate_year
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.adapters.crypto.public_keys import load_public_keys
from qol.adapters.crypto.sealing import EnvelopeSealer


@dataclass(frozen=True)
class Installation:
    """Key folders below ``root``, the custodian's folder, what was generated."""

    root: Path
    escrow: Path
    year: YearKeys

    @property
    def fingerprints(self) -> dict[str, str]:
        return {half.key_id: half.sha256 for half in (self.year.operating, self.year.escrow)}

    def folder(self, face: str) -> KeyFolder:
        return KeyFolder(self.root / face, face)

    def sealer(self) -> EnvelopeSealer:
        return EnvelopeSealer(load_public_keys(self.folder("patient"), self.fingerprints))

    def opener(self) -> EnvelopeOpener:
        return EnvelopeOpener(self.folder("lab"))

    def escrow_opener(self) -> EnvelopeOpener:
        return EnvelopeOpener(KeyFolder(self.escrow, "escrow"), Purpose.ESCROW_PRIVATE)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Keys that no test may change."""
    place = tmp_path_factory.mktemp("installation")
    root, escrow = place / "instance" / "keys", place / "escrow"
    escrow.mkdir()
    generate_installation(root, demonstration=False)
    return Installation(root, escrow, generate_year(root, "demo", 2026, escrow))


@pytest.fixture
def installation(made: Installation, tmp_path: Path) -> Installation:
    """A copy that a test may spoil."""
    root, escrow = tmp_path / "instance" / "keys", tmp_path / "escrow"
    shutil.copytree(made.root, root)
    shutil.copytree(made.escrow, escrow)
    return Installation(root, escrow, made.year)
