"""Passkeys (WebAuthn level 2), port ``Passkeys``: origin and host pinned, user verified.

A challenge is kept by the server and taken once. A counter that does not grow means a copied
authenticator or a replayed answer, and is refused; many passkeys count nothing and stay at 0,
and then the single challenge alone keeps an answer from being used twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import Account
from qol.usecases.staff.ports import Ceremony, Credential

_VERIFIED = UserVerificationRequirement.REQUIRED


class WebAuthnPasskeys:
    """Both ceremonies for one face, at one origin."""

    def __init__(self, origin: str, name: str) -> None:
        """``origin`` is the face's address, ``name`` what the browser shows of it."""
        host = urlsplit(origin).hostname or ""
        self._server = Fido2Server(
            PublicKeyCredentialRpEntity(name=name, id=host),
            attestation=AttestationConveyancePreference.NONE,
            verify_origin=lambda said: said == origin,
        )

    def registering(self, account: Account, known: tuple[Credential, ...]) -> Ceremony:
        """Begin a registration."""
        options, state = self._server.register_begin(
            PublicKeyCredentialUserEntity(
                id=account.reference.encode(), name=account.login, display_name=account.name
            ),
            credentials=_descriptors(known),
            resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
            user_verification=_VERIFIED,
        )
        return Ceremony(dict(options), state["challenge"])

    def registered(self, challenge: str, answer: Mapping[str, object]) -> tuple[bytes, bytes, int]:
        """Give handle, public data and counter; NotAllowedError when anything is wrong."""
        try:
            made = self._server.register_complete(_state(challenge), answer)
        # The answer is anybody's text, and the library's parsers raise what they meet in it:
        # KeyError, TypeError, struct.error … No list of them would be whole; none may be a 500.
        except Exception as error:
            raise _refusal() from error
        data = made.credential_data
        if data is None:
            raise _refusal()
        return data.credential_id, bytes(data), made.counter

    def signing_in(self, known: tuple[Credential, ...]) -> Ceremony:
        """Begin an authentication with one of the account's own passkeys."""
        options, state = self._server.authenticate_begin(
            _descriptors(known), user_verification=_VERIFIED
        )
        return Ceremony(dict(options), state["challenge"])

    def signed_in(
        self, challenge: str, known: tuple[Credential, ...], answer: Mapping[str, object]
    ) -> tuple[Credential, int]:
        """Give the passkey used and its new counter; NotAllowedError when anything is wrong."""
        public = [AttestedCredentialData(one.secret) for one in known]
        try:
            used = self._server.authenticate_complete(_state(challenge), public, answer)
            parsed = AuthenticationResponse.from_dict(answer)
        except Exception as error:  # as above: whatever hostile text makes the parsers raise
            raise _refusal() from error
        counter = parsed.response.authenticator_data.counter
        passkey = next(one for one in known if one.handle == used.credential_id)
        if (counter or passkey.counter) and counter <= passkey.counter:
            raise NotAllowedError("The passkey's counter did not grow: it was copied or replayed.")
        return passkey, counter


def _state(challenge: str) -> dict[str, Any]:
    return {"challenge": challenge, "user_verification": _VERIFIED}


def _descriptors(known: tuple[Credential, ...]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=one.handle or b"")
        for one in known
    ]


def _refusal() -> NotAllowedError:
    """Whatever was wrong, the answer is one: an attacker learns nothing from it."""
    return NotAllowedError("The passkey's answer was not accepted.")
