"""Making keys: those of an installation, once, and those of a programme's year.

Run by the laboratory's commands; no web process imports this module.
"""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM1024PrivateKey

from qol.adapters.crypto.copies import Copy, register_copies
from qol.adapters.crypto.keyfiles import write_all
from qol.adapters.crypto.keyfolder import (
    YEARLY,
    KeyFile,
    Purpose,
    check_year,
    read_key_file,
    secret_id,
)
from qol.adapters.crypto.suite import fingerprint, key_id, public_raw
from qol.config import FACES
from qol.domain.errors import KeyFolderError

_EVERY_FACE = (Purpose.LOOKUP, Purpose.THROTTLE, Purpose.SESSION)
_SECRETS = {
    "patient": _EVERY_FACE,
    "hcp": (*_EVERY_FACE, Purpose.SLIP, Purpose.CREDENTIAL),
    "lab": (*_EVERY_FACE, Purpose.SLIP, Purpose.CREDENTIAL, Purpose.CHECKPOINT),
}
_SHARED = frozenset({Purpose.LOOKUP, Purpose.SLIP})  # the same key in each face that has it


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """What the laboratory registers of a key: never the key."""

    purpose: str
    key_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class YearKeys:
    """The two new pairs of a programme's year, by their public halves."""

    programme: str
    year: int
    operating: PublicHalf
    escrow: PublicHalf


def generate_installation(keys_root: Path, demonstration: bool) -> None:  # noqa: FBT001 – named at every call
    """Make ``keys_root`` with a folder for each face and the keys that have no year.

    All is written beside its place and takes its name at once. KeyFolderError when there
    are keys already: another lookup key would make every pseudonym unknown.
    """
    if keys_root.is_symlink() or (keys_root.exists() and any(keys_root.iterdir())):
        raise KeyFolderError(f"There are keys in {keys_root} already: nothing was changed.")
    temporary = keys_root.parent / f".keys-{secrets.token_hex(8)}"
    shared = {purpose: os.urandom(32) for purpose in _SHARED}
    try:
        keys_root.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        temporary.chmod(0o755)  # each face's user passes through; its own folder is 0700
        for face, purposes in _SECRETS.items():
            folder = temporary / face
            folder.mkdir(mode=0o700)
            keys = [(purpose, shared.get(purpose) or os.urandom(32)) for purpose in purposes]
            write_all([(folder, _secret(p, face, demonstration, key)) for p, key in keys])
        temporary.rename(keys_root)
    except OSError as error:
        raise KeyFolderError(
            f"The keys could not be written to {keys_root} ({error.strerror}): nothing was changed."
        ) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _secret(purpose: Purpose, face: str, demonstration: bool, key: bytes) -> KeyFile:  # noqa: FBT001 – likewise
    return KeyFile(purpose, face, demonstration, secret_id(purpose, key), key)


def generate_year(
    keys_root: Path,
    programme: str,
    year: int,
    escrow_to: Path,
    *,
    custodian: str = "",
    on: date | None = None,
) -> YearKeys:
    """Make the deposit pair and the escrow pair of a programme's year.

    Public halves go into each face's folder, the operating private half into the
    laboratory's, the escrow private half into ``escrow_to`` and nowhere else. ``custodian``
    and ``on`` (the day) go into the register of copies. All or nothing; KeyFolderError when
    the year has keys already, or ``escrow_to`` is missing or inside the instance.
    """
    check_year(programme, year)
    _check_escrow(keys_root, escrow_to)
    _check_free(keys_root, programme, year, escrow_to)
    demonstration = read_key_file(keys_root / "lab" / "lookup.key").demonstration
    made: list[tuple[Path, KeyFile]] = []
    halves = []
    # Private halves take their names first: a public half without them must never be used.
    for private, public, folder, face in (
        (Purpose.ESCROW_PRIVATE, Purpose.ESCROW_PUBLIC, escrow_to, "escrow"),
        (Purpose.DEPOSIT_PRIVATE, Purpose.DEPOSIT_PUBLIC, keys_root / "lab", "lab"),
    ):
        raw, seed = _pair()
        name = key_id(raw)
        made.append((folder, KeyFile(private, face, demonstration, name, seed, programme, year)))
        halves.append((public, name, raw))
    for face in FACES:  # the laboratory last: what it registers, every face has
        for public, name, raw in halves:
            file = KeyFile(public, face, demonstration, name, raw, programme, year)
            made.append((keys_root / face, file))
    _write_and_register(keys_root / "lab", made, custodian, on)
    escrow, operating = (PublicHalf(p.value, name, fingerprint(raw)) for p, name, raw in halves)
    return YearKeys(programme, year, operating, escrow)


def _write_and_register(
    lab: Path, made: list[tuple[Path, KeyFile]], custodian: str, on: date | None
) -> None:
    write_all(made)
    try:
        _register(lab, made[:2], custodian, on)
    except KeyFolderError:
        for folder, file in made:
            (folder / file.name).unlink(missing_ok=True)
        raise


def _pair() -> tuple[bytes, bytes]:
    """Make a pair: the raw public half, the raw private half."""
    lattice = MLKEM1024PrivateKey.generate()
    curve = generate_private_key(SECP384R1())
    scalar = curve.private_numbers().private_value.to_bytes(48, "big")
    return (
        public_raw(lattice.public_key(), curve.public_key()),
        lattice.private_bytes_raw() + scalar,
    )


def _check_escrow(keys_root: Path, escrow_to: Path) -> None:
    """Refuse a place for the escrow half that a backup or a thief takes along with the rest."""
    if not escrow_to.is_dir():
        raise KeyFolderError(
            f"{escrow_to} is not a folder: give one outside the instance for the escrow half, "
            "such as a mounted stick."
        )
    root = keys_root.resolve()
    place = escrow_to.resolve()
    for inside in (root, root.parent):
        if place.is_relative_to(inside):
            raise KeyFolderError(
                f"{escrow_to} is inside {inside}: the escrow half must be kept elsewhere."
            )


def _check_free(keys_root: Path, programme: str, year: int, escrow_to: Path) -> None:
    folders = [keys_root / face for face in FACES]
    for folder in folders:
        if not folder.is_dir():
            raise KeyFolderError(
                f"The key folder {folder} is missing: make the installation's keys first."
            )
    for folder in (*folders, escrow_to):
        for purpose in YEARLY:
            taken = folder / f"{purpose}.{programme}.{year}.key"
            if taken.exists():
                raise KeyFolderError(
                    f"{taken} is there already: programme {programme} has keys for {year}, "
                    "and other ones would make its records unreadable; nothing was changed."
                )


def _register(
    lab: Path, private: list[tuple[Path, KeyFile]], custodian: str, on: date | None
) -> None:
    since = on.isoformat() if on else ""
    register_copies(
        lab,
        [
            Copy(
                key_id=file.id,
                purpose=file.purpose.value,
                programme=file.programme,
                year=file.year,
                place=str(folder.resolve() / file.name),
                custodian=custodian if file.purpose is Purpose.ESCROW_PRIVATE else "laboratory",
                since=since,
            )
            for folder, file in private
        ],
    )
