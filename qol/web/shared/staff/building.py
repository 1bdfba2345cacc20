"""Build a face of staff from its desk and its own pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, g, redirect, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from qol.config import Config
from qol.domain.errors import KeyFolderError, NotAllowedError, StoreUnavailableError
from qol.web.shared.access import open_to_all
from qol.web.shared.assets import serve_assets
from qol.web.shared.headers import protect
from qol.web.shared.staff import activation, alive, own, second, signing
from qol.web.shared.staff.browser import origin
from qol.web.shared.staff.checking import check_access
from qol.web.shared.staff.desk import Desk
from qol.web.shared.staff.pages import day, language, said, words
from qol.web.shared.words import emphasised

TOP = Path(__file__).parents[4]
MOST_BYTES = 64 * 1024
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
TOLD = {400: "bad_request", 403: "staff.refused", 404: "staff.not_found", 405: "staff.not_found"}
TOLD[413] = "too_large"


def build(desk: Desk, config: Config, secret_key: bytes, pages: Sequence[Blueprint]) -> Flask:
    """Return the application; ``pages`` are the face's own, one of them with its home.

    Each blueprint is registered once for each language; each view says its access rule.
    """
    app = Flask(f"qol.web.{desk.face}", static_folder=None, template_folder=str(TOP / "templates"))
    secure = config.origin.startswith("https://")
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME=f"__Host-{desk.face}" if secure else desk.face,
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_PARTS=2000,
    )
    app.extensions["qol.staff"] = desk
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    _know_language(app)
    protect(app, config.origin, demonstration=config.demonstration)
    check_access(app)
    CSRFProtect(app)
    serve_assets(app, TOP / "static")
    open_to_all(app.view_functions["static_file"])
    _say_words(app, desk, config)
    _add_pages(app, desk, pages)
    _add_errors(app, desk)
    return app


def _know_language(app: Flask) -> None:
    @app.before_request
    def know() -> None:
        if "\0" in request.path:  # no address of ours, and PostgreSQL reads none
            abort(404)
        g.language = request.path.split("/", 2)[1]


def _say_words(app: Flask, desk: Desk, config: Config) -> None:
    app.jinja_env.filters.update(words=emphasised, day=day)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        languages=desk.portal.languages,
        language_names=LANGUAGE_NAMES,
        demonstration=config.demonstration,
        face=desk.face,
        psc="",
    )

    @app.context_processor
    def shared() -> dict[str, object]:
        return {
            "t": words(),
            "portal_name": desk.portal.names[language()],
            "person": g.get("acting"),
            "language_link": lambda other: f"/{other}/",
        }


def _add_pages(app: Flask, desk: Desk, pages: Sequence[Blueprint]) -> None:
    shared = [module.blueprint for module in (signing, second, activation, own, alive)]
    for blueprint in (*shared, *pages):
        for lang in desk.portal.languages:
            name = f"{lang}-{blueprint.name}"
            app.register_blueprint(blueprint, url_prefix=f"/{lang}", name=name)

    @app.get("/")
    @open_to_all
    def choose_language() -> Response:
        languages = desk.portal.languages
        best = request.accept_languages.best_match(languages, languages[0])
        return redirect(f"/{best}/")  # type: ignore[return-value]


def _add_errors(app: Flask, desk: Desk) -> None:
    def trace(outcome: str) -> None:
        """Leave the event of a refusal, under the person's name where there is one."""
        person, where = g.get("acting"), (request.endpoint or "")[:64]
        if person is not None:
            desk.attempts.refuse(person.actor, outcome, where)
        else:
            desk.attempts.refuse_stranger(outcome, where, origin())

    @app.errorhandler(CSRFError)
    def without_token(_: CSRFError) -> Response:
        trace("csrf")
        return said("staff.once_more", 400)

    @app.errorhandler(NotAllowedError)
    def not_allowed(_: NotAllowedError) -> Response:
        return said("staff.not_possible", 409)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        status = error.code or 500
        outcome = g.get("refusal", "foreign_origin" if status == 403 else "")  # noqa: PLR2004
        if outcome:
            trace(outcome)
        return said(TOLD.get(status, "broken"), status)

    @app.errorhandler(StoreUnavailableError)
    @app.errorhandler(KeyFolderError)
    def unavailable(error: Exception) -> Response:
        app.logger.error("unavailable: %s", error)
        return said("unavailable_page", 503)
