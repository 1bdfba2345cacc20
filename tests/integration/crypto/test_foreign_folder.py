"""A face that can read another's keys does not start.

Modes are read, not tried: these tests may run as root.
"""

import os
from pathlib import Path

import pytest

from qol.adapters.crypto.foreign import Account, refuse_foreign
from qol.config import Config
from qol.domain.errors import KeyFolderError
from tests.integration.crypto.folders import Installation

OWNER, GROUP = os.geteuid(), os.getegid()
STRANGER = Account(OWNER + 40_001, frozenset({GROUP + 40_001}))
SAME_GROUP = Account(OWNER + 40_001, frozenset({GROUP}))


def config(instance: Path, face: str = "patient", *, demonstration: bool = False) -> Config:
    return Config(
        face=face,
        instance=instance,
        database_url="",
        keys=instance / "keys" / face,
        demonstration=demonstration,
        origin="https://example.test",
    )


def test_one_user_for_all_faces_is_refused(made: Installation) -> None:
    with pytest.raises(KeyFolderError, match="own system user"):
        refuse_foreign(config(made.root.parent))


def test_in_a_demonstration_it_is_a_warning(made: Installation) -> None:
    warning = refuse_foreign(config(made.root.parent, demonstration=True))
    assert warning is not None
    assert "The patient face can read the key folder" in warning


def test_folders_of_other_users_are_as_they_should_be(made: Installation) -> None:
    assert refuse_foreign(config(made.root.parent), STRANGER) is None
    assert refuse_foreign(config(made.root.parent), SAME_GROUP) is None


@pytest.mark.parametrize(
    ("mode", "account"),
    [
        (0o704, STRANGER),
        (0o701, STRANGER),
        (0o705, STRANGER),
        (0o740, SAME_GROUP),
        (0o710, SAME_GROUP),
    ],
)
@pytest.mark.parametrize("face", ["hcp", "lab"])
def test_a_folder_open_to_others_is_refused(
    installation: Installation, mode: int, account: Account, face: str
) -> None:
    (installation.root / face).chmod(mode)
    with pytest.raises(KeyFolderError, match=f"keys/{face}"):
        refuse_foreign(config(installation.root.parent), account)


def test_the_administrator_reads_everything(made: Installation) -> None:
    with pytest.raises(KeyFolderError):
        refuse_foreign(config(made.root.parent), Account(0, frozenset({0})))


def test_own_folder_alone_is_no_foreign_folder(installation: Installation) -> None:
    for face in ("hcp", "lab"):
        (installation.root / face).rename(installation.root.parent / face)
    assert refuse_foreign(config(installation.root.parent)) is None
