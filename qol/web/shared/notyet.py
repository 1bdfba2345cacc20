"""A face that is not built yet: one honest page, no session, no form, no key."""

from __future__ import annotations

from flask import Flask, Response

from qol.web.shared.headers import protect

_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title_fr}</title>
</head>
<body>
<main>
{warning}<h1>{title_fr}</h1>
<p>{text_fr}</p>
<div lang="en">
<h2>{title_en}</h2>
<p>{text_en}</p>
</div>
</main>
</body>
</html>
"""
_DEMONSTRATION = (
    "<p><strong>Démonstration, sans connexion chiffrée. "
    '<span lang="en">Demonstration, without an encrypted connection.</span></strong></p>\n'
)


def build_not_yet(
    name: str, origin: str, texts: tuple[str, str, str, str], *, demonstration: bool
) -> Flask:
    """Build the face ``name``; ``texts`` are title and text in French, then in English."""
    app = Flask(name, static_folder=None)
    keys = ("title_fr", "text_fr", "title_en", "text_en")
    warning = _DEMONSTRATION if demonstration else ""
    page = _PAGE.format(warning=warning, **dict(zip(keys, texts, strict=True)))

    # Registered first, so that it runs last and its stricter policy stays.
    @app.after_request
    def allow_nothing(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Cache-Control"] = "no-store"
        return response

    protect(app, origin, demonstration=demonstration)

    @app.get("/")
    def home() -> str:
        return page

    return app
