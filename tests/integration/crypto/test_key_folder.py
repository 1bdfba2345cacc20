"""A key that is lost, wrong, swapped or readable by others is refused with one sentence."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from qol.adapters.crypto.keyfolder import KeyFile, KeyFolder, Purpose, read_key_file, secret_id
from qol.adapters.crypto.keys import generate_installation
from qol.adapters.crypto.public_keys import load_public_keys
from qol.domain.errors import KeyFolderError
from tests.integration.crypto.folders import Installation


def rewrite(path: Path, text: str) -> None:
    path.chmod(0o600)
    path.write_text(text)
    path.chmod(0o400)


def refusal(folder: KeyFolder, purpose: Purpose = Purpose.LOOKUP) -> str:
    with pytest.raises(KeyFolderError) as caught:
        folder.secret(purpose)
    sentence = str(caught.value)
    assert str(folder.path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_every_file_is_0400_and_every_folder_0700(made: Installation) -> None:
    for path in made.root.rglob("*.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
    for face in made.root.iterdir():
        assert stat.S_IMODE(face.stat().st_mode) == 0o700


def test_each_face_has_its_own_keys_and_shares_only_what_it_must(made: Installation) -> None:
    def secret(face: str, purpose: Purpose) -> bytes:
        return made.folder(face).secret(purpose)

    faces = ("patient", "hcp", "lab")
    assert len({secret(face, Purpose.LOOKUP) for face in faces}) == 1
    assert secret("hcp", Purpose.SLIP) == secret("lab", Purpose.SLIP)
    for own in (Purpose.THROTTLE, Purpose.SESSION):
        assert len({secret(face, own) for face in faces}) == 3
    assert secret("hcp", Purpose.CREDENTIAL) != secret("lab", Purpose.CREDENTIAL)
    assert not list(made.root.glob("patient/*private*"))
    assert not list(made.root.glob("hcp/*private*"))
    assert not list(made.root.rglob("escrow-private*"))
    for absent in ("slip", "credential", "checkpoint"):
        assert not (made.root / "patient" / f"{absent}.key").exists()


def test_a_missing_key_is_named(installation: Installation) -> None:
    (installation.root / "patient" / "lookup.key").unlink()
    assert "lookup.key is missing" in refusal(installation.folder("patient"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "is missing" in refusal(KeyFolder(tmp_path / "patient", "patient"))


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o420, 0o402, 0o401])
def test_a_key_that_others_may_read_or_write_is_refused(
    installation: Installation, mode: int
) -> None:
    (installation.root / "patient" / "lookup.key").chmod(mode)
    assert f"mode {mode:04o}" in refusal(installation.folder("patient"))


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_into_is_refused(
    installation: Installation, mode: int
) -> None:
    (installation.root / "patient").chmod(mode)
    assert "Others may write" in refusal(installation.folder("patient"))


def test_a_key_of_another_purpose_is_refused(installation: Installation) -> None:
    folder = installation.root / "patient"
    rewrite(folder / "lookup.key", (folder / "session.key").read_text())
    assert "belongs in session.key" in refusal(installation.folder("patient"))


def test_a_key_of_another_face_is_refused(installation: Installation) -> None:
    root = installation.root
    rewrite(root / "patient" / "session.key", (root / "hcp" / "session.key").read_text())
    sentence = refusal(installation.folder("patient"), Purpose.SESSION)
    assert "a key of the hcp face" in sentence


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_refused(installation: Installation, size: int) -> None:
    key = bytes(size)
    file = KeyFile(Purpose.LOOKUP, "patient", False, secret_id(Purpose.LOOKUP, key), key)
    rewrite(installation.root / "patient" / "lookup.key", file.text())
    assert f"holds {size} bytes" in refusal(installation.folder("patient"))


def test_a_key_that_is_not_the_one_its_id_names_is_refused(installation: Installation) -> None:
    file = KeyFile(
        Purpose.LOOKUP, "patient", False, secret_id(Purpose.LOOKUP, bytes(32)), b"x" * 32
    )
    rewrite(installation.root / "patient" / "lookup.key", file.text())
    assert "swapped or damaged" in refusal(installation.folder("patient"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:0],
        lambda text: "\n" + text,
        lambda text: text.replace("qol-key 1", "qol-key 2"),
        lambda text: text[:60],
        lambda text: text + "note: hello\n",
        lambda text: text.replace("demonstration: no", "demonstration: maybe"),
        lambda text: text.replace("purpose: lookup", "purpose: everything"),
        lambda text: text.replace("key: ", "key: !"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + "é",
    ],
)
def test_a_damaged_file_is_refused(installation: Installation, spoil: Callable[[str], str]) -> None:
    path = installation.root / "patient" / "lookup.key"
    rewrite(path, spoil(path.read_text()))
    assert "not a whole key file" in refusal(installation.folder("patient"))


def test_a_link_in_place_of_a_key_is_refused(installation: Installation, tmp_path: Path) -> None:
    path = installation.root / "patient" / "lookup.key"
    path.rename(tmp_path / "elsewhere.key")
    path.symlink_to(tmp_path / "elsewhere.key")
    assert "cannot be read" in refusal(installation.folder("patient"))


def test_demonstration_keys_are_for_demonstrations(tmp_path: Path) -> None:
    generate_installation(tmp_path / "keys", demonstration=True)
    folder = tmp_path / "keys" / "patient"
    assert "made for a demonstration" in refusal(KeyFolder(folder, "patient"))
    assert KeyFolder(folder, "patient", demonstration=True).secret(Purpose.LOOKUP)


def test_a_key_file_hides_its_key(made: Installation) -> None:
    file = read_key_file(made.root / "lab" / "deposit-private.demo.2026.key")
    assert repr(file.key) not in repr(file)
    assert "key=" not in repr(file)


def refused_public(installation: Installation, fingerprints: dict[str, str] | None = None) -> str:
    known = installation.fingerprints if fingerprints is None else fingerprints
    with pytest.raises(KeyFolderError) as caught:
        load_public_keys(installation.folder("patient"), known)
    return str(caught.value)


def test_the_registered_pair_is_loaded(made: Installation) -> None:
    keys = load_public_keys(made.folder("patient"), made.fingerprints)
    assert keys.years() == (("demo", 2026),)
    assert keys.pair("demo", 2026).operating.sha256 == made.year.operating.sha256


@pytest.mark.parametrize("purpose", ["escrow", "deposit"])
def test_half_a_pair_is_refused(installation: Installation, purpose: str) -> None:
    (installation.root / "patient" / f"{purpose}-public.demo.2026.key").unlink()
    assert f"The {purpose} key of programme demo and year 2026 is missing" in refused_public(
        installation
    )


def test_a_registered_pair_that_is_gone_is_refused(installation: Installation) -> None:
    for path in (installation.root / "patient").glob("*-public.*"):
        path.unlink()
    assert "that the laboratory registered is missing" in refused_public(installation)


def test_an_unregistered_key_is_refused(installation: Installation) -> None:
    assert "not the key that the laboratory registered" in refused_public(installation, {})


def test_another_fingerprint_is_refused(installation: Installation) -> None:
    wrong = dict.fromkeys(installation.fingerprints, "0" * 64)
    assert "swapped" in refused_public(installation, wrong)


def test_one_public_key_in_two_places_is_refused(installation: Installation) -> None:
    folder = installation.root / "patient"
    text = (folder / "deposit-public.demo.2026.key").read_text()
    swapped = text.replace("purpose: deposit-public", "purpose: escrow-public")
    rewrite(folder / "escrow-public.demo.2026.key", swapped)
    assert "stands twice" in refused_public(installation)


def test_a_swapped_private_half_is_refused(installation: Installation) -> None:
    lab = installation.root / "lab" / "deposit-private.demo.2026.key"
    escrow = installation.escrow / "escrow-private.demo.2026.key"
    stolen = escrow.read_text().splitlines()[-1]
    own = lab.read_text().splitlines()
    rewrite(lab, "\n".join([*own[:-1], stolen]) + "\n")
    with pytest.raises(KeyFolderError, match="another key than its id"):
        installation.opener()
