"""Strict ``instance/psc.toml`` to Settings. No secret stands in it: secrets are files."""

from __future__ import annotations

import stat
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from qol.adapters.oidc.endpoints import PRESETS, Endpoints
from qol.config import Config, ConfigError

FILE = "psc.toml"
SECRET = "psc-client-secret"  # noqa: S105 - the file's name in the face's key folder
ALGORITHMS = ("HS256", "RS256")
_SHORTEST = 32  # bytes of an HS256 key (RFC 7518, section 3.2)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_KEYS = {
    "provider": str,
    "client_id": str,
    "algorithm": str,
    "client_secret_file": str,
    "mutual_tls": bool,
    "certificate_file": str,
    "certificate_key_file": str,
    "authority_file": str,
    "endpoints": dict,
}
_REQUIRED = ("provider", "client_id", "algorithm")
_NAMES = {str: "text", bool: "true or false", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation speaks to its provider.

    ``certificate`` are the files of our certificate and its key for mutual TLS, None without;
    ``authority`` is the file of the authorities that the provider's own certificate is checked
    against, None for the public ones.
    """

    endpoints: Endpoints
    client_id: str
    client_secret: str = field(repr=False)
    algorithm: str
    certificate: tuple[str, str] | None
    authority: str | None
    origin: str

    @property
    def return_address(self) -> str:
        """Where the provider sends a person back; registered there letter by letter."""
        return f"{self.origin}/psc/return"


def load(config: Config) -> Settings | None:
    """Read the face's provider; None when there is no file, ConfigError with all that is wrong."""
    path = config.instance / FILE
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not TOML: {error}.") from None
    reading = _Reading(plain, config)
    settings = reading.settings()
    if reading.problems:
        listed = "".join(f"\n  - {problem}" for problem in reading.problems)
        raise ConfigError(f"{path} is refused; put right each of these:{listed}")
    return settings


class _Reading:
    """One reading of the file, which goes on after a problem so that all are told together."""

    def __init__(self, plain: dict[str, object], config: Config) -> None:
        self.problems: list[str] = []
        self._config = config
        self._plain = plain
        for key, value in plain.items():
            if key not in _KEYS:
                self.problems.append(f"{key}: is not known")
            elif type(value) is not _KEYS[key] or value == "":
                self.problems.append(f"{key}: must be {_NAMES[_KEYS[key]]}")
        self.problems += [f"{key}: is missing" for key in _REQUIRED if key not in plain]

    def _text(self, key: str) -> str:
        value = self._plain.get(key, "")
        return value if isinstance(value, str) else ""

    def _file(self, key: str) -> Path | None:
        """Give a named file, from the instance folder where it is relative."""
        name = self._text(key)
        return self._config.instance / name if name else None

    def settings(self) -> Settings:
        algorithm = self._text("algorithm")
        if algorithm and algorithm not in ALGORITHMS:
            self.problems.append(f"algorithm: must be one of {', '.join(ALGORITHMS)}")
        authority = self._file("authority_file")
        if authority and not authority.is_file():
            self.problems.append(f"authority_file: {authority} is not there")
        return Settings(
            endpoints=self._endpoints(),
            client_id=self._text("client_id"),
            client_secret=self._secret(algorithm),
            algorithm=algorithm,
            certificate=self._certificate(),
            authority=str(authority) if authority else None,
            origin=self._config.origin,
        )

    def _endpoints(self) -> Endpoints:
        provider, own = self._text("provider"), self._plain.get("endpoints")
        if provider and provider not in {*PRESETS, "own"}:
            self.problems.append(f"provider: must be one of {', '.join(PRESETS)}, own")
        if provider != "own" and own is not None:
            self.problems.append("endpoints: only for provider 'own'; the others' are pinned")
        if provider != "own":
            return PRESETS.get(provider, PRESETS["production"])
        named = own if isinstance(own, dict) else {}
        wanted = [part.name for part in fields(Endpoints)]
        unknown = [f"endpoints.{key}: is not known" for key in named if key not in wanted]
        self.problems += unknown + [
            f"endpoints.{key}: {problem}"
            for key in wanted
            if (problem := self._wrong_address(named.get(key)))
        ]
        return Endpoints(**{key: str(named.get(key, "")) for key in wanted})

    def _wrong_address(self, address: object) -> str:
        if not isinstance(address, str):
            return "is missing or no text"
        if address.startswith("https://"):
            return ""
        if not self._config.demonstration:
            return "must begin with https://"
        return "" if address.startswith("http://") else "must begin with https:// or http://"

    def _secret(self, algorithm: str) -> str:
        path = self._file("client_secret_file") or self._config.keys / SECRET
        secret = self._private("client_secret_file", path).strip()
        if secret and algorithm == "HS256" and len(secret.encode()) < _SHORTEST:
            self.problems.append(
                f"client_secret_file: {path} holds fewer than {_SHORTEST} bytes, too few for HS256"
            )
        return secret

    def _private(self, key: str, path: Path) -> str:
        """Read a file that nobody else may read."""
        try:
            mode, text = path.stat().st_mode, path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            self.problems.append(f"{key}: {path} is not there or cannot be read")
            return ""
        if mode & _OTHERS:
            self.problems.append(f"{key}: {path} can be read or written by others; set it 0400")
        elif not text.strip():
            self.problems.append(f"{key}: {path} is empty")
        return text

    def _certificate(self) -> tuple[str, str] | None:
        """Give the files for mutual TLS: required unless the file says no (F-06.9)."""
        certificate, key = self._file("certificate_file"), self._file("certificate_key_file")
        if self._plain.get("mutual_tls", True) is False:
            if certificate or key:
                self.problems.append("mutual_tls: is false, yet a certificate is named")
            return None
        if certificate is None or key is None:
            self.problems.append(
                "certificate_file, certificate_key_file: name both for mutual TLS, "
                "or write mutual_tls = false"
            )
            return None
        if not certificate.is_file():
            self.problems.append(f"certificate_file: {certificate} is not there")
        self._private("certificate_key_file", key)
        return str(certificate), str(key)
