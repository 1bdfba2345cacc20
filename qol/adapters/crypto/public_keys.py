"""The public halves a face seals for, compared with what the laboratory stands for.

Fingerprints stand in the database, written by the laboratory; a swapped key stops the face
(design section 7).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hpke import MLKEM1024P384PublicKey

from qol.adapters.crypto.keyfolder import KeyFile, KeyFolder, Purpose
from qol.adapters.crypto.suite import fingerprint, public_half
from qol.domain.errors import KeyFolderError


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public half that a face may seal for."""

    key_id: str
    sha256: str
    half: MLKEM1024P384PublicKey


@dataclass(frozen=True, slots=True)
class Pair:
    """The operating and the escrow key of one programme and year."""

    operating: PublicKey
    escrow: PublicKey


class PublicKeys:
    """The pairs of a face, by programme and year."""

    def __init__(self, pairs: Mapping[tuple[str, int], Pair]) -> None:
        self._pairs = dict(pairs)

    def has(self, programme: str, year: int) -> bool:
        """Tell whether there is a pair for this programme and year."""
        return (programme, year) in self._pairs

    def pair(self, programme: str, year: int) -> Pair:
        """Give the pair; KeyFolderError when the laboratory has made none."""
        try:
            return self._pairs[programme, year]
        except KeyError:
            raise KeyFolderError(
                f"There is no deposit key for programme {programme} and year {year}: "
                "the laboratory must make one before answers can be received."
            ) from None

    def years(self) -> tuple[tuple[str, int], ...]:
        """List the programmes and years, in order."""
        return tuple(sorted(self._pairs))


def load_public_keys(folder: KeyFolder, fingerprints: Mapping[str, str]) -> PublicKeys:
    """Read a face's public halves; ``fingerprints`` maps key id to SHA-256, from the database.

    KeyFolderError when a key is missing, swapped, not registered, or has no escrow beside it.
    """
    operating = _read(folder, Purpose.DEPOSIT_PUBLIC, fingerprints)
    escrow = _read(folder, Purpose.ESCROW_PUBLIC, fingerprints)
    for programme, year in sorted(operating.keys() ^ escrow.keys()):
        lacking = "deposit" if (programme, year) in escrow else "escrow"
        raise KeyFolderError(
            f"The {lacking} key of programme {programme} and year {year} is missing from "
            f"{folder.path}: nothing is sealed without both; restore it from its copy."
        )
    used = [key.key_id for keys in (operating, escrow) for key in keys.values()]
    here = set(used)
    if len(used) != len(here):
        raise KeyFolderError(f"One public key stands twice in {folder.path}: it was swapped.")
    for missing in sorted(fingerprints.keys() - here):
        raise KeyFolderError(
            f"The public key {missing} that the laboratory registered is missing from "
            f"{folder.path}: restore it from its copy."
        )
    return PublicKeys({at: Pair(operating[at], escrow[at]) for at in operating})


def _read(
    folder: KeyFolder, purpose: Purpose, fingerprints: Mapping[str, str]
) -> dict[tuple[str, int], PublicKey]:
    return {
        (file.programme, file.year): _checked(path, file, fingerprints)
        for path, file in folder.files(purpose)
    }


def _checked(path: Path, file: KeyFile, fingerprints: Mapping[str, str]) -> PublicKey:
    sha256 = fingerprint(file.key)
    if not hmac.compare_digest(fingerprints.get(file.id, "").encode(), sha256.encode()):
        raise KeyFolderError(
            f"{path} is not the key that the laboratory registered: it was swapped, or its "
            "fingerprint is not in the database yet ('python -m qol keys')."
        )
    try:
        half = public_half(file.key)
    except ValueError:
        raise KeyFolderError(f"{path} holds no usable public key: restore it.") from None
    return PublicKey(file.id, sha256, half)
