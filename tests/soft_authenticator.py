"""An authenticator in software, made from fido2's own pieces: it answers as a browser would."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT = AuthenticatorData.FLAG.UP
VERIFIED = AuthenticatorData.FLAG.UV
ATTESTED = AuthenticatorData.FLAG.AT


@dataclass
class SoftAuthenticator:
    """One passkey. ``flags`` and ``origin`` may be made wrong; ``counter`` counts its uses."""

    origin: str = "http://localhost"
    host: str = "localhost"
    counter: int = 0
    counts: bool = True
    flags: AuthenticatorData.FLAG = PRESENT | VERIFIED
    handle: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def _client_data(self, kind: str, challenge: str) -> CollectedClientData:
        plain = {"type": kind, "challenge": challenge, "origin": self.origin}
        return CollectedClientData(json.dumps(plain).encode())

    def _answer(self, **parts: bytes) -> str:
        response = {name: websafe_encode(part) for name, part in parts.items()}
        handle = websafe_encode(self.handle)
        return json.dumps(
            {"id": handle, "rawId": handle, "type": "public-key", "response": response}
        )

    def create(self, options: Mapping[str, Any]) -> str:
        """Answer a registration."""
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AuthenticatorData.create(
            sha256(self.host.encode()).digest(),
            self.flags | ATTESTED,
            self.counter,
            AttestedCredentialData.create(Aaguid.NONE, self.handle, public),
        )
        client = self._client_data("webauthn.create", options["publicKey"]["challenge"])
        made = AttestationObject.create("none", data, {})
        return self._answer(clientDataJSON=client, attestationObject=made)

    def get(self, options: Mapping[str, Any]) -> str:
        """Answer an authentication, one use later."""
        self.counter += self.counts
        data = AuthenticatorData.create(
            sha256(self.host.encode()).digest(), self.flags, self.counter
        )
        client = self._client_data("webauthn.get", options["publicKey"]["challenge"])
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)
