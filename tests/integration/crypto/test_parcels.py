"""A parcel opens with its secret and for what it was closed, and in no other way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.adapters.crypto.parcels import AesParcels
from qol.domain.errors import EnvelopeError

PARCELS = AesParcels()


@given(st.text(max_size=40), st.text(max_size=26), st.binary(max_size=200))
def test_what_is_closed_opens(secret: str, reference: str, content: bytes) -> None:
    assert PARCELS.open(secret, reference, PARCELS.seal(secret, reference, content)) == content


@pytest.mark.parametrize(("secret", "reference"), [("other", "p1"), ("mine", "p2"), ("", "")])
def test_another_secret_or_reference_opens_nothing(secret: str, reference: str) -> None:
    with pytest.raises(EnvelopeError):
        PARCELS.open(secret, reference, PARCELS.seal("mine", "p1", b"slips"))


@given(st.integers(0, 12 + 5 + 16 - 1), st.integers(1, 255))
def test_a_changed_byte_opens_nothing(at: int, by: int) -> None:
    sealed = bytearray(PARCELS.seal("mine", "p1", b"slips"))
    sealed[at] ^= by
    with pytest.raises(EnvelopeError):
        PARCELS.open("mine", "p1", bytes(sealed))


def test_the_same_content_is_closed_to_other_bytes_each_time() -> None:
    assert PARCELS.seal("mine", "p1", b"slips") != PARCELS.seal("mine", "p1", b"slips")
