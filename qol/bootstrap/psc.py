"""Put Pro Santé Connect together, for the faces that sign professionals in."""

from __future__ import annotations

from qol.adapters.oidc.connect import connect
from qol.adapters.oidc.settings import load
from qol.config import Config
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.identity import IdentityProvider, Spent


def identity_provider(
    config: Config, clock: Clock, dice: Dice, spent: Spent
) -> IdentityProvider | None:
    """Give the provider that ``instance/psc.toml`` names; None without the file.

    ConfigError when the file is refused.
    """
    settings = load(config)
    return None if settings is None else connect(settings, clock, dice, spent)
