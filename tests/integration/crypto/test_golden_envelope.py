"""One envelope, sealed in 2026 with fictitious keys, opens for ever (design section 3.6)."""

import base64
import json
from pathlib import Path

import pytest

from qol.adapters.crypto.envelope import parse
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.domain.administration import Body, Context
from qol.domain.answers import Code, State

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "golden" / "envelope-1.json").read_text(encoding="utf-8")
)
ENVELOPE = base64.b64decode(GOLDEN["envelope"])
CONTEXT = Context(**GOLDEN["context"])


@pytest.mark.parametrize(
    ("face", "purpose"),
    [("lab", Purpose.DEPOSIT_PRIVATE), ("escrow", Purpose.ESCROW_PRIVATE)],
)
def test_the_golden_envelope_opens(tmp_path: Path, face: str, purpose: Purpose) -> None:
    for name, text in GOLDEN["key_files"].items():
        if name.startswith(purpose):
            (tmp_path / name).write_text(text)
            (tmp_path / name).chmod(0o400)
    opener = EnvelopeOpener(KeyFolder(tmp_path, face, demonstration=True), purpose)
    body = opener.open(ENVELOPE, CONTEXT)
    assert body == GOLDEN["body"].encode()
    assert Body.from_canonical(body).answers == {
        "q1": Code(3),
        "q2": State.DECLINED,
        "q20": Code(72, "line"),
    }


def test_its_layout_stands() -> None:
    assert ENVELOPE[:2] == b"\x01\x01"
    assert len(ENVELOPE) == 4496
    assert parse(ENVELOPE).packed() == ENVELOPE
    assert "FICTITIOUS" in GOLDEN["about"]
