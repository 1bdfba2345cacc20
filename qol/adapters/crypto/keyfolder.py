"""Key files and the folder of one face (design section 7).

A key file is text: its first line names the format, then one ``name: value`` a line. It says
what it is for, which face it belongs to and which key it holds, so that a file which is lost,
swapped or readable by others is refused with one sentence (EA-CRY-1-b).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from qol.adapters.crypto.suite import PRIVATE_LENGTH, PUBLIC_LENGTH, key_id
from qol.domain.errors import KeyFolderError

_FIRST_LINE = "qol-key 1"
_SMALL = 65_536
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PROGRAMME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
_YEARS = range(2000, 10_000)


class Purpose(StrEnum):
    """What a key is for; a file of one purpose never serves another."""

    LOOKUP = "lookup"
    THROTTLE = "throttle"
    SESSION = "session"
    CREDENTIAL = "credential"
    SLIP = "slip"
    CHECKPOINT = "checkpoint"
    DEPOSIT_PUBLIC = "deposit-public"
    ESCROW_PUBLIC = "escrow-public"
    DEPOSIT_PRIVATE = "deposit-private"
    ESCROW_PRIVATE = "escrow-private"


_PUBLIC = frozenset({Purpose.DEPOSIT_PUBLIC, Purpose.ESCROW_PUBLIC})
_PRIVATE = frozenset({Purpose.DEPOSIT_PRIVATE, Purpose.ESCROW_PRIVATE})
YEARLY = _PUBLIC | _PRIVATE


def length(purpose: Purpose) -> int:
    """Give how many bytes a key of this purpose has."""
    if purpose in _PUBLIC:
        return PUBLIC_LENGTH
    return PRIVATE_LENGTH if purpose in _PRIVATE else 32


def secret_id(purpose: Purpose, key: bytes) -> str:
    """Give the id of a 256-bit secret; it tells nothing of the secret itself."""
    return hashlib.sha256(b"qol key id\0" + purpose.encode() + b"\0" + key).hexdigest()[:16]


def check_year(programme: str, year: int) -> None:
    """Refuse a programme's name or a year that no file name may carry; KeyFolderError."""
    if not _PROGRAMME.fullmatch(programme):
        raise KeyFolderError(
            f"{programme!r} cannot name a programme's keys: use small letters, digits, - and _."
        )
    if year not in _YEARS:
        raise KeyFolderError(f"{year} is not a year of four digits.")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """One key and what it says of itself. ``repr`` hides the key."""

    purpose: Purpose
    face: str
    demonstration: bool
    id: str
    key: bytes = field(repr=False)
    programme: str = ""
    year: int = 0

    @property
    def name(self) -> str:
        """The file's name: ``lookup.key``, ``deposit-public.<programme>.<year>.key``."""
        if self.purpose in YEARLY:
            return f"{self.purpose}.{self.programme}.{self.year}.key"
        return f"{self.purpose}.key"

    def text(self) -> str:
        """Give the file's text."""
        lines = [
            _FIRST_LINE,
            f"purpose: {self.purpose}",
            f"face: {self.face}",
            f"demonstration: {'yes' if self.demonstration else 'no'}",
        ]
        if self.purpose in YEARLY:
            lines += [f"programme: {self.programme}", f"year: {self.year}"]
        lines += [f"id: {self.id}", f"key: {base64.b64encode(self.key).decode()}"]
        return "\n".join(lines) + "\n"


def _parsed(text: str, path: Path) -> KeyFile:
    """Read a key file's text; KeyFolderError unless writing it again gives the same text."""
    broken = KeyFolderError(f"{path} is not a whole key file: restore it from its copy.")
    first, *lines = text.splitlines() or [""]
    if first != _FIRST_LINE:
        raise broken
    values = dict(line.split(": ", 1) for line in lines if ": " in line)
    try:
        file = KeyFile(
            purpose=Purpose(values["purpose"]),
            face=values["face"],
            demonstration=values["demonstration"] == "yes",
            id=values["id"],
            key=base64.b64decode(values["key"], validate=True),
            programme=values.get("programme", ""),
            year=int(values.get("year", "0")),
        )
    except (KeyError, ValueError, binascii.Error):
        raise broken from None
    if len(file.key) != length(file.purpose):
        raise KeyFolderError(
            f"{path} holds {len(file.key)} bytes where a {file.purpose} key has "
            f"{length(file.purpose)}: restore it from its copy."
        )
    if file.text() != text:
        raise broken
    return file


def read_key_file(path: Path) -> KeyFile:
    """Read one key file; KeyFolderError when missing, readable by others, damaged or renamed."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            raw = file.read(_SMALL)
    except FileNotFoundError:
        raise KeyFolderError(
            f"{path} is missing: restore it, or make the keys with 'python -m qol keys'."
        ) from None
    except OSError as error:
        raise KeyFolderError(f"{path} cannot be read ({error.strerror}).") from None
    if mode & _OTHERS:
        raise KeyFolderError(
            f"{path} can be read or written by others (mode {stat.S_IMODE(mode):04o}): "
            "it must be 0400; make a new key if others may have read it."
        )
    key = _parsed(raw.decode("ascii", errors="replace"), path)
    if key.name != path.name:
        raise KeyFolderError(f"{path} holds a key that belongs in {key.name}: it was swapped.")
    _check_id(key, path)
    return key


def _check_id(key: KeyFile, path: Path) -> None:
    """Compare id and key; of a private half, only ``opening`` can tell."""
    if key.purpose in _PRIVATE:
        return
    right = key_id(key.key) if key.purpose in _PUBLIC else secret_id(key.purpose, key.key)
    if key.id != right:
        raise KeyFolderError(
            f"{path} holds another key than its id {key.id} says: it was swapped or damaged; "
            "restore it from its copy."
        )


class KeyFolder:
    """The key folder of one face: ``instance/keys/<face>``.

    ``face`` is ``patient``, ``hcp``, ``lab``, or ``escrow`` for a custodian's folder. Keys made
    for a demonstration are refused unless ``demonstration``.
    """

    def __init__(self, path: Path, face: str, *, demonstration: bool = False) -> None:
        self.path = path
        self.face = face
        self._demonstration = demonstration

    def secret(self, purpose: Purpose) -> bytes:
        """Give the 32 bytes of a key that has no year; KeyFolderError with one sentence."""
        if purpose in YEARLY:
            raise ValueError(f"{purpose} keys belong to a programme and a year")
        return self._read(self.path / f"{purpose}.key").key

    def files(self, purpose: Purpose) -> Iterator[tuple[Path, KeyFile]]:
        """Read every key of a purpose that has years, by file name."""
        self._check_folder()
        for path in sorted(self.path.glob(f"{purpose}.*.key")):
            yield path, self._read(path)

    def _read(self, path: Path) -> KeyFile:
        self._check_folder()
        file = read_key_file(path)
        if file.face != self.face:
            raise KeyFolderError(
                f"{path} is a key of the {file.face} face, not of {self.face}: it was swapped."
            )
        if file.demonstration and not self._demonstration:
            raise KeyFolderError(
                f"{path} was made for a demonstration: make this installation's own keys."
            )
        return file

    def _check_folder(self) -> None:
        try:
            mode = self.path.stat().st_mode
        except OSError:
            raise KeyFolderError(
                f"The key folder {self.path} is missing or closed: "
                "restore it, or make the keys with 'python -m qol keys'."
            ) from None
        if mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise KeyFolderError(f"Others may write into the key folder {self.path}: set it 0700.")
