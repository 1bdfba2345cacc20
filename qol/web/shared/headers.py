"""The headers that every response carries, and the checks that every request meets."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

# form.js is our only script; nothing is inline and nothing comes from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def policy_posting_to(host: str) -> str:
    """Give the policy of the one page whose form ends at another face's host."""
    return POLICY.replace("form-action 'self'", f"form-action 'self' {host}")


FIXED = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",  # no-referrer makes browsers send Origin: null
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def protect(
    app: Flask, origin: str, *, demonstration: bool, handed: frozenset[str] = frozenset()
) -> None:
    """Refuse other sites' posts and other hosts' names; set the headers on every response.

    ``handed`` are addresses that a browser reaches by a 307 from another face, with
    ``Origin: null``: what they take stands for itself. A view may set a policy of its own.
    """
    secure = origin.startswith("https://")
    host = urlsplit(origin).netloc

    @app.before_request
    def refuse_strangers() -> None:
        if not demonstration and request.host != host:
            abort(400)
        ours = f"{request.scheme}://{request.host}" if demonstration else origin
        allowed = {ours, "null"} if request.path in handed else {ours}
        if request.method == "POST" and request.headers.get("Origin", ours) not in allowed:
            abort(403)

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        response.headers.setdefault("Cache-Control", "no-store")
        return response
