"""The register of every copy of a private half, with its custodian (design section 3.7).

Destroying a year is destroying these halves, each copy attested; so each must be known.
The register is ``copies.jsonl`` in the laboratory's key folder: one copy a line, no key.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from qol.domain.errors import KeyFolderError

_NAME = "copies.jsonl"


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a private half: where it is, who answers for it, since when (ISO day)."""

    key_id: str
    purpose: str
    programme: str
    year: int
    place: str
    custodian: str
    since: str


def register_copies(lab_folder: Path, added: Sequence[Copy]) -> None:
    """Append to the register; KeyFolderError when it cannot be written."""
    lines = "".join(json.dumps(asdict(copy), sort_keys=True) + "\n" for copy in added)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(lab_folder / _NAME, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KeyFolderError(
            f"The register of copies in {lab_folder} cannot be written ({error.strerror})."
        ) from None


def copies(lab_folder: Path) -> tuple[Copy, ...]:
    """List the registered copies, oldest first; KeyFolderError on a damaged line."""
    path = lab_folder / _NAME
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(Copy(**json.loads(line)))
        except (ValueError, TypeError):
            raise KeyFolderError(f"Line {number} of {path} is not a copy: restore it.") from None
    return tuple(found)
