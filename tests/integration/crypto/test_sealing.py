"""What is sealed opens with the right key in the right row, and not otherwise."""

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.adapters.crypto.envelope import padded, parse, unpadded
from qol.adapters.crypto.keys import generate_year
from qol.adapters.crypto.public_keys import PublicKeys, load_public_keys
from qol.adapters.crypto.sealing import EnvelopeSealer
from qol.domain.administration import Context
from qol.domain.errors import EnvelopeError, KeyFolderError
from tests.integration.crypto.folders import Installation

CONTEXT = Context("ADMIN1", "SUBJECT1", "demo", "t0", "release-hash")
BODY = b'{"answers":{"q1":3},"answered_on":null,"language":"fr","respondent":"self","v":1}'


def test_both_keys_open_what_was_sealed(made: Installation) -> None:
    sealed = made.sealer().seal("demo", 2026, BODY, CONTEXT)
    assert made.opener().open(sealed.envelope, CONTEXT) == BODY
    assert made.escrow_opener().open(sealed.envelope, CONTEXT) == BODY
    assert sealed.key_id == made.year.operating.key_id
    assert sealed.escrow_key_id == made.year.escrow.key_id


@pytest.mark.parametrize("size", [0, 1, 1022, 1023, 1024, 1025, 70_000])
def test_any_length_opens(made: Installation, size: int) -> None:
    body = b"\x80\x00" * (size // 2) + b"\x80" * (size % 2)
    sealed = made.sealer().seal("demo", 2026, body, CONTEXT)
    assert made.opener().open(sealed.envelope, CONTEXT) == body


def test_the_length_does_not_tell_how_much_was_declined(made: Installation) -> None:
    sealer = made.sealer()
    lengths = {
        len(sealer.seal("demo", 2026, bytes(size), CONTEXT).envelope) for size in (90, 500, 1000)
    }
    assert len(lengths) == 1


def test_two_envelopes_of_one_body_have_nothing_in_common(made: Installation) -> None:
    first, second = (
        parse(made.sealer().seal("demo", 2026, BODY, CONTEXT).envelope) for _ in range(2)
    )
    assert first.wrap != second.wrap
    assert first.nonce != second.nonce
    assert first.body != second.body


@pytest.mark.parametrize("part", ["administration", "subject", "programme", "timepoint", "release"])
def test_another_row_does_not_open(made: Installation, part: str) -> None:
    sealed = made.sealer().seal("demo", 2026, BODY, CONTEXT)
    other = replace(CONTEXT, **{part: "another"})
    for opener in (made.opener(), made.escrow_opener()):
        with pytest.raises(EnvelopeError, match="does not open"):
            opener.open(sealed.envelope, other)


def test_parts_of_a_context_do_not_run_into_each_other(made: Installation) -> None:
    sealed = made.sealer().seal("demo", 2026, BODY, replace(CONTEXT, programme="ab", timepoint="c"))
    with pytest.raises(EnvelopeError):
        made.opener().open(sealed.envelope, replace(CONTEXT, programme="a", timepoint="bc"))


def test_swapped_key_ids_do_not_open(made: Installation) -> None:
    envelope = parse(made.sealer().seal("demo", 2026, BODY, CONTEXT).envelope)
    ids: dict[str, Any] = {"key_id": envelope.escrow_key_id, "escrow_key_id": envelope.key_id}
    wraps: dict[str, Any] = {"wrap": envelope.escrow_wrap, "escrow_wrap": envelope.wrap}
    for swapped in (replace(envelope, **ids), replace(envelope, **ids, **wraps)):
        for opener in (made.opener(), made.escrow_opener()):
            with pytest.raises(EnvelopeError):
                opener.open(swapped.packed(), CONTEXT)
    with pytest.raises(EnvelopeError):
        made.opener().open(replace(envelope, **wraps).packed(), CONTEXT)


def test_a_body_of_another_envelope_does_not_open(made: Installation) -> None:
    one, two = (parse(made.sealer().seal("demo", 2026, BODY, CONTEXT).envelope) for _ in range(2))
    mixed = replace(one, nonce=two.nonce, body=two.body)
    with pytest.raises(EnvelopeError):
        made.opener().open(mixed.packed(), CONTEXT)


def test_each_byte_altered_is_refused(made: Installation) -> None:
    envelope = made.sealer().seal("demo", 2026, BODY, CONTEXT).envelope
    opener = made.opener()
    opened = []
    for place in range(len(envelope)):
        altered = bytearray(envelope)
        altered[place] ^= 1 << (place % 8)
        try:
            opener.open(bytes(altered), CONTEXT)
        except EnvelopeError:
            continue
        opened.append(place)
    assert opened == []


def test_an_envelope_of_another_length_is_refused(made: Installation) -> None:
    envelope = made.sealer().seal("demo", 2026, BODY, CONTEXT).envelope
    for length in (*range(40), 3455, 3456, len(envelope) - 1024, len(envelope) - 1):
        with pytest.raises(EnvelopeError):
            made.opener().open(envelope[:length], CONTEXT)
    for longer in (envelope + b"\0", envelope + bytes(1024)):
        with pytest.raises(EnvelopeError):
            made.opener().open(longer, CONTEXT)


def test_a_refusal_tells_nothing_of_the_body(made: Installation) -> None:
    sealed = made.sealer().seal("demo", 2026, BODY, CONTEXT)
    with pytest.raises(EnvelopeError) as refusal:
        made.opener().open(sealed.envelope, replace(CONTEXT, subject="other"))
    assert "q1" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_year_without_keys_is_refused(made: Installation) -> None:
    with pytest.raises(KeyFolderError, match="demo and year 2027"):
        made.sealer().seal("demo", 2027, BODY, CONTEXT)


def test_keys_made_while_the_face_runs_are_found(installation: Installation) -> None:
    known = dict(installation.fingerprints)

    def reload() -> PublicKeys:
        return load_public_keys(installation.folder("patient"), known)

    sealer = EnvelopeSealer(reload(), reload)
    opener = installation.opener()
    added = generate_year(installation.root, "demo", 2027, installation.escrow)
    known.update({half.key_id: half.sha256 for half in (added.operating, added.escrow)})
    assert opener.open(sealer.seal("demo", 2027, BODY, CONTEXT).envelope, CONTEXT) == BODY


def test_a_destroyed_half_opens_nothing_more(installation: Installation) -> None:
    sealed = installation.sealer().seal("demo", 2026, BODY, CONTEXT)
    opener = installation.opener()
    assert opener.open(sealed.envelope, CONTEXT) == BODY
    (installation.root / "lab" / "deposit-private.demo.2026.key").unlink()
    with pytest.raises(EnvelopeError, match="unreadable for ever"):
        opener.open(sealed.envelope, CONTEXT)


@given(st.binary(max_size=3000))
def test_padding_comes_off(body: bytes) -> None:
    assert len(padded(body)) % 1024 == 0
    assert unpadded(padded(body)) == body


@pytest.mark.parametrize("filled", [b"", bytes(1024), b"\x80" + bytes(2047), b"a" * 1024, b"\x80"])
def test_other_padding_is_refused(filled: bytes) -> None:
    with pytest.raises(EnvelopeError):
        unpadded(filled)


def test_the_sealing_module_brings_no_opening_with_it() -> None:
    program = (
        "import sys, qol.adapters.crypto.sealing, qol.adapters.crypto.visit, "
        "qol.adapters.crypto.digests, qol.adapters.crypto.foreign\n"
        "print([m for m in sys.modules if m.startswith('qol.adapters.crypto.')])"
    )
    listed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "crypto.sealing" in listed
    for absent in ("opening", "crypto.keys'", "slips", "checkpoints"):
        assert absent not in listed
