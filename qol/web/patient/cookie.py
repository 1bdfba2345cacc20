"""The visit in the one signed session cookie, encrypted; nowhere else (design section 3.2)."""

from __future__ import annotations

import json
from typing import Any, Protocol

from flask import Response, session

from qol.usecases.patient.visit import Visit

ReceiptPlain = tuple[int, list[list[int]], int]
"""Day received, later windows as (opens, closes), answers not kept; days as ordinals."""


class VisitCipher(Protocol):
    """Closes and opens what the cookie carries."""

    def encrypt(self, plain: bytes) -> str:
        """Return URL-safe text."""

    def decrypt(self, text: str) -> bytes | None:
        """Return the plain bytes, or None for anything this face did not encrypt."""


def _put(name: str, cipher: VisitCipher, plain: object) -> None:
    session[name] = cipher.encrypt(json.dumps(plain, separators=(",", ":")).encode())


def _get(name: str, cipher: VisitCipher) -> Any:  # noqa: ANN401 - JSON we encrypted ourselves
    text = session.get(name)
    opened = cipher.decrypt(text) if isinstance(text, str) else None
    return None if opened is None else json.loads(opened)


def begin(visit: Visit, cipher: VisitCipher) -> None:
    """Start anew: nothing of an earlier visit stays in the cookie."""
    session.clear()
    _put("v", cipher, visit.to_plain())


def keep(visit: Visit, cipher: VisitCipher) -> None:
    """Replace the visit; a fresh nonce makes the cookie change."""
    _put("v", cipher, visit.to_plain())


def current(cipher: VisitCipher) -> Visit | None:
    """Give the visit that the cookie carries, whatever its age."""
    plain = _get("v", cipher)
    return None if plain is None else Visit.from_plain(plain)


def put_receipt(plain: ReceiptPlain, cipher: VisitCipher) -> None:
    """Carry the receipt's dates over the redirect."""
    _put("r", cipher, plain)


def take_receipt(cipher: VisitCipher) -> ReceiptPlain | None:
    """Give the receipt's dates back."""
    plain = _get("r", cipher)
    return None if plain is None else tuple(plain)


def leave() -> None:
    """Forget the visit; the cookie changes, which is what keeps Back from showing a page."""
    session.clear()


def clear_site(response: Response) -> Response:
    """Ask the browser to forget this host's pages, never its cookies (siblings share them)."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
