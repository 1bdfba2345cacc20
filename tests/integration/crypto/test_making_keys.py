"""Keys are made whole or not at all, once, and the escrow half is elsewhere."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from qol.adapters.crypto.copies import copies
from qol.adapters.crypto.keyfiles import write_all
from qol.adapters.crypto.keyfolder import KeyFile, Purpose, secret_id
from qol.adapters.crypto.keys import generate_installation, generate_year
from qol.domain.errors import KeyFolderError
from tests.integration.crypto.folders import Installation


def tree(*folders: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_installation_is_made_once(installation: Installation) -> None:
    before = tree(installation.root)
    with pytest.raises(KeyFolderError, match="nothing was changed"):
        generate_installation(installation.root, demonstration=False)
    assert tree(installation.root) == before
    assert [p.name for p in installation.root.parent.iterdir()] == ["keys"]


def test_an_empty_folder_may_become_the_key_root(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    generate_installation(tmp_path / "keys", demonstration=False)
    assert sorted(p.name for p in (tmp_path / "keys").iterdir()) == ["hcp", "lab", "patient"]


def test_a_narrow_mask_leaves_the_way_to_the_folders_open(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        generate_installation(tmp_path / "keys", demonstration=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o755


def test_public_halves_reach_each_face_and_private_halves_one_place(made: Installation) -> None:
    def places(pattern: str) -> list[str]:
        found = [*made.root.rglob(pattern), *made.escrow.rglob(pattern)]
        return sorted(path.parent.name for path in found)

    assert places("deposit-public.demo.2026.key") == ["hcp", "lab", "patient"]
    assert places("escrow-public.demo.2026.key") == ["hcp", "lab", "patient"]
    assert places("deposit-private.*") == ["lab"]
    assert places("escrow-private.*") == ["escrow"]


def test_a_key_id_is_short_for_the_fingerprint(made: Installation) -> None:
    for half in (made.year.operating, made.year.escrow):
        assert half.sha256.startswith(half.key_id)
        assert len(half.key_id) == 16
    assert made.year.operating.key_id != made.year.escrow.key_id


def test_a_year_is_made_once(installation: Installation) -> None:
    before = tree(installation.root, installation.escrow)
    with pytest.raises(KeyFolderError, match="nothing was changed"):
        generate_year(installation.root, "demo", 2026, installation.escrow)
    assert tree(installation.root, installation.escrow) == before


@pytest.mark.parametrize(
    "left",
    ["patient/escrow-public", "hcp/deposit-public", "lab/deposit-private", "escrow-private"],
)
def test_any_leftover_of_a_year_refuses_another(installation: Installation, left: str) -> None:
    paths = [*installation.root.rglob("*.2026.key"), *installation.escrow.glob("*.key")]
    for path in paths:
        if left not in str(path):
            path.unlink()
    with pytest.raises(KeyFolderError, match="is there already"):
        generate_year(installation.root, "demo", 2026, installation.escrow)


@pytest.mark.parametrize("inside", ["", "backups", "keys", "keys/lab", "keys/../backups"])
def test_the_escrow_half_is_never_inside_the_instance(
    installation: Installation, inside: str
) -> None:
    (installation.root.parent / "backups").mkdir()
    before = tree(installation.root)
    with pytest.raises(KeyFolderError, match="must be kept elsewhere"):
        generate_year(installation.root, "demo", 2027, installation.root.parent / inside)
    assert tree(installation.root) == before


def test_a_link_does_not_bring_the_escrow_half_inside(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(installation.root / "lab")
    with pytest.raises(KeyFolderError, match="must be kept elsewhere"):
        generate_year(installation.root, "demo", 2027, tmp_path / "link")


def test_a_missing_place_for_the_escrow_half_is_refused(
    installation: Installation, tmp_path: Path
) -> None:
    with pytest.raises(KeyFolderError, match="is not a folder"):
        generate_year(installation.root, "demo", 2027, tmp_path / "no-stick")
    assert not list(installation.root.rglob("*.2027.key"))


@pytest.mark.parametrize("programme", ["", "../lab", "a/b", "A", "x" * 65, "a.b", "a\n"])
def test_a_programme_that_no_file_can_carry_is_refused(
    installation: Installation, programme: str
) -> None:
    with pytest.raises(KeyFolderError, match="cannot name"):
        generate_year(installation.root, programme, 2027, installation.escrow)


@pytest.mark.parametrize("year", [-1, 0, 26, 1999, 10_000])
def test_a_year_has_four_digits(installation: Installation, year: int) -> None:
    with pytest.raises(KeyFolderError, match="four digits"):
        generate_year(installation.root, "demo", year, installation.escrow)


def test_a_year_needs_an_installation(tmp_path: Path) -> None:
    (tmp_path / "escrow").mkdir()
    with pytest.raises(KeyFolderError, match="make the installation's keys first"):
        generate_year(tmp_path / "instance" / "keys", "demo", 2026, tmp_path / "escrow")


def test_a_demonstration_makes_demonstration_years(tmp_path: Path) -> None:
    root, escrow = tmp_path / "instance" / "keys", tmp_path / "escrow"
    escrow.mkdir()
    generate_installation(root, demonstration=True)
    generate_year(root, "demo", 2026, escrow)
    for path in (*root.rglob("*.key"), *escrow.glob("*.key")):
        assert "demonstration: yes\n" in path.read_text()


def _file(name: Purpose) -> KeyFile:
    return KeyFile(name, "lab", False, secret_id(name, bytes(32)), bytes(32))


def test_nothing_is_half_written_when_a_folder_is_gone(tmp_path: Path) -> None:
    with pytest.raises(KeyFolderError, match="nothing was changed"):
        write_all([(tmp_path, _file(Purpose.SLIP)), (tmp_path / "gone", _file(Purpose.LOOKUP))])
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_half_written_when_a_name_is_taken(tmp_path: Path) -> None:
    (tmp_path / "lookup.key").write_text("mine")
    with pytest.raises(KeyFolderError, match="File exists"):
        write_all([(tmp_path, _file(Purpose.SLIP)), (tmp_path, _file(Purpose.LOOKUP))])
    assert [p.name for p in tmp_path.iterdir()] == ["lookup.key"]
    assert (tmp_path / "lookup.key").read_text() == "mine"


def test_keys_without_their_register_are_taken_back(installation: Installation) -> None:
    register = installation.root / "lab" / "copies.jsonl"
    register.unlink()
    register.mkdir()
    with pytest.raises(KeyFolderError, match="register of copies"):
        generate_year(installation.root, "demo", 2027, installation.escrow)
    assert not [*installation.root.rglob("*2027*"), *installation.escrow.rglob("*2027*")]


def test_the_register_lists_each_private_half(installation: Installation) -> None:
    day = date(2026, 12, 1)
    made = generate_year(
        installation.root, "demo", 2027, installation.escrow, custodian="Notary", on=day
    )
    escrow, operating = copies(installation.root / "lab")[-2:]
    assert (escrow.key_id, escrow.custodian) == (made.escrow.key_id, "Notary")
    assert escrow.place == str(installation.escrow / "escrow-private.demo.2027.key")
    assert (operating.key_id, operating.custodian) == (made.operating.key_id, "laboratory")
    assert (operating.since, operating.year) == ("2026-12-01", 2027)


def test_a_damaged_register_is_named(installation: Installation) -> None:
    with (installation.root / "lab" / "copies.jsonl").open("a") as file:
        file.write('{"key_id": 1}\n')
    with pytest.raises(KeyFolderError, match="Line 3 "):
        copies(installation.root / "lab")


def test_no_register_is_no_copy(tmp_path: Path) -> None:
    assert copies(tmp_path) == ()
