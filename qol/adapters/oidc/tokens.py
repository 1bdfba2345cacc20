"""What a token must say, and who must have signed it.

Types are checked here, claim by claim: a library that compares with a list, or takes a list
where one text must stand, lets through what this refuses.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OctKey, RSAKey

from qol.usecases.staff.identity import IdentityRefusedError, LogoutNotice, Refusal

Claims = Mapping[str, Any]
Key = OctKey | RSAKey
LEEWAY = 60
"""Seconds by which two clocks may differ."""
YOUNG = 600
"""Seconds: an ID token was made within the ten minutes of its transaction."""
FRESH = 300
"""Seconds: a logout notice is sent when it happens."""
PROVEN = 4 * 3600
"""Seconds: no session of the provider lasts longer (F-06.6)."""
LONGEST = 255
"""Characters: what OpenID Connect allows a ``sub``."""
LEVEL = "eidas1"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


def refuse_unless(holds: bool, reason: Refusal) -> None:  # noqa: FBT001 - a condition, read as such
    """Raise IdentityRefusedError with the reason unless the condition holds."""
    if not holds:
        raise IdentityRefusedError(reason)


def same(found: object, expected: str) -> bool:
    """Compare with a secret, in a time that tells nothing of it."""
    return isinstance(found, str) and hmac.compare_digest(
        found.encode(errors="replace"), expected.encode()
    )


def text_of(claims: Claims, name: str) -> str:
    """Give a claim that must be text of a sensible length; a missing one is empty."""
    value = claims.get(name)
    if value is None:
        return ""
    good = isinstance(value, str) and len(value) <= LONGEST and value.isprintable()
    refuse_unless(good, Refusal.CLAIMS)
    return str(value)


@dataclass(frozen=True, slots=True)
class Expected:
    """What every token of this provider to this client has in common.

    ``key`` gives the key that a header's ``kid`` names; the algorithm is this one, whatever
    the header says, and a key that the header brings along is not looked at.
    """

    issuer: str
    client_id: str
    algorithm: str
    key: Callable[[str | None], Key]

    def opened(self, token: str, now: int) -> Claims:
        """Check signature, issuer, audience and the hours; IdentityRefusedError."""
        claims = self._signed(token)
        refuse_unless(claims.get("iss") == self.issuer, Refusal.ISSUER)
        self._check_audience(claims)
        end, made = claims.get("exp"), claims.get("iat")
        if end is not None or LOGOUT not in _events(claims):  # older notices have no end
            refuse_unless(type(end) is int and now < end + LEEWAY, Refusal.EXPIRED)
        refuse_unless(type(made) is int and made <= now + LEEWAY, Refusal.ISSUED_AT)
        return claims

    def _signed(self, token: str) -> Claims:
        def key(signed: Any) -> Key:  # noqa: ANN401 - the library's own
            return self.key(signed.headers().get("kid"))

        try:
            return jwt.decode(token, key, [self.algorithm]).claims
        except UnsupportedAlgorithmError:
            raise IdentityRefusedError(Refusal.ALGORITHM) from None
        except BadSignatureError:
            raise IdentityRefusedError(Refusal.SIGNATURE) from None
        except (JoseError, ValueError):
            raise IdentityRefusedError(Refusal.MALFORMED) from None

    def _check_audience(self, claims: Claims) -> None:
        """Refuse a token that is not for us, or for others too and not given to us."""
        audience = claims.get("aud")
        named = audience if isinstance(audience, list) else [audience]
        refuse_unless(self.client_id in named, Refusal.AUDIENCE)
        party = claims.get("azp")
        alone = party is None and len(named) == 1
        refuse_unless(alone or party == self.client_id, Refusal.AUDIENCE)


def check_id_token(expected: Expected, token: str, nonce: str, now: int) -> Claims:
    """Give the claims of an ID token of this transaction; IdentityRefusedError."""
    claims = expected.opened(token, now)
    refuse_unless(claims["iat"] >= now - YOUNG - LEEWAY, Refusal.ISSUED_AT)
    refuse_unless(same(claims.get("nonce"), nonce), Refusal.NONCE)
    refuse_unless(claims.get("acr") == LEVEL, Refusal.ACR)
    proven = claims.get("auth_time")
    if proven is not None:
        refuse_unless(type(proven) is int, Refusal.STALE)
        refuse_unless(now - PROVEN - LEEWAY <= proven <= now + LEEWAY, Refusal.STALE)
    refuse_unless(text_of(claims, "sub") != "", Refusal.CLAIMS)
    return claims


def check_logout_token(expected: Expected, token: str, now: int) -> tuple[LogoutNotice, str]:
    """Give a notice and its ``jti`` (OpenID Connect Back-Channel Logout 1.0, section 2.6)."""
    claims = expected.opened(token, now)
    refuse_unless(claims["iat"] > now - FRESH - LEEWAY, Refusal.ISSUED_AT)
    refuse_unless(isinstance(_events(claims).get(LOGOUT), dict), Refusal.EVENTS)
    refuse_unless("nonce" not in claims, Refusal.NONCE)
    subject, session = text_of(claims, "sub"), text_of(claims, "sid")
    once = text_of(claims, "jti")
    refuse_unless(bool(once and (subject or session)), Refusal.CLAIMS)
    return LogoutNotice(expected.issuer, subject, session), once


def moment(seconds: int | None) -> datetime | None:
    """Give a claim's time in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _events(claims: Claims) -> dict[str, Any]:
    events = claims.get("events")
    return events if isinstance(events, dict) else {}
