"""A small face that signs people in with a provider and remembers what it was told."""

from __future__ import annotations

import ssl
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, Response, g, make_response, redirect, render_template_string, request
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFProtect
from werkzeug.test import TestResponse

from qol.adapters.clock import SystemDice
from qol.adapters.crypto.visit import VisitCipher
from qol.adapters.oidc.connect import connect
from qol.adapters.oidc.endpoints import Endpoints
from qol.adapters.oidc.settings import Settings
from qol.adapters.words import read_catalogues
from qol.usecases.ports import Clock
from qol.usecases.staff.identity import Identity, IdentityProvider, LogoutNotice, Refusal
from qol.web.shared.assets import serve_assets
from qol.web.shared.headers import protect
from qol.web.shared.psc import SignIn
from tests.html import CheckingClient
from tests.oidc.faulty import CLIENT, SECRET

TOP = Path(__file__).parents[2]
PAGE = '<!doctype html><html lang="{}"><head><title>x</title></head><body><h1>{}</h1></body></html>'

BUTTON = """{% extends "shared/page.html" %}{% block title %}x{% endblock %}
{% block main %}<h1>x</h1>{% include "shared/psc_button.html" %}{% endblock %}"""


@dataclass
class MemorySpent:
    """The port ``Spent`` in memory."""

    noted: dict[str, datetime] = field(default_factory=dict)

    def first(self, what: str, now: datetime, until: datetime) -> bool:
        self.noted = {one: end for one, end in self.noted.items() if end > now}
        return self.noted.setdefault(what, until) is until


def settings_for(
    endpoints: Endpoints,
    algorithm: str = "RS256",
    origin: str = "http://localhost",
    certificate: tuple[str, str] | None = None,
    authority: str | None = None,
) -> Settings:
    """The settings of this client at a provider of the tests."""
    return Settings(endpoints, CLIENT, SECRET, algorithm, certificate, authority, origin)


@dataclass
class Face:
    """The face; ``came``, ``refused`` and ``ended`` are what its callables were given."""

    settings: Settings
    clock: Clock
    came: list[Identity] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ended: list[LogoutNotice] = field(default_factory=list)
    spent: MemorySpent = field(default_factory=MemorySpent)

    def __post_init__(self) -> None:
        self.provider: IdentityProvider = connect(
            self.settings, self.clock, SystemDice(), self.spent
        )
        self.app = self._app()

    def _app(self) -> Flask:
        app = Flask("face", static_folder=None, template_folder=str(TOP / "templates"))
        app.config["SECRET_KEY"] = b"k" * 32
        words = read_catalogues()
        protect(app, self.settings.origin, demonstration=True)
        serve_assets(app, TOP / "static")
        app.context_processor(
            lambda: {"t": words[g.language].__getitem__, "portal_name": "x", "demonstration": False}
        )
        sign_in = SignIn(
            provider=self.provider,
            cipher=VisitCipher(b"s" * 32, "psc"),
            cookie="face-psc",
            secure=self.settings.origin.startswith("https:"),
            languages=("fr", "en"),
            on_identity=self._arrive,
            on_refusal=self._refuse,
            on_logout=self.ended.append,
            on_false_notice=self.refused.append,
        )
        routes = sign_in.blueprint()
        app.register_blueprint(routes)
        CSRFProtect(app).exempt(routes)
        app.add_url_rule("/", "home", self._home)
        app.add_url_rule("/sign-in", "button", self._button)
        app.test_client_class = CheckingClient
        return app

    def _arrive(self, identity: Identity) -> Response:
        self.came.append(identity)
        response = make_response(redirect("/", 303))
        response.set_cookie("session", "mine", httponly=True, samesite="Strict")
        return response

    def _refuse(self, reason: Refusal) -> Response:
        self.refused.append(reason)
        return make_response(PAGE.format(g.language, reason), 403)

    def _home(self) -> str:
        return PAGE.format("fr", escape(request.cookies.get("session", "nobody")))

    def _button(self) -> str:
        g.language = "fr"
        return render_template_string(BUTTON, lang="fr")

    def browser(self) -> FlaskClient:
        """A new browser."""
        return self.app.test_client()


def departure(browser: FlaskClient, query: str = "") -> str:
    """Where the face sends the browser."""
    response = browser.get(f"/psc/start{query}")
    assert response.status_code == 303
    return response.headers["Location"]


def answer_to(address: str, context: ssl.SSLContext | None = None) -> str:
    """What the provider sends the browser back with: path and query.

    By hand, since a library that writes its requests into the log would be taken for the face.
    """
    there = urlsplit(address)
    if there.scheme == "https":
        connection = HTTPSConnection(there.netloc, timeout=10, context=context)
    else:
        connection = HTTPConnection(there.netloc, timeout=10)
    with closing(connection):
        connection.request("GET", f"{there.path}?{there.query}")
        response = connection.getresponse()
        assert response.status == 302, response.read()
        back = urlsplit(response.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(
    face: Face, browser: FlaskClient | None = None, context: ssl.SSLContext | None = None
) -> TestResponse:
    """A whole sign-in, as far as it gets."""
    browser = browser or face.browser()
    return browser.get(answer_to(departure(browser), context))


def asked_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(address).query))
