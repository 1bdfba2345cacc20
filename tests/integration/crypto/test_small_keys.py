"""Digests, sources, slips, the visit's cookie and signed checkpoints."""

import base64
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.adapters.crypto.checkpoints import CheckpointSigner, CheckpointVerifier
from qol.adapters.crypto.digests import KeyedDigests, Sources
from qol.adapters.crypto.slips import AesSlipSealer
from qol.adapters.crypto.visit import VisitCipher, flask_secret
from qol.domain.errors import EnvelopeError
from qol.domain.ledger import Checkpoint

KEY, OTHER = b"k" * 32, b"o" * 32
CODE = "0123456789ABC"
DAY, NEXT = date(2026, 11, 22), date(2026, 11, 23)
SOURCES = Sources(KEY)


def test_a_digest_depends_on_code_and_key() -> None:
    digests = KeyedDigests(KEY)
    assert len(digests.lookup(CODE)) == 32
    assert digests.lookup(CODE) == KeyedDigests(KEY).lookup(CODE)
    assert digests.lookup(CODE) != digests.lookup("1" + CODE[1:])
    assert digests.lookup(CODE) != KeyedDigests(OTHER).lookup(CODE)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("192.0.2.7", "::ffff:192.0.2.7"),
        ("192.0.2.7", " 192.0.2.7 "),
        ("2001:db8:1:2::1", "2001:0db8:0001:0002:ffff:ffff:ffff:ffff"),
        ("fe80::1%eth0", "fe80::2"),
        ("", "not an address"),
        ("192.0.2.300", "192.0.2.7/24"),
    ],
)
def test_one_source(one: str, two: str) -> None:
    assert SOURCES.source(one, DAY) == SOURCES.source(two, DAY)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("192.0.2.7", "192.0.2.8"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("192.0.2.7", "nothing"),
    ],
)
def test_two_sources(one: str, two: str) -> None:
    assert SOURCES.source(one, DAY) != SOURCES.source(two, DAY)


def test_a_source_is_another_on_another_day_and_at_another_face() -> None:
    assert SOURCES.source("192.0.2.7", DAY) != SOURCES.source("192.0.2.7", NEXT)
    assert SOURCES.source("192.0.2.7", DAY) != Sources(OTHER).source("192.0.2.7", DAY)
    assert len(SOURCES.source("192.0.2.7", DAY)) == 32


def test_a_slip_opens_for_its_subject() -> None:
    slips = AesSlipSealer(KEY)
    sealed = slips.seal(CODE, "SUBJECT1")
    assert len(sealed) == 42
    assert CODE.encode() not in sealed
    assert slips.open(sealed, "SUBJECT1") == CODE
    assert sealed != slips.seal(CODE, "SUBJECT1")


def test_a_slip_opens_for_nobody_else() -> None:
    sealed = AesSlipSealer(KEY).seal(CODE, "SUBJECT1")
    altered = [sealed[:n] + bytes([sealed[n] ^ 1]) + sealed[n + 1 :] for n in range(len(sealed))]
    cut = [sealed[:n] for n in range(len(sealed))]
    for wrong in (*altered, *cut, sealed + b"\0"):
        with pytest.raises(EnvelopeError):
            AesSlipSealer(KEY).open(wrong, "SUBJECT1")
    with pytest.raises(EnvelopeError):
        AesSlipSealer(KEY).open(sealed, "SUBJECT2")
    with pytest.raises(EnvelopeError):
        AesSlipSealer(OTHER).open(sealed, "SUBJECT1")


@given(st.binary(max_size=600))
def test_a_visit_comes_back(visit: bytes) -> None:
    cipher = VisitCipher(KEY)
    text = cipher.encrypt(visit)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert cipher.decrypt(text) == visit


def test_a_visit_altered_anywhere_is_none() -> None:
    cipher = VisitCipher(KEY)
    text = cipher.encrypt(b'{"subject":1}')
    other = {"A": "B"}
    for n, symbol in enumerate(text):
        assert cipher.decrypt(text[:n] + other.get(symbol, "A") + text[n + 1 :]) is None
        assert cipher.decrypt(text[:n]) is None
        assert cipher.decrypt(text[:n] + "\n" + text[n:]) is None
    for symbol in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/":
        assert symbol == text[-1] or cipher.decrypt(text[:-1] + symbol) is None
    for wrong in ("", "=", "é", text + "=", text + "A", " " + text, "\ud800"):
        assert cipher.decrypt(wrong) is None


def test_a_visit_of_another_face_is_none() -> None:
    assert VisitCipher(OTHER).decrypt(VisitCipher(KEY).encrypt(b"visit")) is None


def test_two_uses_have_two_keys() -> None:
    assert flask_secret(KEY) != flask_secret(OTHER)
    assert flask_secret(KEY) != KEY
    assert len(flask_secret(KEY)) == 32
    text = VisitCipher(KEY).encrypt(b"visit")
    assert VisitCipher(flask_secret(KEY)).decrypt(text) is None
    assert b"visit" not in base64.urlsafe_b64decode(text + "==")


def test_a_checkpoint_is_signed_for_one_row() -> None:
    signer = CheckpointSigner(KEY)
    verifier = CheckpointVerifier(signer.public)
    checkpoint = Checkpoint("SEGMENT", 7, b"h" * 32)
    signature = signer.sign(checkpoint)
    assert len(signature) == 64
    assert verifier.valid(checkpoint, signature)
    assert not verifier.valid(Checkpoint("SEGMENT", 8, b"h" * 32), signature)
    assert not verifier.valid(Checkpoint("SEGMENX", 7, b"h" * 32), signature)
    assert not verifier.valid(Checkpoint("SEGMENT", 7, b"i" * 32), signature)
    assert not verifier.valid(checkpoint, signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not verifier.valid(checkpoint, b"")
    assert not CheckpointVerifier(CheckpointSigner(OTHER).public).valid(checkpoint, signature)
