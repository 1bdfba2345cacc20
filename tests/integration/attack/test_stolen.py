"""A thief with the database, the patient face's keys and its environment reads nothing."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM1024PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import MLKEM1024P384PrivateKey

from qol.adapters.crypto.digests import KeyedDigests
from qol.adapters.crypto.envelope import body_data, parse, wrap_info
from qol.adapters.crypto.keyfolder import KeyFile, KeyFolder, Purpose, read_key_file
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.adapters.crypto.slips import AesSlipSealer
from qol.adapters.crypto.suite import PRIVATE_LENGTH, hpke
from qol.domain.administration import Body, Context
from qol.domain.errors import EnvelopeError
from qol.domain.pseudonym import draw
from tests.integration.attack.conftest import Run

Row = tuple[bytes, Context, str]


def envelopes(run: Run) -> list[Row]:
    """Every envelope of the copy, what it is bound to, and its subject's reference."""
    query = (
        "SELECT envelope, a.id, s.reference, a.programme, a.timepoint, r.hash"
        " FROM administration a JOIN subject s ON s.id = a.subject_id"
        " JOIN release r ON r.id = a.release_id"
    )
    with closing(sqlite3.connect(run.copy / "portal.sqlite3")) as connection:
        return [(row[0], Context(*row[1:]), row[2]) for row in connection.execute(query)]


def keys_of(folder: Path) -> list[KeyFile]:
    return [read_key_file(path) for path in sorted(folder.glob("*.key"))]


def guesses(run: Run, keys: list[KeyFile]) -> set[bytes]:
    """All that a thief holds, cut and digested to a key's length."""
    environ = "\n".join(run.instance.environ().values()).encode()
    heaps = [key.key for key in keys] + [key.text().encode() for key in keys] + [environ]
    heaps += [value.encode() for value in run.instance.environ().values()]
    found = {hashlib.sha256(heap).digest() for heap in heaps}
    found |= {heap[at : at + 32] for heap in heaps for at in range(0, max(1, len(heap) - 31), 16)}
    return {guess for guess in found if len(guess) == 32}


def private_halves(material: set[bytes]) -> Iterator[MLKEM1024P384PrivateKey]:
    """Private halves made of what is there, as an ignorant thief would try."""
    for key in sorted(material):
        stretched = hashlib.shake_256(key).digest(PRIVATE_LENGTH)
        for raw in {(key * 4)[:PRIVATE_LENGTH], stretched}:
            lattice = MLKEM1024PrivateKey.from_seed_bytes(raw[:64])
            number = int.from_bytes(raw[64:].rjust(48, b"\1"), "big") >> 1
            yield MLKEM1024P384PrivateKey(lattice, derive_private_key(number, SECP384R1()))


def opened(row: Row, guess: bytes) -> bool:
    """Whether the guess is the data key."""
    envelope, context, _ = row
    parts = parse(envelope)
    bound = body_data(parts.key_id, parts.escrow_key_id, context, parts.wrap + parts.escrow_wrap)
    try:
        AESGCM(guess).decrypt(parts.nonce, parts.body, bound)
    except InvalidTag:
        return False
    return True


def unwrapped(row: Row, half: MLKEM1024P384PrivateKey) -> bytes | None:
    """The data key, if this private half opens one of the wraps."""
    envelope, context, _ = row
    parts = parse(envelope)
    info = wrap_info(parts.key_id, parts.escrow_key_id, context)
    for wrap in (parts.wrap, parts.escrow_wrap):
        try:
            return bytes(hpke().decrypt(wrap, half, info=info))
        except (InvalidTag, ValueError):
            continue
    return None


@pytest.fixture(scope="module")
def stolen(run: Run) -> list[Row]:
    """The envelopes of the copy."""
    found = envelopes(run)
    assert len(found) == len(run.codes)
    return found


def test_the_laboratory_opens_all_of_them(run: Run, stolen: list[Row]) -> None:
    folder = KeyFolder(run.instance.folder / "keys" / "lab", "lab", demonstration=True)
    read = [Body.from_canonical(EnvelopeOpener(folder).open(row[0], row[1])) for row in stolen]
    assert [set(body.answers) >= {"dq01bags"} for body in read] == [True] * len(run.codes)


@pytest.mark.parametrize("face", ["patient", "hcp"])
def test_no_face_that_deposits_holds_a_private_half(run: Run, face: str) -> None:
    keys = keys_of(run.copy / "keys" / face)
    purposes = {key.purpose for key in keys}
    assert {Purpose.LOOKUP, Purpose.DEPOSIT_PUBLIC, Purpose.ESCROW_PUBLIC} <= purposes
    assert not purposes & {Purpose.DEPOSIT_PRIVATE, Purpose.ESCROW_PRIVATE}
    lab = keys_of(run.instance.folder / "keys" / "lab") + keys_of(run.instance.escrow)
    secret = [k.key for k in lab if k.purpose in {Purpose.DEPOSIT_PRIVATE, Purpose.ESCROW_PRIVATE}]
    assert len(secret) == 4
    heap = b"".join(path.read_bytes() for path in (run.copy / "keys" / face).iterdir())
    decoded = b"".join(key.key for key in keys)
    assert not [one for one in secret if one[:32] in decoded or one[64:96] in decoded]
    assert b"private" not in heap


@pytest.mark.parametrize("face", ["patient", "hcp"])
def test_no_key_file_opens_an_envelope(run: Run, stolen: list[Row], face: str) -> None:
    material = guesses(run, keys_of(run.copy / "keys" / face))
    assert len(material) > 100
    assert not [1 for row in stolen for guess in material if opened(row, guess)]
    secrets = {k.key for k in keys_of(run.copy / "keys" / face) if len(k.key) == 32}
    halves = list(private_halves(secrets | set(itertools.islice(sorted(material), 10))))
    assert not [1 for row in stolen for half in halves if unwrapped(row, half)]


def test_the_same_tries_succeed_with_the_laboratorys_keys(run: Run, stolen: list[Row]) -> None:
    from qol.adapters.crypto.opening import private_half

    lab = run.instance.folder / "keys" / "lab"
    paths = [p for folder in (lab, run.instance.escrow) for p in folder.rglob("*private*.key")]
    halves = [private_half(read_key_file(path), path) for path in paths]
    for row in stolen:
        keys = {key for half in halves if (key := unwrapped(row, half))}
        assert len(keys) == 1
        assert opened(row, keys.pop())


@pytest.mark.parametrize("face", ["patient", "hcp"])
@pytest.mark.parametrize("purpose", [Purpose.DEPOSIT_PRIVATE, Purpose.ESCROW_PRIVATE])
def test_the_opener_finds_nothing_in_a_face_that_deposits(
    run: Run, stolen: list[Row], face: str, purpose: Purpose, tmp_path: Path
) -> None:
    opener = EnvelopeOpener(KeyFolder(run.copy / "keys" / face, face, demonstration=True), purpose)
    for envelope, context, _ in stolen:
        with pytest.raises(EnvelopeError):
            opener.open(envelope, context)


def test_a_public_key_renamed_is_no_private_half(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "lab"
    shutil.copytree(run.copy / "keys" / "patient", folder)
    for path in list(folder.glob("deposit-public.*.key")):
        text = path.read_text("ascii").replace("deposit-public", "deposit-private")
        forged = folder / path.name.replace("public", "private")
        forged.write_text(text.replace("face: patient", "face: lab"), "ascii")
        forged.chmod(0o400)
    from qol.domain.errors import KeyFolderError

    with pytest.raises(KeyFolderError, match="bytes where a deposit-private key has"):
        EnvelopeOpener(KeyFolder(folder, "lab", demonstration=True))


# --- pseudonyms -----------------------------------------------------------------------------------


def _live(run: Run) -> dict[bytes, bytes]:
    with closing(sqlite3.connect(run.copy / "portal.sqlite3")) as connection:
        query = "SELECT digest, slip FROM pseudonym WHERE state = 'live'"
        return dict(connection.execute(query).fetchall())


def test_the_digest_of_a_code_is_keyed(run: Run) -> None:
    live = _live(run)
    assert len(live) >= len(run.codes)
    for code in run.codes:
        for name in ("sha256", "sha3_256", "blake2s"):
            for text in (code, code.lower(), f"{code[:4]} {code[4:8]} {code[8:]}"):
                assert hashlib.new(name, text.encode()).digest() not in live
        assert hmac.digest(b"", b"qol lookup 1\0" + code.encode(), "sha256") not in live


def test_with_the_lookup_key_a_thief_can_only_test_guesses(run: Run) -> None:
    key = KeyFolder(run.copy / "keys" / "patient", "patient", demonstration=True)
    digests, live = KeyedDigests(key.secret(Purpose.LOOKUP)), _live(run)
    assert all(digests.lookup(code) in live for code in run.codes), "a right guess is confirmed"
    dice = iter(range(10**9))
    wrong = {draw(lambda bound: (next(dice) * 7919 + 13) % bound).reveal() for _ in range(20_000)}
    assert not [code for code in wrong - set(run.codes) if digests.lookup(code) in live]
    # Nothing orders, shortens or relates them: two codes that differ by little share no byte more
    # than chance gives, so a guess tells nothing of the next one and all 2**60 must be tried.
    near = [digests.lookup(code[:-2] + other) for code in run.codes for other in ("00", "01")]
    for one, other in itertools.combinations(near, 2):
        assert sum(a == b for a, b in zip(one, other, strict=True)) <= 5


def test_a_live_code_has_no_copy_for_a_slip(run: Run) -> None:
    assert set(_live(run).values()) == {None}


def test_no_key_of_the_patient_face_opens_a_copy_for_slips(run: Run) -> None:
    # A batch that waits at a site has such copies (design section 7); here one is made.
    lab = KeyFolder(run.instance.folder / "keys" / "lab", "lab", demonstration=True)
    slip = AesSlipSealer(lab.secret(Purpose.SLIP)).seal(run.codes[0], "reference")
    keys = keys_of(run.copy / "keys" / "patient")
    assert Purpose.SLIP not in {key.purpose for key in keys}

    def opens(guess: bytes) -> bool:
        try:
            return AesSlipSealer(guess).open(slip, "reference") == run.codes[0]
        except EnvelopeError:
            return False

    assert not [guess for guess in guesses(run, keys) if opens(guess)]
    assert [guess for guess in guesses(run, keys_of(lab.path)) if opens(guess)], "the same tries"
