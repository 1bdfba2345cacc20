"""Opening envelopes with the private halves (design section 3.8). The laboratory's only."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM1024PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import MLKEM1024P384PrivateKey

from qol.adapters.crypto.envelope import Envelope, body_data, parse, unpadded, wrap_info
from qol.adapters.crypto.keyfolder import KeyFile, KeyFolder, Purpose
from qol.adapters.crypto.suite import MLKEM_SEED, hpke, key_id, public_raw
from qol.domain.administration import Context
from qol.domain.errors import EnvelopeError, KeyAbsentError, KeyFolderError


def private_half(file: KeyFile, path: Path) -> MLKEM1024P384PrivateKey:
    """Read a private half; KeyFolderError when it does not belong to the id it carries."""
    lattice = MLKEM1024PrivateKey.from_seed_bytes(file.key[:MLKEM_SEED])
    try:
        curve = derive_private_key(int.from_bytes(file.key[MLKEM_SEED:], "big"), SECP384R1())
    except ValueError:
        raise KeyFolderError(f"{path} holds no usable key: restore it from its copy.") from None
    if key_id(public_raw(lattice.public_key(), curve.public_key())) != file.id:
        raise KeyFolderError(
            f"{path} holds another key than its id {file.id} says: it was swapped or damaged; "
            "restore it from its copy."
        )
    return MLKEM1024P384PrivateKey(lattice, curve)


class EnvelopeOpener:
    """Opens with the private halves found in a folder (port ``Opener``).

    ``purpose`` is ``Purpose.DEPOSIT_PRIVATE`` in the laboratory's folder, or
    ``Purpose.ESCROW_PRIVATE`` in a custodian's (face ``"escrow"``). A half whose file is gone
    opens nothing more, even in a process that had read it: a destroyed year is destroyed.
    """

    def __init__(self, folder: KeyFolder, purpose: Purpose = Purpose.DEPOSIT_PRIVATE) -> None:
        if purpose not in {Purpose.DEPOSIT_PRIVATE, Purpose.ESCROW_PRIVATE}:
            raise ValueError("only private halves open")
        self._folder = folder
        self._purpose = purpose
        self._suite = hpke()
        self._halves: dict[str, tuple[Path, MLKEM1024P384PrivateKey]] = {}
        self._read()

    def open(self, envelope: bytes, context: Context) -> bytes:
        """Return the body; EnvelopeError when row, bytes or key are wrong or gone."""
        parts = parse(envelope)
        escrow = self._purpose is Purpose.ESCROW_PRIVATE
        half = self._half(parts.escrow_key_id if escrow else parts.key_id)
        wrap = parts.escrow_wrap if escrow else parts.wrap
        info = wrap_info(parts.key_id, parts.escrow_key_id, context)
        try:
            data_key = self._suite.decrypt(wrap, half, info=info)
            return unpadded(self._body(parts, data_key, context))
        except (InvalidTag, ValueError):
            raise EnvelopeError(
                f"Administration {context.administration} does not open: its row was swapped, "
                "its bytes were altered, or it was sealed for another key."
            ) from None

    @staticmethod
    def _body(parts: Envelope, data_key: bytes, context: Context) -> bytes:
        wraps = parts.wrap + parts.escrow_wrap
        bound = body_data(parts.key_id, parts.escrow_key_id, context, wraps)
        return AESGCM(data_key).decrypt(parts.nonce, parts.body, bound)

    def _half(self, wanted: str) -> MLKEM1024P384PrivateKey:
        if wanted not in self._halves:
            self._read()
        found = self._halves.get(wanted)
        if found is None or not found[0].exists():
            self._halves.pop(wanted, None)
            raise KeyAbsentError(
                f"The private half {wanted} is not in {self._folder.path}: restore it from its "
                "copy; if its year was destroyed, this record is unreadable for ever."
            )
        return found[1]

    def _read(self) -> None:
        for path, file in self._folder.files(self._purpose):
            if file.id not in self._halves:
                self._halves[file.id] = (path, private_half(file, path))
