"""A small provider for the tests, on 127.0.0.1, with one fault switch for each check.

Without a fault it is a strict provider: exact return address, client secret, PKCE with S256, a
code used once. ``said`` gathers everything that must stand in no log.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from dataclasses import dataclass, field
from html import escape
from typing import Any, Self
from urllib.parse import urlencode

from flask import Flask, Response, redirect, request
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

from qol.adapters.oidc.endpoints import Endpoints
from tests.fakes import FixedClock

CLIENT = "portal"
SECRET = "s3cret-of-the-client-0123456789-abcdef"
OWN, FOREIGN = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
EVENT = {"http://schemas.openid.net/event/backchannel-logout": {}}
PERSON = {
    "sub": "f:550e8400:899700000005",
    "SubjectNameID": "899700000005",
    "preferred_username": "899700000005",
    "given_name": "Josephine",
    "family_name": "Essai-Martin",
    "SubjectRole": "10^1.2.250.1.213.1.1.5.5",
    "SubjectOrganizationID": "R10100000056506",
    "SubjectOrganization": "Clinique Essai",
    "SubjectRefPro": {"exercices": [{"codeProfession": "10", "adresse": "Rue des Essais 12"}]},
    "otherIds": [{"identifiant": "499700000000001"}],
}
SESSION = "a-session-of-the-provider"

# What a fault changes in an ID token; None takes the claim away.
ID_FAULTS: dict[str, dict[str, Any]] = {
    "issuer": {"iss": "https://evil.example"},
    "issuer_list": {"iss": ["{issuer}", "https://evil.example"]},
    "audience": {"aud": "another-client"},
    "two_audiences": {"aud": [CLIENT, "another-client"]},
    "party": {"azp": "another-client"},
    "expired": {"exp": -61},
    "no_end": {"exp": None},
    "end_as_text": {"exp": "2099"},
    "future": {"iat": 61},
    "old": {"iat": -661},
    "nonce": {"nonce": "another-nonce"},
    "no_nonce": {"nonce": None},
    "acr": {"acr": "eidas0"},
    "no_acr": {"acr": None},
    "acr_list": {"acr": ["eidas1"]},
    "proven_long_ago": {"auth_time": -4 * 3600 - 61},
    "proven_tomorrow": {"auth_time": 86_400},
    "no_sub": {"sub": None},
}
NOTICE_FAULTS: dict[str, dict[str, Any]] = {
    "issuer": {"iss": "https://evil.example"},
    "audience": {"aud": "another-client"},
    "expired": {"exp": -61},
    "stale": {"iat": -361},
    "future": {"iat": 61},
    "no_iat": {"iat": None},
    "no_jti": {"jti": None},
    "with_nonce": {"nonce": "anything"},
    "no_events": {"events": None, "exp": 120},
    "other_event": {"events": {"http://other.example/event": {}}, "exp": 120},
    "event_as_text": {"events": {next(iter(EVENT)): "yes"}},
    "nobody": {"sub": None, "sid": None},
}
NONE, HS256 = b'{"alg":"none"}', b'{"alg":"HS256","kid":"one"}'
_TIMES = {"exp", "iat", "auth_time"}


class _Quiet(WSGIRequestHandler):
    """The provider's own access log is not the face's."""

    def log(self, *_: object) -> None:
        pass


@dataclass
class FaultyProvider:
    """The provider; ``fault`` may be changed between two requests.

    ``changed`` are claims that differ in an ID token without a fault.
    """

    clock: FixedClock
    algorithm: str = "RS256"
    fault: str = ""
    tls: ssl.SSLContext | None = None
    said: list[str] = field(default_factory=lambda: [SECRET])
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    changed: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Self:
        app = Flask("provider")
        for path, view in (
            ("/auth", self.authorize),
            ("/token", self.token),
            ("/userinfo", self.userinfo),
            ("/certs", self.certs),
        ):
            app.add_url_rule(path, path, view, methods=["GET", "POST"])
        self.server = make_server(
            "127.0.0.1", 0, app, threaded=True, request_handler=_Quiet, ssl_context=self.tls
        )
        self.base = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.server.port}"
        self.issuer = f"{self.base}/realm"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def endpoints(self) -> Endpoints:
        b = self.base
        return Endpoints(
            self.issuer, f"{b}/auth", f"{b}/token", f"{b}/userinfo", f"{b}/certs", f"{b}/logout"
        )

    # --- front channel

    def authorize(self) -> Response:
        asked = request.args.to_dict()
        self.said += [asked["state"], asked["nonce"]]
        answer = {"state": asked["state"], "iss": self.issuer}
        if self.fault == "denied":
            answer["error"] = "access_denied"
        elif asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            answer["error"] = "invalid_request"
        else:
            answer["code"] = f"code-{len(self.codes)}-{asked['state'][:6]}"
            self.codes[answer["code"]] = asked
            self.said.append(answer["code"])
        back = f"{asked['redirect_uri']}?{urlencode(self._spoilt(answer))}"
        if self.fault == "asks":  # no fault: a person has to press a button there
            return Response(f'<a href="{escape(back)}">It is me</a>', mimetype="text/html")
        return redirect(back)

    def _spoilt(self, answer: dict[str, str]) -> list[tuple[str, str]]:
        if self.fault == "no_response_issuer":
            del answer["iss"]
        elif self.fault == "response_issuer":
            answer["iss"] = "https://evil.example"
        elif self.fault == "state":
            answer["state"] = "another-state"
        elif self.fault == "no_state":
            del answer["state"]
        elif self.fault == "no_code":
            del answer["code"]
        twice = [("iss", "https://evil.example")] if self.fault == "twice" else []
        return [*answer.items(), *twice]

    # --- back channel

    def token(self) -> Response | tuple[dict[str, Any], int]:
        self.asked.append("token")
        if self.fault == "broken":
            return {}, 500
        if self.fault == "elsewhere":
            return redirect(f"{self.base}/elsewhere", 307)
        form = request.form
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = (
            asked is not None
            and (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
            and form["redirect_uri"] == asked["redirect_uri"]
            and challenge == asked["code_challenge"]
        )
        if asked is None or not good:
            return {"error": "invalid_grant", "error_description": "not this code"}, 400
        self.said += [form["code_verifier"], "an-access-token"]
        answer = {"access_token": "an-access-token", "token_type": "Bearer", "expires_in": 120}
        if self.fault != "no_id_token":
            answer["id_token"] = self.id_token(asked["nonce"])
        return answer, 200

    def userinfo(self) -> Response | dict[str, Any]:
        assert request.headers["Authorization"] == "Bearer an-access-token"
        known = dict(PERSON)
        if self.fault == "other_person":
            known["sub"] = "f:550e8400:somebody-else"
        elif self.fault == "no_national_id":
            del known["SubjectNameID"]
        elif self.fault == "name_as_list":
            known["given_name"] = ["Josephine"]
        elif self.fault == "name_with_controls":
            known["given_name"] = "Josephine\n2026 sign-in accepted"
        elif self.fault == "userinfo_no_json":
            return Response("not JSON", mimetype="application/jwt")
        return known

    def certs(self) -> dict[str, Any]:
        self.asked.append("certs")
        if self.fault == "keys_no_json":
            return {"keys": [{"kty": "RSA", "n": "x"}]}
        return {"keys": [OWN.as_dict(private=False) | {"use": "sig", "alg": "RS256", "kid": "one"}]}

    # --- tokens

    def id_token(self, nonce: str) -> str:
        claims = {
            "iss": self.issuer, "sub": PERSON["sub"], "aud": CLIENT, "azp": CLIENT,
            "exp": 120, "iat": 0, "auth_time": -30, "nonce": nonce, "acr": "eidas1",
            "sid": SESSION, "preferred_username": PERSON["preferred_username"],
        }  # fmt: skip
        if self.fault == "two_audiences":
            del claims["azp"]
        return self.signed(claims | ID_FAULTS.get(self.fault, {}) | self.changed)

    def notice(self, jti: str = "notice-1", **changed: object) -> str:
        """A logout token; ``changed`` are claims that differ."""
        claims = {
            "iss": self.issuer, "sub": PERSON["sub"], "aud": CLIENT, "exp": 120, "iat": 0,
            "jti": jti, "sid": SESSION, "events": EVENT,
        }  # fmt: skip
        return self.signed(claims | NOTICE_FAULTS.get(self.fault, {}) | changed)

    def signed(self, claims: dict[str, Any]) -> str:
        """Sign; times are seconds from now, and ``fault`` may spoil the signature."""
        now = int(self.clock.now().timestamp())
        plain = json.loads(json.dumps(claims).replace("{issuer}", self.issuer))
        kept = {
            name: value + now if name in _TIMES and isinstance(value, int) else value
            for name, value in plain.items()
            if value is not None
        }
        header: dict[str, Any] = {"alg": self.algorithm, "kid": "one"}
        key: RSAKey | OctKey = OWN if self.algorithm == "RS256" else OctKey.import_key(SECRET)
        if self.fault == "no_algorithm":
            token = unsigned(kept)
        elif self.fault == "swapped_algorithm":
            token = with_public_key(kept)
        else:
            if self.fault == "other_algorithm":
                header["alg"], key = "RS512", OWN
            elif self.fault == "foreign_key":
                key = FOREIGN
            elif self.fault == "key_brought_along":
                key = FOREIGN  # a whole key would pass the header's 512 bytes
                header |= {"kid": "two", "jku": f"{self.base}/evil"}
            token = jwt.encode(header, kept, key, ["RS256", "RS512", "HS256"])
        self.said.append(token)
        return token


def _part(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any]) -> str:
    """``alg: none``, as an attacker writes it: by hand."""
    return f"{_part(NONE)}.{_part(json.dumps(claims).encode())}."


def with_public_key(claims: dict[str, Any]) -> str:
    """HS256 with the provider's public key as the secret: what everybody could sign."""
    body = f"{_part(HS256)}.{_part(json.dumps(claims).encode())}"
    digest = hmac.digest(OWN.as_pem(private=False), body.encode(), "sha256")
    return f"{body}.{_part(digest)}"
