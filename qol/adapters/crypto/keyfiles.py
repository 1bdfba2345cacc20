"""Writing key files: whole or not at all, and never over another file."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from qol.adapters.crypto.keyfolder import KeyFile
from qol.domain.errors import KeyFolderError


def write_all(files: Sequence[tuple[Path, KeyFile]]) -> None:
    """Write each key file into its folder, mode 0400, owned as the folder: all, or none.

    Each is written beside its place under another name and flushed to the disk; only when
    all are there do they take their names, in the order given. KeyFolderError when a name
    is taken or a folder cannot be written to.
    """
    written: list[tuple[Path, Path]] = []
    named: list[Path] = []
    try:
        for folder, file in files:
            temporary = folder / f".new-{secrets.token_hex(8)}"
            written.append((temporary, folder / file.name))
            _write(temporary, file.text())
        for temporary, final in written:
            _take_name(temporary, final)
            named.append(final)
        for folder in {folder for folder, _ in files}:
            _flush(folder)
    except OSError as error:
        for final in named:
            final.unlink(missing_ok=True)
        raise KeyFolderError(
            f"The keys could not be written ({error.strerror}: {error.filename}): "
            "nothing was changed."
        ) from None
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o400), "w", encoding="ascii") as file:
        owner = path.parent.stat()
        if owner.st_uid != os.geteuid():  # the administrator makes keys for each face's user
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _take_name(temporary: Path, final: Path) -> None:
    """Give a file its name; FileExistsError when another has it."""
    try:
        final.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a stick for escrow halves may know no links
        if final.exists():
            raise FileExistsError(17, "File exists", str(final)) from None
        temporary.rename(final)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
