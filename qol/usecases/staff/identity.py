"""Who a provider says a person is: the port to Pro Santé Connect.

It authenticates and does not authorise (F-06.8): what comes back is an ``Identity``. Whether
that person has an account, a grant or a site is for the caller to decide; an RPPS number
without an account is shown "no access", and nothing is made for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from qol.domain.errors import QolError

LIFE = 600
"""Seconds that a person has to prove who they are and come back."""


_RPPS = re.compile(r"8?([0-9]{11})", re.ASCII)


class Refusal(StrEnum):
    """Why a sign-in or a logout notice was refused: all that is logged of it."""

    TRANSACTION = "transaction"  # no cookie of ours, or older than ten minutes
    STATE = "state"  # the answer belongs to another transaction
    MIX_UP = "mix_up"  # the answer's ``iss`` is missing or another's (RFC 9207)
    REPLAYED = "replayed"  # a transaction or a notice is used once
    DENIED = "denied"  # the provider, or the person, said no
    MALFORMED = "malformed"  # not what the protocol says it must be
    CODE = "code"  # the provider does not exchange this code
    UNREACHABLE = "unreachable"  # the provider does not answer
    ALGORITHM = "algorithm"  # a token signed otherwise than the configuration says
    SIGNATURE = "signature"  # a token that the provider's keys did not sign
    ISSUER = "issuer"  # a token of another issuer
    AUDIENCE = "audience"  # a token for another client
    EXPIRED = "expired"  # a token past its end
    ISSUED_AT = "issued_at"  # a token from the future, or a stale one
    NONCE = "nonce"  # an ID token of another transaction; a notice that has one
    ACR = "acr"  # another level of assurance than asked for
    STALE = "stale"  # the person proved who they are too long ago
    SUBJECT = "subject"  # userinfo of another person than the ID token's
    CLAIMS = "claims"  # no national identifier, or not as text
    EVENTS = "events"  # a notice that does not say "logged out"


class IdentityRefusedError(QolError):
    """A sign-in or a notice that failed a check; holds its reason and nothing of a token."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(f"Pro Santé Connect: refused ({reason}).")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Transaction:
    """What must survive until the person comes back; ``repr`` hides the secrets.

    ``began_at`` is in whole seconds since 1970.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    began_at: int


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send the browser, and what to keep until it is back."""

    address: str = field(repr=False)
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as a provider knows them. ``repr`` shows the issuer only.

    Six claims are kept of the provider's list (F-06.7), and no other: ``sub`` keys the account
    with the issuer; ``SubjectNameID``, the national identifier, joins it to the RPPS number that
    a grant was given to; the two names tell the person at the screen, and whoever reads the
    ledger, who is signed in; ``SubjectRole`` and ``SubjectOrganizationID`` are shown to whoever
    gives or reviews a grant. Professions, activities, addresses and other numbers are dropped.

    ``session`` is the provider's ``sid``, by which a logout notice finds our session (empty when
    it has none); ``authenticated_at`` is when the person proved who they are, None when unsaid.
    """

    issuer: str
    subject: str = field(repr=False)
    national_id: str = field(repr=False)
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    role: str = field(repr=False)
    organisation: str = field(repr=False)
    session: str = field(repr=False, default="")
    authenticated_at: datetime | None = field(repr=False, default=None)

    @property
    def rpps(self) -> str:
        """The eleven digits of the RPPS number; empty for a national identifier of another kind.

        The agency writes a digit before the number for its kind, and RPPS is kind 8.
        """
        found = _RPPS.fullmatch(self.national_id)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class LogoutNotice:
    """The provider says that a session ended: ``session`` if it names one, else every one.

    At least one of ``subject`` and ``session`` is not empty.
    """

    issuer: str
    subject: str = field(repr=False)
    session: str = field(repr=False)


class IdentityProvider(Protocol):
    """A provider of identities, such as Pro Santé Connect."""

    def begin(self) -> Departure:
        """Begin a sign-in; asks nobody."""

    def finish(self, transaction: Transaction, answer: Mapping[str, str]) -> Identity:
        """Check the answer's parameters and fetch the identity; IdentityRefusedError."""

    def read_notice(self, token: str) -> LogoutNotice:
        """Check a back-channel logout token; IdentityRefusedError."""

    def leaving(self) -> str:
        """Give the address where a person ends their session at the provider."""


class Spent(Protocol):
    """Remembers what may be used once, until it would be refused for its age anyway."""

    def first(self, what: str, now: datetime, until: datetime) -> bool:
        """Note ``what`` and say whether nobody had; of two at the same moment one is first."""
