"""The file of the installation is read strictly, and no secret stands in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qol.adapters.clock import SystemClock, SystemDice
from qol.adapters.oidc.connect import ProSanteConnect
from qol.adapters.oidc.endpoints import PRESETS
from qol.adapters.oidc.settings import Settings, load
from qol.bootstrap.psc import identity_provider
from qol.config import Config, ConfigError
from tests.oidc.face import MemorySpent

SECRET = "0123456789-0123456789-0123456789"
GOOD = """
provider = "production"
client_id = "portal"
algorithm = "HS256"
certificate_file = "client.pem"
certificate_key_file = "client.key"
"""
OWN = """
provider = "own"
client_id = "portal"
algorithm = "RS256"
mutual_tls = false
[endpoints]
issuer = "https://id.example"
authorization = "https://id.example/auth"
token = "https://id.example/token"
userinfo = "https://id.example/userinfo"
keys = "https://id.example/keys"
logout = "https://id.example/logout"
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """An installation with its secret, certificate and key in place."""
    keys = tmp_path / "keys" / "hcp"
    keys.mkdir(parents=True)
    write(keys / "psc-client-secret", f"{SECRET}\n")
    write(tmp_path / "client.pem", "certificate")
    write(tmp_path / "client.key", "key")
    return Config("hcp", tmp_path, "", keys, demonstration=False, origin="https://portal.example")


def write(path: Path, text: str, mode: int = 0o400) -> None:
    path.unlink(missing_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(mode)


def loaded(config: Config, text: str) -> Settings:
    (config.instance / "psc.toml").write_text(text, "utf-8")
    settings = load(config)
    assert settings
    return settings


def refused(config: Config, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        loaded(config, text)
    assert SECRET not in str(caught.value)
    return str(caught.value)


def test_without_the_file_there_is_no_provider(config: Config) -> None:
    assert load(config) is None
    assert identity_provider(config, SystemClock(), SystemDice(), MemorySpent()) is None


def test_production_is_pinned(config: Config) -> None:
    settings = loaded(config, GOOD)
    issuer = "https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet"
    assert settings.endpoints is PRESETS["production"]
    assert settings.endpoints.issuer == issuer
    assert settings.endpoints.authorization == "https://wallet.esw.esante.gouv.fr/auth"
    assert settings.endpoints.token == f"{issuer}/protocol/openid-connect/token"
    assert settings.endpoints.keys == f"{issuer}/protocol/openid-connect/certs"
    assert settings.certificate == (
        str(config.instance / "client.pem"),
        str(config.instance / "client.key"),
    )
    assert settings.client_secret == SECRET
    assert settings.return_address == "https://portal.example/psc/return"
    assert SECRET not in repr(settings)


def test_the_sandbox_is_pinned_too(config: Config) -> None:
    at = loaded(config, GOOD.replace('"production"', '"sandbox"')).endpoints
    assert at.issuer == "https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet"
    assert at.authorization == "https://wallet.bas.psc.esante.gouv.fr/auth"
    assert at.userinfo == f"{at.issuer}/protocol/openid-connect/userinfo"
    assert at.logout == f"{at.issuer}/protocol/openid-connect/logout"


def test_another_conforming_provider_names_each_address(config: Config) -> None:
    provider = identity_provider_of(config, OWN)
    assert provider.settings.endpoints.keys == "https://id.example/keys"
    assert provider.settings.certificate is None
    assert provider.leaving().startswith("https://id.example/logout?client_id=portal&")


def identity_provider_of(config: Config, text: str) -> ProSanteConnect:
    loaded(config, text)
    made = identity_provider(config, SystemClock(), SystemDice(), MemorySpent())
    assert isinstance(made, ProSanteConnect)
    return made


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("client_id", "klient_id"), "klient_id: is not known"),
        (("client_id", "klient_id"), "client_id: is missing"),
        (('"portal"', '""'), "client_id: must be text"),
        (('"portal"', "7"), "client_id: must be text"),
        (('"production"', '"prod"'), "provider: must be one of production, sandbox, own"),
        (('"HS256"', '"none"'), "algorithm: must be one of HS256, RS256"),
        (('"HS256"', '"RS512"'), "algorithm: must be one of HS256, RS256"),
        (('algorithm = "HS256"', ""), "algorithm: is missing"),
        (('"client.pem"', '"lost.pem"'), "certificate_file: "),
        (('"client.key"', '"lost.key"'), "certificate_key_file: "),
        (('certificate_file = "client.pem"', ""), "or write mutual_tls = false"),
        (('algorithm = "HS256"', 'algorithm = "HS256"\nmutual_tls = 0'), "mutual_tls: must be"),
        (
            ('algorithm = "HS256"', 'algorithm = "HS256"\nmutual_tls = false'),
            "mutual_tls: is false, yet a certificate is named",
        ),
        (
            ('algorithm = "HS256"', 'algorithm = "HS256"\nauthority_file = "lost"'),
            "authority_file: ",
        ),
        (('algorithm = "HS256"', f'client_secret = "{SECRET}"'), "client_secret: is not known"),
        (
            ('algorithm = "HS256"', 'algorithm = "HS256"\nendpoints = {}'),
            "endpoints: only for provider 'own'",
        ),
        (("provider =", "provider"), "is not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(
    config: Config, change: tuple[str, str], told: str
) -> None:
    said = refused(config, GOOD.replace(*change))
    assert told in said
    assert "psc.toml" in said


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("https://id.example/token", "http://id.example/token"), "endpoints.token: must begin"),
        (('issuer = "https://id.example"', ""), "endpoints.issuer: is missing"),
        (("userinfo =", "user ="), "endpoints.user: is not known"),
        (('"https://id.example/keys"', "3"), "endpoints.keys: is missing or no text"),
    ],
)
def test_an_own_providers_addresses_are_checked(
    config: Config, change: tuple[str, str], told: str
) -> None:
    assert told in refused(config, OWN.replace(*change))


def test_all_is_told_together(config: Config) -> None:
    said = refused(config, OWN.replace("https:", "ftp:").replace("RS256", "none"))
    assert said.count("\n  - ") == 7


def test_plain_http_is_for_a_demonstration(config: Config) -> None:
    plain = OWN.replace("https:", "http:")
    assert refused(config, plain).count("must begin with https://") == 6
    shown = replace(config, demonstration=True, origin="http://localhost")
    assert loaded(shown, plain).endpoints.token == "http://id.example/token"
    assert "must begin with" in refused(shown, OWN.replace("https:", "ftp:"))


@pytest.mark.parametrize("name", ["keys/hcp/psc-client-secret", "client.key"])
@pytest.mark.parametrize(
    ("text", "mode", "told"),
    [
        (SECRET, 0o440, "can be read or written by others"),
        (SECRET, 0o404, "can be read or written by others"),
        ("\n", 0o400, "is empty"),
        (None, 0, "is not there"),
    ],
)
def test_a_secret_file_is_private_and_there(
    config: Config, name: str, text: str | None, mode: int, told: str
) -> None:
    path = config.instance / name
    if text is None:
        path.unlink()
    else:
        write(path, text, mode)
    said = refused(config, GOOD)
    assert f"{path} {told}" in said


def test_a_secret_that_signs_is_long_enough(config: Config) -> None:
    short = SECRET[:31]
    write(config.keys / "psc-client-secret", short)
    said = refused(config, GOOD)
    assert "fewer than 32 bytes" in said
    assert short not in said
    assert loaded(config, GOOD.replace("HS256", "RS256")).client_secret == short


def test_the_secret_may_be_elsewhere(config: Config, tmp_path: Path) -> None:
    write(tmp_path / "mounted", SECRET[::-1])
    text = f'{GOOD}client_secret_file = "{tmp_path / "mounted"}"\n'
    assert loaded(config, text).client_secret == SECRET[::-1]
