"""Every page that a test client gets is parsed: valid, one h1, language, labels, headers."""

from __future__ import annotations

import gzip
import re
from typing import Any

import html5lib
from flask.testing import FlaskClient
from html5lib.treebuilders import getTreeBuilder
from werkzeug.test import TestResponse

_NAMESPACE = "{http://www.w3.org/1999/xhtml}"
_TREE = getTreeBuilder("etree")
# html5lib predates these and calls them errors.
_KNOWN_GOOD = {"expected-doctype-but-got-start-tag"}


class CheckingClient(FlaskClient):
    """A client that checks every response it gets."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - werkzeug's own
        response = super().open(*args, **kwargs)
        check_response(response)
        return response


def check_response(response: TestResponse) -> None:
    """Fail on an invalid page or a missing header."""
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if response.mimetype != "text/html":
        return
    assert response.headers["Cache-Control"] == "no-store"
    if response.status_code < 300 or response.status_code >= 400:
        body = response.get_data()
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        check_page(body.decode())


def check_page(text: str) -> None:
    """Parse strictly; one h1, a language, a title, and a label for every control."""
    parser = html5lib.HTMLParser(tree=_TREE)
    document = parser.parse(text)
    errors = [code for _, code, _ in parser.errors if code not in _KNOWN_GOOD]
    assert not errors, errors
    assert document.get("lang"), "no language"
    tags = [element for element in document.iter() if isinstance(element.tag, str)]
    names = [element.tag.removeprefix(_NAMESPACE) for element in tags]
    assert names.count("h1") == 1, f"{names.count('h1')} h1"
    assert names.count("title") == 1
    ids = [element.get("id") for element in tags if element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    labelled = {e.get("for") for e in tags if e.tag == f"{_NAMESPACE}label"}
    wrapped = {
        id(control)
        for label in tags
        if label.tag == f"{_NAMESPACE}label"
        for control in label.iter(f"{_NAMESPACE}input")
    }
    for control in document.iter(f"{_NAMESPACE}input"):
        if control.get("type") != "hidden":
            assert id(control) in wrapped or control.get("id") in labelled, control.attrib
    assert not re.search(r"\son[a-z]+=|javascript:|style=", text), "inline script or style"
