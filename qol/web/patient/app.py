"""Build the patient face's Flask application from what the composition root gives it."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, g, redirect, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from qol.config import Config
from qol.domain.errors import KeyFolderError, StoreUnavailableError
from qol.web.patient import about, code, device, form, receipt, send
from qol.web.patient.face import Face
from qol.web.patient.pages import code_page, home, language, said, words
from qol.web.shared.assets import serve_assets
from qol.web.shared.headers import protect
from qol.web.shared.words import emphasised

TOP = Path(__file__).parent.parent.parent.parent
MOST_BYTES = 64 * 1024  # a 400-item form stays far below
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
TOLD = {400: "bad_request", 403: "refused", 404: "not_found", 405: "not_found", 413: "too_large"}


def build(face: Face, config: Config, secret_key: bytes) -> Flask:
    """Return the application; nothing in it can open an administration."""
    app = Flask("qol.web.patient", static_folder=None, template_folder=str(TOP / "templates"))
    secure = config.origin.startswith("https://")
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="__Host-patient" if secure else "patient",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_PARTS=2000,
    )
    app.extensions["qol.patient"] = face
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    handed = frozenset(f"/{lang}/device" for lang in face.portal.languages)
    protect(app, config.origin, demonstration=config.demonstration, handed=handed)
    serve_assets(app, TOP / "static")
    _say_words(app, face, config)
    _add_pages(app, face)
    _add_errors(app)
    return app


def _say_words(app: Flask, face: Face, config: Config) -> None:
    app.jinja_env.filters["words"] = emphasised
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        languages=face.portal.languages,
        language_names=LANGUAGE_NAMES,
        demonstration=config.demonstration,
    )

    @app.before_request
    def know_language() -> None:
        g.language = request.path.split("/", 2)[1]

    @app.context_processor
    def shared() -> dict[str, object]:
        lang = language()
        safety = face.portal.safety[lang]
        return {
            "t": words(),
            "portal_name": face.portal.names[lang],
            "safety": safety.sentence,
            "numbers": safety.numbers,
            "language_link": lambda other: f"/{other}/",
        }


def _add_pages(app: Flask, face: Face) -> None:
    csrf = CSRFProtect(app)
    csrf.exempt(receipt.calendar)  # its dates are signed, and it changes nothing
    csrf.exempt(device.take)  # its ticket is random, and spent once
    for blueprint in (code, device, form, send, receipt, about):
        for lang in face.portal.languages:
            name = f"{lang}-{blueprint.blueprint.name}"
            app.register_blueprint(blueprint.blueprint, url_prefix=f"/{lang}", name=name)

    @app.get("/")
    def choose_language() -> Response:
        languages = face.portal.languages
        best = request.accept_languages.best_match(languages, languages[0])
        return redirect(f"/{best}/")  # type: ignore[return-value]


def _add_errors(app: Flask) -> None:
    @app.errorhandler(CSRFError)
    def without_token(_: CSRFError) -> Response:
        if (request.endpoint or "").endswith("-send.send"):
            return send.too_late()
        refused = app.config["SESSION_COOKIE_NAME"] not in request.cookies
        told = "code.cookies" if refused else "code.once_more"
        session.clear()
        return code_page("", request.form.get("code", "")[:64], 400, told=told)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        status = error.code or 500
        return said(TOLD.get(status, "broken"), status, home())

    @app.errorhandler(StoreUnavailableError)
    @app.errorhandler(KeyFolderError)
    def unavailable(error: Exception) -> Response:
        app.logger.error("unavailable: %s", error)
        return said("unavailable_page", 503, home())
