"""The addresses of a provider, pinned.

Never discovered: the agency's discovery document is not at the standard place (F-06.2), and an
address that the provider may change is an address that somebody else may change.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider is; ``issuer`` is compared, never fetched."""

    issuer: str
    authorization: str
    token: str
    userinfo: str
    keys: str
    logout: str


def _wallet(auth: str, page: str) -> Endpoints:
    """Give the addresses of one of the agency's two installations (F-06.1)."""
    issuer = f"{auth}/auth/realms/esante-wallet"
    spoken = f"{issuer}/protocol/openid-connect"
    return Endpoints(
        issuer=issuer,
        authorization=f"{page}/auth",
        token=f"{spoken}/token",
        userinfo=f"{spoken}/userinfo",
        keys=f"{spoken}/certs",
        logout=f"{spoken}/logout",
    )


PRESETS = {
    "production": _wallet("https://auth.esw.esante.gouv.fr", "https://wallet.esw.esante.gouv.fr"),
    "sandbox": _wallet(
        "https://auth.bas.psc.esante.gouv.fr", "https://wallet.bas.psc.esante.gouv.fr"
    ),
}
