"""The key folders that the tests of this folder look into."""

from dataclasses import dataclass
from pathlib import Path

from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.keys import YearKeys
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
