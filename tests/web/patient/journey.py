"""A patient's steps, as a browser without script takes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask.testing import FlaskClient

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from qol.domain.instrument import Instrument


def token(page: str) -> str:
    """The CSRF token of the page's form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "no token in the page"
    return found.group(1)


def enter(client: FlaskClient, code: str, language: str = "fr", **more: str) -> TestResponse:
    """Open the code page, type a code, press Continue."""
    page = client.get(f"/{language}/").text
    return client.post(f"/{language}/", data={"csrf_token": token(page), "code": code, **more})


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a drawn form."""
    hidden = r'<input type="hidden" name="(csrf_token|release)" value="([^"]+)"'
    return dict(re.findall(hidden, page))


def answers(instrument: Instrument) -> dict[str, str]:
    """A full set of posted answers: the first code of every item."""
    given = {}
    for item in instrument.items:
        code = item.codes[0] if item.codes else item.minimum
        given[f"q.{item.code}"] = str(code)
    return given


def fill(
    client: FlaskClient, instrument: Instrument, number: int = 1, language: str = "fr", **more: str
) -> TestResponse:
    """Open the form of that number, answer everything, send."""
    page = client.get(f"/{language}/questions/{number}").text
    data = fields(page) | answers(instrument) | {"asked": "1"} | more
    return client.post(f"/{language}/send/{number}", data=data)
