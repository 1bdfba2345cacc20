"""A face refuses to start when it can read another face's keys (design section 7).

Decided from owner, group and mode, not by trying, so that the answer says what the system
grants; the system's administrator (user 0) can read everything and is told so.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from qol.config import FACES, Config
from qol.domain.errors import KeyFolderError


@dataclass(frozen=True, slots=True)
class Account:
    """The system account a process runs as."""

    user: int
    groups: frozenset[int]

    @classmethod
    def current(cls) -> Account:
        """Give this process's own."""
        return cls(os.geteuid(), frozenset({os.getegid(), *os.getgroups()}))

    def enters(self, folder: Path) -> bool:
        """Tell whether this account may list or enter a folder; false when there is none."""
        try:
            found = folder.stat()
        except OSError:
            return False
        if self.user == 0:
            return True
        if found.st_uid == self.user:
            wanted = stat.S_IRUSR | stat.S_IXUSR
        elif found.st_gid in self.groups:
            wanted = stat.S_IRGRP | stat.S_IXGRP
        else:
            wanted = stat.S_IROTH | stat.S_IXOTH
        return bool(found.st_mode & wanted)


def refuse_foreign(config: Config, account: Account | None = None) -> str | None:
    """Refuse, with KeyFolderError, a face that can read another face's key folder.

    In a demonstration, where one user runs all faces, gives a warning instead; None when
    the folders are apart.
    """
    account = account or Account.current()
    roots = {config.instance / "keys", config.keys.parent}
    others = {root / face for root in roots for face in FACES if face != config.face}
    own = config.keys.resolve()
    foreign = sorted(f for f in others if f.resolve() != own and account.enters(f))
    if not foreign:
        return None
    sentence = f"The {config.face} face can read the key folder {foreign[0]}"
    if config.demonstration:
        return f"{sentence}, since one user runs everything: only a demonstration may."
    raise KeyFolderError(
        f"{sentence}: run each face as its own system user, owner of its own folder (mode 0700)."
    )
