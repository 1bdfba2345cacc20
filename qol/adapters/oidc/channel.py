"""The back channel: what this process asks the provider without the browser."""

from __future__ import annotations

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException, Response

from qol.adapters.oidc.settings import Settings
from qol.usecases.staff.identity import IdentityRefusedError, Refusal

PATIENCE = (5, 10)
"""Seconds to connect, seconds between two bytes."""
_OK = 200


class BackChannel:
    """One conversation with the provider, over mutual TLS where it is configured.

    Redirects are not followed and the environment's proxies and passwords not taken: what is
    pinned stays pinned.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._session = OAuth2Session(
            settings.client_id,
            settings.client_secret,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - a method's name
            scope="openid scope_all",
            redirect_uri=settings.return_address,
            code_challenge_method="S256",
            leeway=0,  # an access token lives two minutes; nothing is ever refreshed
            default_timeout=PATIENCE,
        )
        self._session.trust_env = False
        self._session.verify = settings.authority or True
        self._session.cert = settings.certificate

    def departure(self, state: str, nonce: str, verifier: str, level: str) -> str:
        """Give the address that asks for a sign-in (F-06.3)."""
        address, _ = self._session.create_authorization_url(
            self._settings.endpoints.authorization,
            state=state,
            code_verifier=verifier,
            nonce=nonce,
            acr_values=level,
        )
        return str(address)

    def exchange(self, code: str, verifier: str) -> str:
        """Exchange a code, keep the access token for ``userinfo`` and give the ID token."""
        try:
            answer = self._session.fetch_token(
                self._settings.endpoints.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                redirect_uri=self._settings.return_address,
                allow_redirects=False,
            )
        except RequestException:
            raise IdentityRefusedError(Refusal.UNREACHABLE) from None
        except AuthlibBaseError:
            raise IdentityRefusedError(Refusal.CODE) from None
        except ValueError:
            raise IdentityRefusedError(Refusal.MALFORMED) from None
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise IdentityRefusedError(Refusal.MALFORMED)
        return token

    def userinfo(self) -> dict[str, Any]:
        """Ask who the access token is about."""
        return self._asked(self._settings.endpoints.userinfo)

    def keys(self) -> dict[str, Any]:
        """Ask for the provider's public keys."""
        return self._asked(self._settings.endpoints.keys, withhold_token=True)

    def _asked(self, address: str, *, withhold_token: bool = False) -> dict[str, Any]:
        try:
            response: Response = self._session.get(
                address, withhold_token=withhold_token, allow_redirects=False
            )
        except (RequestException, AuthlibBaseError):
            raise IdentityRefusedError(Refusal.UNREACHABLE) from None
        try:
            plain = response.json() if response.status_code == _OK else None
        except ValueError:
            plain = None
        if not isinstance(plain, dict):
            raise IdentityRefusedError(Refusal.MALFORMED)
        return plain
