"""Pro Santé Connect, as the port ``IdentityProvider`` wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from qol.adapters.oidc.channel import BackChannel
from qol.adapters.oidc.keys import PublicKeys, secret_key
from qol.adapters.oidc.settings import Settings
from qol.adapters.oidc.tokens import (
    FRESH,
    LEEWAY,
    LEVEL,
    Expected,
    check_id_token,
    check_logout_token,
    moment,
    refuse_unless,
    same,
    text_of,
)
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.identity import (
    LIFE,
    Departure,
    Identity,
    LogoutNotice,
    Refusal,
    Spent,
    Transaction,
)


@dataclass(frozen=True, slots=True)
class ProSanteConnect:
    """Code flow with PKCE, every check of its answers, and notices of logout."""

    settings: Settings
    expected: Expected
    clock: Clock
    dice: Dice
    spent: Spent

    def begin(self) -> Departure:
        """Begin a sign-in; asks nobody."""
        transaction = Transaction(
            state=self.dice.reference(),
            nonce=self.dice.reference(),
            verifier=self.dice.reference() + self.dice.reference(),  # 43 characters or more
            began_at=self._now(),
        )
        address = BackChannel(self.settings).departure(
            transaction.state, transaction.nonce, transaction.verifier, LEVEL
        )
        return Departure(address, transaction)

    def finish(self, transaction: Transaction, answer: Mapping[str, str]) -> Identity:
        """Check the answer's parameters and fetch the identity; IdentityRefusedError."""
        now = self._now()
        refuse_unless(0 <= now - transaction.began_at < LIFE, Refusal.TRANSACTION)
        refuse_unless(same(answer.get("state"), transaction.state), Refusal.STATE)
        refuse_unless(answer.get("iss") == self.settings.endpoints.issuer, Refusal.MIX_UP)
        self._spend("state", transaction.state, LIFE)
        refuse_unless("error" not in answer, Refusal.DENIED)
        refuse_unless(bool(answer.get("code")), Refusal.MALFORMED)
        channel = BackChannel(self.settings)
        token = channel.exchange(answer["code"], transaction.verifier)
        claims = check_id_token(self.expected, token, transaction.nonce, now)
        known = channel.userinfo()
        refuse_unless(known.get("sub") == claims["sub"], Refusal.SUBJECT)
        return self._identity(claims, known)

    def _identity(self, claims: Mapping[str, Any], known: Mapping[str, Any]) -> Identity:
        """Keep six claims; the rest ends here."""
        identity = Identity(
            issuer=self.settings.endpoints.issuer,
            subject=text_of(known, "sub"),
            national_id=text_of(known, "SubjectNameID"),
            given_name=text_of(known, "given_name"),
            family_name=text_of(known, "family_name"),
            role=text_of(known, "SubjectRole"),
            organisation=text_of(known, "SubjectOrganizationID"),
            session=text_of(claims, "sid"),
            authenticated_at=moment(claims.get("auth_time")),
        )
        refuse_unless(identity.national_id != "", Refusal.CLAIMS)
        return identity

    def read_notice(self, token: str) -> LogoutNotice:
        """Check a back-channel logout token; IdentityRefusedError."""
        notice, once = check_logout_token(self.expected, token, self._now())
        self._spend("notice", once, FRESH + LEEWAY)
        return notice

    def leaving(self) -> str:
        """Give the address where a person ends their session at the provider.

        It names this client and carries no ID token, since none is kept: the provider asks
        the person to confirm (OpenID Connect RP-Initiated Logout 1.0, section 2).
        """
        asked = {
            "client_id": self.settings.client_id,
            "post_logout_redirect_uri": f"{self.settings.origin}/",
        }
        return f"{self.settings.endpoints.logout}?{urlencode(asked)}"

    def _spend(self, kind: str, what: str, seconds: int) -> None:
        now = self.clock.now()
        until = now + timedelta(seconds=seconds + LEEWAY)
        once = f"psc {kind} {self.settings.endpoints.issuer} {what}"
        refuse_unless(self.spent.first(once, now, until), Refusal.REPLAYED)

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def connect(settings: Settings, clock: Clock, dice: Dice, spent: Spent) -> ProSanteConnect:
    """Put the provider together; the one place that chooses what its tokens are checked with."""
    key = (
        secret_key(settings.client_secret)
        if settings.algorithm == "HS256"
        else PublicKeys(BackChannel(settings).keys, clock)
    )
    expected = Expected(settings.endpoints.issuer, settings.client_id, settings.algorithm, key)
    return ProSanteConnect(settings, expected, clock, dice, spent)
