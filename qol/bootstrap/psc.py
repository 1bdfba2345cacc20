"""Put Pro Santé Connect together, for the face that signs professionals in."""

from __future__ import annotations

from qol.adapters.crypto.visit import VisitCipher
from qol.adapters.oidc.connect import connect
from qol.adapters.oidc.settings import load
from qol.config import Config
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.admit_identity import AdmitIdentity
from qol.usecases.staff.end_provided import EndProvided
from qol.usecases.staff.identity import IdentityProvider, LogoutNotice, Spent
from qol.web.shared.psc import SignIn
from qol.web.shared.staff.desk import Desk
from qol.web.shared.staff.identified import Arrival, false_notice


def identity_provider(
    config: Config, clock: Clock, dice: Dice, spent: Spent
) -> IdentityProvider | None:
    """Give the provider that ``instance/psc.toml`` names; None without the file.

    ConfigError when the file is refused.
    """
    settings = load(config)
    return None if settings is None else connect(settings, clock, dice, spent)


def sign_in_at(
    provider: IdentityProvider, desk: Desk, config: Config, session_key: bytes
) -> SignIn:
    """Give the routes that sign the people of a desk in at a provider."""
    opening, keeping = desk.open_session, desk.whoever.housekeeping
    admit = AdmitIdentity(
        desk.store, keeping, desk.attempts, opening, desk.clock, desk.dice, desk.face
    )
    arrival, end = Arrival(admit), EndProvided(desk.store)

    def logged_out(notice: LogoutNotice) -> None:
        end(notice)

    return SignIn(
        provider=provider,
        cipher=VisitCipher(session_key, "psc"),
        cookie=f"{desk.face}-psc",
        secure=config.origin.startswith("https://"),
        languages=desk.portal.languages,
        on_identity=arrival.arrive,
        on_refusal=arrival.refuse,
        on_logout=logged_out,
        on_false_notice=false_notice,
    )
