"""Flask's signed cookie session, with its serializer made once and not at every request."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class KeptSerializer(SecureCookieSessionInterface):
    """Signs and reads as Flask does; a serializer keeps no state between two calls."""

    def __init__(self) -> None:
        """Make the serializer at the first request, when the secret key is known."""
        self._made: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Give the one serializer of the application."""
        if self._made is None:
            self._made = super().get_signing_serializer(app)
        return self._made
